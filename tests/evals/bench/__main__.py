"""`python -m tests.evals.bench [SECTION…]`: measure, keep, report."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.evals.bench.checking import measure_verification
from tests.evals.bench.documents import measure_documents
from tests.evals.bench.generated import chosen_model, measure_generated
from tests.evals.bench.machine import load_average, this_machine
from tests.evals.bench.office import measure_office
from tests.evals.bench.pages import chosen_sizes, measure_pages
from tests.evals.bench.peers import measure_peers
from tests.evals.bench.quality import measure_quality
from tests.evals.bench.report import write_report
from tests.evals.bench.results import FOLDER, Section, Table, keep, kept
from tests.evals.bench.safety import measure_safety
from tests.evals.bench.scale import measure_scale
from tests.evals.bench.scale_report import write_scale
from tests.evals.bench.speed import measure_speed
from tests.evals.sets import shared_folder

REPORT = "report"
_USAGE = 2

Say = Callable[[str], None]
Measures = Mapping[str, Callable[[Path, Say], dict[str, Table]]]


def _measures() -> Measures:
    """The sections, in the order they are measured in; read before the environment is put aside."""
    return {
        "quality": measure_quality,
        "peers": measure_peers,
        "speed": measure_speed,
        "scale": measure_scale,
        "documents": measure_documents,
        "verification": measure_verification,
        "safety": measure_safety,
        "office": measure_office,
        "pages": partial(measure_pages, chosen_sizes()),
        "generated": partial(measure_generated, chosen_model()),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure the sections named, all where none is, and write the report; give the exit code."""
    measures = _measures()
    unknown = [name for name in arguments if name not in (*measures, REPORT)]
    if unknown:
        _say(f"unknown: {', '.join(unknown)}; there are {', '.join((*measures, REPORT))}")
        return _USAGE
    shared = shared_folder()
    if shared is None:
        _say(
            "The question sets are not on this machine: name their folder in ASPIRE_SHARED, or put "
            "it beside the repository as `shared`."
        )
        return _USAGE
    shared = shared.resolve()
    _stand_apart()
    for name in arguments or measures:
        if name != REPORT:
            _run(name, measures, shared)
    _say(f"written: {write_report()}")
    if (scale := kept("scale")) is not None:
        _say(f"written: {write_scale(scale)}")
    return 0


def _run(name: str, measures: Measures, shared: Path) -> None:
    load, taken_at, start = load_average(), datetime.now().astimezone(), time.perf_counter()
    tables = measures[name](shared, _say)
    keep(
        Section(
            name=name,
            machine=this_machine(),
            taken_at=taken_at,
            seconds=time.perf_counter() - start,
            load=load,
            tables=tables,
        )
    )


def _stand_apart() -> None:
    """Measure the defaults: neither the settings around nor a `.env` in this folder count."""
    for name in [name for name in os.environ if name.startswith("ASPIRE_")]:
        if name != "ASPIRE_CACHE":
            del os.environ[name]
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.chdir(FOLDER)


def _say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

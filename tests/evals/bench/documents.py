"""How PDF files are read, by this package and by others; how fast each format is read by it."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.evals.bench.document_rates import measure_rates
from tests.evals.bench.results import Row, Table, mean_of, plain
from tests.evals.bench.timing import median_of
from tests.evals.documents.collection import SAMPLES, available
from tests.evals.documents.measures import Scores, score
from tests.evals.documents.office import CASES
from tests.evals.documents.readers import OURS, READERS, Reader, read_ours, told
from tests.evals.documents.samples import KINDS, Sample

ALL, AWKWARD = "all", "all but plain"

Say = Callable[[str], None]


def measure_documents(_: Path, say: Say) -> dict[str, Table]:
    """Read every sample that can be made here, by every reader that is installed."""
    samples = available()
    if len(samples) < len(SAMPLES):
        missing = {one.producer for one in SAMPLES} - {one.producer for one in samples}
        say(f"documents: without the samples of {', '.join(sorted(missing))}, not installed here")
    files = [(sample, sample.data()) for sample in samples]
    with _without_warnings():
        readers: Table = {}
        by_kind: dict[str, Row] = defaultdict(dict)
        for name, (package, read) in READERS.items():
            if not _is_installed(package):
                say(f"documents: {name} is not installed; `make bench` installs it")
                continue
            say(f"documents: {len(files)} files, {name}")
            found, milliseconds = _read(files, read)
            readers[name] = _row([one for one in found if one[0].is_awkward]) | {
                "CPU ms a file": median_of(milliseconds)
            }
            for kind in (ALL, *KINDS):
                some = [one for one in found if kind in (ALL, one[0].kind)]
                by_kind[kind][name] = mean_of([scores.text for _, scores in some])
        say(f"documents: {len(files) + len(CASES)} files of all formats, pages and files a second")
        return {
            "readers": readers,
            "kinds": by_kind,
            "told": _told(files),
            "rates": measure_rates(samples, CASES),
        }


def _read(
    files: Sequence[tuple[Sample, bytes]], read: Reader
) -> tuple[list[tuple[Sample, Scores]], list[float]]:
    """Scores and times of one reader; a file that it fails on gives no text."""
    found: list[tuple[Sample, Scores]] = []
    milliseconds: list[float] = []
    for sample, data in files:
        start = time.process_time()
        try:
            text = read(data)
        except Exception:  # noqa: BLE001 - whatever a reader fails with
            text = ""
        milliseconds.append((time.process_time() - start) * 1000)
        found.append((sample, score(text, sample.shown.seen, sample.shown.hidden)))
    return found, milliseconds


def _row(found: Sequence[tuple[Sample, Scores]]) -> Row:
    columns = [scores for sample, scores in found if sample.kind == "columns"]
    row: Row = {
        "text": mean_of([scores.text for _, scores in found]),
        "text, lowest": plain(min(scores.text for _, scores in found), len(found)),
        "order": mean_of([one.order for _, one in found if one.order is not None]),
        "order, columns": mean_of([one.order for one in columns if one.order is not None]),
        "hidden": mean_of([one.hidden for _, one in found if one.hidden is not None]),
    }
    return row


def _told(files: Sequence[tuple[Sample, bytes]]) -> Table:
    """Of our reader: what should be named and is, and what is named without a reason."""
    named: list[float] = []
    calm: list[float] = []
    for sample, data in files:
        found = set(told(read_ours(data).remarks))
        named += [float(one in found) for one in sample.shown.told]
        if not sample.shown.told:
            calm.append(float(not found))
    return {OURS: {"named": mean_of(named), "calm": mean_of(calm)}}


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


@contextmanager
def _without_warnings() -> Generator[None]:
    """Keep the readers' remarks on damaged fonts off the terminal."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)

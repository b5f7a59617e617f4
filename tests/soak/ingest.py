"""Ingestion killed at random moments and at every named point, disks that fail, a shared index.

python -m tests.soak.ingest [--kills 200] [--seed 1] [--only PART]
"""

import argparse
import errno
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.chroma_server import running_chroma
from tests.postgres import NoPostgresError, running_postgres
from tests.soak.ingest_corpus import TURNS
from tests.soak.ingest_storm import Findings, Storm, Writer
from tests.soak.ingest_trace import NOTHING, Tracing

from aspire_ingest.index.server.address import ServerAddress

_SHARED_S = 60
_SIZES = (4_000, 20_000, 40_000, 80_000, 150_000, 300_000)


def main() -> int:
    """Run all, and say how each went; 1 where one was not good."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.ingest", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("random", "points", "small", "shared"))
    arguments = parser.parse_args()
    wanted = [arguments.only] if arguments.only else ["random", "shared", "points", "small"]
    with tempfile.TemporaryDirectory() as folder, Writer() as writer:
        storm = Storm(writer, Path(folder))
        results: list[bool] = []
        if "random" in wanted:
            begun = storm.begin(Path(folder) / "random")
            results.append(_at_random(begun, arguments.kills, arguments.seed))
        if "shared" in wanted:
            results.append(_shared(storm, Path(folder) / "shared"))
        if "points" in wanted:
            base = Path(folder) / "base"
            for number, turn in enumerate(TURNS):
                results.append(_at_points(storm, base, number, turn))
                storm.begin(base, turn=number).clean()
        if "small" in wanted:
            results.append(_small_files(storm.begin(Path(folder) / "small")))
    return 0 if all(results) else 1


def _at_random(storm: Storm, kills: int, seed: int) -> bool:
    chance = random.Random(seed)  # noqa: S311 - no secret
    with storm.asked():
        for _ in range(kills):
            storm.cut_at_random(chance)
    return _say(f"{kills} kills at random moments of add, sync and remove", storm)


def _shared(storm: Storm, folder: Path) -> bool:
    """Two readers on machines of their own while a third writes, every other run killed."""
    with ExitStack() as stack:
        try:
            postgres = stack.enter_context(running_postgres())
        except NoPostgresError as error:
            sys.stdout.write(f"left out  the shared index: {error}\n")
            return True
        chroma_url = stack.enter_context(running_chroma())
        address = ServerAddress(database_url=postgres.new(), chroma_url=chroma_url)
        storm.begin(folder / "writes", server=address)
        chance = random.Random(1)  # noqa: S311 - no secret
        end = time.monotonic() + _SHARED_S
        with storm.asked(folder / "reads", folder / "reads-too"):
            while time.monotonic() < end:
                storm.clean()
                storm.cut_at_random(chance)
    return _say(f"two readers and a writer of a shared index for {_SHARED_S} s", storm)


def _at_points(storm: Storm, base: Path, number: int, turn: str) -> bool:
    """At the first and the last point of every name, each on a copy of the same index."""
    points = storm.begin(base, turn=number).points()
    total = Findings()
    for tracing in _tracings(points):
        home = base.with_name("copied")
        if base.exists():
            shutil.copytree(base, home)
        begun = storm.begin(home, turn=number)
        with begun.asked():
            begun.cut(tracing)
        total.add(begun.findings)
        shutil.rmtree(home)
    storm.findings = total
    return _say(f"killed and failed at named points of {turn}, on edition {number}", storm)


def _tracings(points: list[str]) -> Iterator[Tracing]:
    ends = {at for name in set(points) for at in (points.index(name), _last(points, name))}
    for at in sorted(ends):
        yield {**NOTHING, "mode": "kill", "at": at}
        if points[at].startswith("before"):
            error = errno.ENOSPC if at % 2 else errno.EIO
            yield {**NOTHING, "mode": "fail", "at": at, "error": error}


def _last(points: list[str], name: str) -> int:
    return len(points) - 1 - points[::-1].index(name)


def _small_files(storm: Storm) -> bool:
    with storm.asked():
        for largest in _SIZES:
            for _ in TURNS:
                storm.cut({**NOTHING, "largest": largest})
    return _say("files that cannot grow", storm)


def _say(what: str, storm: Storm) -> bool:
    is_good = not storm.findings.wrong
    sys.stdout.write(f"{'good' if is_good else 'BAD '}  {what}\n      {storm.findings}\n")
    sys.stdout.flush()
    return is_good


if __name__ == "__main__":
    sys.exit(main())

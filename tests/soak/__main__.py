"""Storms and bursts, over both databases and both transports; prints figures, 1 where one failed.

python -m tests.soak [--events 200] [--kills 12] [--faults 100] [--seed 1]
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from tests.postgres import NoPostgresError, running_postgres
from tests.soak.burst import run_burst
from tests.soak.storm import StormPlan, run_storm

_BURST = 60


def main() -> int:
    """Run all, and say how each went."""
    arguments = _arguments()
    is_good = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for number, (name, place) in enumerate(_runs(stack, folder)):
            is_socket = bool(number % 2)
            plan = StormPlan(
                events=arguments.events,
                kills=arguments.kills,
                faults=arguments.faults,
                seed=arguments.seed + number,
                is_socket=is_socket,
                timeout_s=600,
            )
            report = run_storm(plan, place, folder)
            transport = "Socket Mode" if is_socket else "HTTP"
            _say(f"storm, {name}, {transport}", str(report), is_good=report.is_good)
            is_good = is_good and report.is_good
        for is_one_channel, is_socket in product((False, True), (False, True)):
            place = str(folder / f"burst-{is_one_channel}-{is_socket}.db")
            burst = run_burst(
                _BURST, place, folder, is_one_channel=is_one_channel, is_socket=is_socket
            )
            where = "one channel" if is_one_channel else f"{_BURST} direct conversations"
            transport = "Socket Mode" if is_socket else "HTTP"
            is_soon = is_one_channel or max(burst.answered_s, default=0) <= 30
            is_fine = burst.is_good and is_soon and max(burst.acknowledged_s) <= 3
            _say(f"burst of {_BURST} in {where}, {transport}", str(burst), is_good=is_fine)
            is_good = is_good and is_fine
        if not is_good:
            sys.stderr.write((folder / "bot.log").read_text()[-200_000:])
    return 0 if is_good else 1


def _runs(stack: ExitStack, folder: Path) -> Iterator[tuple[str, str]]:
    """The databases of the storms, in turn for HTTP and Socket Mode."""
    for number in (1, 2):
        yield "SQLite", str(folder / f"storm-{number}.db")
    try:
        server = stack.enter_context(running_postgres())
    except NoPostgresError as error:
        _say("storm, PostgreSQL", f"left out: {error}", is_good=True)
        return
    for _ in (1, 2):
        yield "PostgreSQL", server.new()


def _say(what: str, found: str, *, is_good: bool) -> None:
    sys.stdout.write(f"{'good' if is_good else 'BAD '}  {what}\n      {found}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

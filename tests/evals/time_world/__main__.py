"""How well questions about time are answered: `python -m tests.evals.time_world`."""

import sys
import tempfile
from pathlib import Path

from tests.evals.time_world.running import Outcome, run, summary


def main() -> int:
    """Measure; print each miss and one line a group."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(Path(folder))
    for one in outcomes:
        if not one.is_right:
            _say(_told(one))
    for line in summary(outcomes):
        _say(line)
    return 0


def _told(one: Outcome) -> str:
    answer = one.answer
    said = f"{answer.outcome} {answer.confidence} {sorted(one.told)}"
    return f"MISS {one.case.question}: {said}, not {sorted(one.case.answers)}\n{answer.text}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())

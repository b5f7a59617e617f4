"""`python -m tests.evals.documents [NAME…]`: the figures of each file on a terminal."""

import sys
from collections.abc import Sequence

from tests.evals.documents.case import DocumentCase
from tests.evals.documents.office import CASES
from tests.evals.documents.reading import read
from tests.evals.documents.scores import Outcome, Score, median, score


def main(names: Sequence[str]) -> int:
    """Print the files named, all where none is."""
    scores: list[Score] = []
    for case in CASES:
        if names and case.name not in names:
            continue
        outcome = read(case.make(), case.name)
        found = score(case, outcome)
        scores.append(found)
        _print(case, outcome, found, in_full=bool(names))
    shares = [one.f1 for one in scores if one.f1 is not None]
    if shares:
        _say(f"{len(scores)} files, F1 median {median(shares):.3f}, least {min(shares):.3f}")
    return 0


def _print(case: DocumentCase, outcome: Outcome, found: Score, *, in_full: bool) -> None:
    f1 = "refused" if found.f1 is None else f"{found.f1:.3f}"
    problems = [f"leaked {found.leaked}"] if found.leaked else []
    problems += [f"unnamed {found.unnamed}"] if found.unnamed else []
    problems += [outcome.error] if outcome.error else []
    _say(f"{case.name:32} {f1} {'; '.join(problems)}")
    if in_full:
        _say(f"seen:\n{case.shown}\n\nread:\n{outcome.text}\n\n{outcome.remarks}\n")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What became of each change: kept as it comes, to take a run up again; told in a table."""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.mutation.mutants import KINDS, Mutant
from tests.mutation.trial import Outcome

_PLURALS = {"table": "table alternatives", "condition": "conditions", "return": "returns"}
_BAD = ("survived", "untested")


class Results:
    """Outcomes in a file, a line each, under the change's key."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, Outcome] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            kept = json.loads(line)
            key = kept.pop("key")
            self._known[key] = Outcome(**kept)

    def get(self, mutant: Mutant) -> Outcome | None:
        """Give what became of a change, where it was tried."""
        return self._known.get(mutant.key)

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        """Keep what became of a change; several threads may."""
        with self._lock:
            self._known[mutant.key] = outcome
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": mutant.key, **asdict(outcome)}, ensure_ascii=False))
                file.write("\n")


def line_of(mutant: Mutant, outcome: Outcome) -> str:
    """Give a change and what became of it on one line, `file:line` first."""
    return f"{mutant.path}:{mutant.line} {mutant.what} [{mutant.kind}, {outcome.by}]"


def survivors(tried: Mapping[Mutant, Outcome]) -> Sequence[str]:
    """List the changes that no test noticed, by module and line."""
    bad = [(mutant, of) for mutant, of in tried.items() if of.state in _BAD]
    return [line_of(*one) for one in sorted(bad, key=lambda one: (one[0].path, one[0].line))]


def shares(tried: Mapping[Mutant, Outcome]) -> Iterable[str]:
    """Give the share of changes noticed, by kind and in all, as lines of a Markdown table."""
    yield "| changed | tried | noticed | survived | no test | unsure | share noticed |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for kind in (*KINDS, "all"):
        states = [of.state for m, of in tried.items() if kind in {m.kind, "all"}]
        sure = len(states) - states.count("unsure")
        share = f"{states.count('noticed') / sure:.0%}" if sure else "–"
        counts = " | ".join(
            str(states.count(state)) for state in ("noticed", "survived", "untested", "unsure")
        )
        yield f"| {_PLURALS.get(kind, kind)} | {len(states)} | {counts} | {share} |"

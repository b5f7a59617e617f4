"""Lines that begin entries of a list by marks without a stop, or without a space. Pure.

"a", "1" or "(1)" before a line may be anything: an article, a number of years, a remark. They are
marks where the next ones follow in their order at the same left edge ("a …", "b …"), and what
stands between them is no further left; behind a bare "a" or "1" it hangs right of the mark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aspire_ingest.load.pdf.words.words import Line

_MARK = re.compile(
    r"^(?:(?P<open>[(（])?(?P<sign>\d{1,2}|[a-z])(?P<close>[)）.．])?)"
    r"(?:(?P<space>\s+)|(?=[^\x00-\x7f\s]))(?=\S)"
)
_SAME_PLACE = 1.0
"""Points by which lines that begin at one place may differ."""
_HANGS = 0.5
"""Of the size of a line: as far right of its mark an entry at least goes on."""
_SAME_SIZE = 0.6
_FEWEST, _FEWEST_BARE = 2, 3
"""Entries of a list; of one with bare marks, none of which goes on in a second line."""


@dataclass(slots=True)
class _Run:
    """Entries so far: `kind` is how they are marked, `last` the ordinal of the last one."""

    kind: tuple[str, str, bool]
    left: float
    last: int
    lines: list[Line] = field(default_factory=list[Line])
    hangs: bool = False

    @property
    def is_bare(self) -> bool:
        return self.kind[:2] == ("", "")

    def is_list(self) -> bool:
        fewest = _FEWEST_BARE if self.is_bare and not self.hangs else _FEWEST
        return len(self.lines) >= fewest


def marked_lines(lines: Iterable[Line], body_size: float) -> dict[int, str]:
    """Give the lines that begin such entries, by `id`, each as it is to be written.

    A bare letter stands before a wide space, which parts a mark from its entry.

    Args:
        lines: all lines of a document in reading order.
        body_size: the size of its text in points; notes are smaller, headings larger.
    """
    found: list[_Run] = []
    open_runs: list[_Run] = []
    for line in lines:
        while open_runs and open_runs[-1].left > line.x0 + _SAME_PLACE:
            open_runs.pop()
        mark = _MARK.match(line.text) if abs(line.size - body_size) <= _SAME_SIZE else None
        run = _run_of(line, mark, open_runs[-1] if open_runs else None)
        if run is None:
            _go_on(line, open_runs)
        elif not open_runs or run is not open_runs[-1]:
            if open_runs and abs(open_runs[-1].left - run.left) <= _SAME_PLACE:
                open_runs.pop()
            open_runs.append(run)
            found.append(run)
    return {
        id(line): _MARK.sub(lambda mark: f"{mark[0].strip()}\u3000", line.text)
        if run.is_bare and not run.kind[2]
        else line.text
        for run in found
        if run.is_list()
        for line in run.lines
    }


def _run_of(line: Line, mark: re.Match[str] | None, last: _Run | None) -> _Run | None:
    """The run that a line belongs to as an entry: the last one, or a new one; None for neither."""
    if mark is None or not (mark["open"] or mark["close"] or mark["space"]):
        return None
    if mark["open"] and mark["close"] not in (")", "）"):
        return None
    sign = mark["sign"]
    number = int(sign) if sign.isdigit() else ord(sign) - ord("a") + 1
    kind = (mark["open"] or "", mark["close"] or "", sign.isdigit())
    is_next = last is not None and last.kind == kind and last.last + 1 == number
    if last is not None and is_next and abs(last.left - line.x0) <= _SAME_PLACE:
        last.last = number
        last.lines.append(line)
        return last
    return _Run(kind, line.x0, 1, [line]) if number == 1 else None


def _go_on(line: Line, open_runs: list[_Run]) -> None:
    """A line that begins no entry: what it is not right of is at its end."""
    while open_runs and open_runs[-1].is_bare:
        run = open_runs[-1]
        if line.x0 >= run.left + _HANGS * line.size:
            run.hangs = True
            return
        open_runs.pop()

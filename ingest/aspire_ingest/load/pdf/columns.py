"""The reading order of a page: what stands side by side as columns is read one after the other.

A recursive cut: the widest band of rows that leaves one gutter free is cut into what is above it,
left of it, right of it and below it, and each part is cut again. The two sides of a table leave a
gutter free as well; columns are told from it by lines that run on from one to the next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from aspire_ingest.load.pdf.words.words import ENDS_SENTENCE, Line, Word, to_lines, to_rows
from aspire_ingest.load.writing.clean import is_cjk

_BIN = 4.0
_GUTTER = 0.9
"""Least width of a gutter, in letter sizes."""
_FEWEST_ALIKE = 2
_MAIL = re.compile(r"(?:e-?mail\s?[:：]?\s*|メール\s?[:：]?\s*)?[\w.+-]+[@＠][\w-]", re.IGNORECASE)
_NAMED_NUMBER = re.compile(
    r"(?P<name>〒|[^\W\d_]{2,12})\.?\s?[:：]?\s*[+(（]?\d[\d（(]*[-－ ./)）]"
)
"""The name of a number with parts, as of a telephone or a post code."""
_MOST_ROWS = 400
_MOST_CUTS = 24
_MOST_TRIES = 12
_FEWEST = 3
_FEWEST_ASIDE = 2
"""Least lines of a note that stands beside a column which runs on."""
_APART = 0.4
"""Least distance of a heading to the lines around it, in its sizes."""
_NEAR = 3
"""Rows above and below a heading in which both sides must have words."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something on a page that is not words, a table: its place, and its number among its like."""

    x0: float
    x1: float
    top: float
    bottom: float
    number: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines and boxes that are read from top to bottom, without a look aside."""

    lines: list[Line]
    boxes: list[Box]
    is_doubtful: bool = False
    """Whether it is read across a gutter though lines of both sides seem to go on below."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Words on one baseline, or one box; `taken` has a bit for each bin of the page's width."""

    items: list[Word | Box]
    taken: int
    top: float
    bottom: float
    weight: int
    """How many lines it is worth."""
    is_head: bool = False
    """Whether it is one line of large or bold letters that stands apart from those around it."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Rows `first` to `last` leave the bin free; so many of them have words on the fewer side."""

    score: int
    first: int
    last: int
    bin: int


def to_flows(words: Sequence[Word], boxes: Sequence[Box]) -> list[Flow]:
    """Order the words and boxes of one page; a page without columns is one flow."""
    budget = [_MOST_CUTS]
    return _order([*words, *boxes], budget)


def _flow(items: Sequence[Word | Box], *, is_doubtful: bool) -> Flow:
    return Flow(
        lines=to_lines([item for item in items if isinstance(item, Word)]),
        boxes=sorted((item for item in items if isinstance(item, Box)), key=lambda box: box.top),
        is_doubtful=is_doubtful,
    )


def _order(items: list[Word | Box], budget: list[int]) -> list[Flow]:
    rows = _rows(items)
    can_cut = _FEWEST <= len(rows) <= _MOST_ROWS and budget[0] > 0
    found, is_doubtful = _cut(rows) if can_cut else (None, False)
    if found is None:
        return [_flow(items, is_doubtful=is_doubtful)] if items else []
    budget[0] -= 1
    middle = (found.bin + 0.5) * _BIN
    band = [item for row in rows[found.first : found.last + 1] for item in row.items]
    parts = (
        [item for row in rows[: found.first] for item in row.items],
        [item for item in band if (item.x0 + item.x1) / 2 < middle],
        [item for item in band if (item.x0 + item.x1) / 2 >= middle],
        [item for row in rows[found.last + 1 :] for item in row.items],
    )
    flows = [flow for part in parts for flow in _order(part, budget)]
    return [replace(flow, is_doubtful=True) for flow in flows] if is_doubtful else flows


def _rows(items: Sequence[Word | Box]) -> list[_Row]:
    lines = to_rows([item for item in items if isinstance(item, Word)])
    rows = [_row([*line], 1) for line in lines]
    pitch = (
        median(below.bottom - above.bottom for above, below in pairwise(rows)) if rows[1:] else 12.0
    )
    rows += [
        _row([box], max(1, int((box.bottom - box.top) / max(pitch, 6.0))))
        for box in items
        if isinstance(box, Box)
    ]
    return _with_heads(sorted(rows, key=lambda row: row.top))


def _with_heads(rows: list[_Row]) -> list[_Row]:
    sizes = [_letters(row) for row in rows]
    usual = median(sizes) if sizes else 0.0
    found = list(rows)
    for at in range(1, len(rows) - 1):
        row, words = rows[at], [item for item in rows[at].items if isinstance(item, Word)]
        gap = min(row.top - rows[at - 1].bottom, rows[at + 1].top - row.bottom)
        is_strong = sizes[at] >= 1.1 * usual or all(word.is_bold for word in words)
        if len(words) == len(row.items) and is_strong and gap >= _APART * sizes[at]:
            found[at] = replace(row, is_head=True)
    return found


def _letters(row: _Row) -> float:
    return max((item.size for item in row.items if isinstance(item, Word)), default=0.0)


def _parts_sides(rows: Sequence[_Row], index: int, at: int) -> bool:
    """Whether a heading on one side of a gutter has both sides above it and below it.

    Such a heading is that of both: where the other side only goes on, it stands beside its lines.
    """
    low = (1 << at) - 1

    def sides(near: Sequence[_Row]) -> int:
        return any(row.taken & low for row in near) + any(row.taken >> at for row in near)

    around = rows[max(0, index - _NEAR) : index], rows[index + 1 : index + 1 + _NEAR]
    return sides([rows[index]]) == 1 and all(sides(near) == 2 for near in around)


def _row(items: list[Word | Box], weight: int) -> _Row:
    taken = 0
    size = max((item.size for item in items if isinstance(item, Word)), default=0.0)
    end: float | None = None
    for item in sorted(items, key=lambda item: item.x0):
        is_apart = end is None or item.x0 - end > _GUTTER * size
        first = max(0, int((item.x0 if is_apart or end is None else end) // _BIN))
        last = max(first, int(item.x1 // _BIN))
        taken |= ((1 << (last - first + 1)) - 1) << first
        end = item.x1 if end is None else max(end, item.x1)
    return _Row(
        items=items,
        taken=taken,
        top=min(item.top for item in items),
        bottom=max(item.bottom for item in items),
        weight=weight,
    )


def _cut(rows: Sequence[_Row]) -> tuple[_Cut | None, bool]:
    """The cut between columns that parts the most lines, and whether a larger one is in doubt."""
    together = 0
    for row in rows:
        together |= row.taken
    if not together:
        return None, False
    first = (together & -together).bit_length() - 1
    cuts: dict[tuple[int, int], _Cut] = {}
    for at in range(first + 1, min(together.bit_length(), 1000)):
        for cut in _runs(rows, at):
            known = cuts.get((cut.first, cut.last))
            if known is None or known.score < cut.score:
                cuts[cut.first, cut.last] = cut
    best = sorted(cuts.values(), key=lambda cut: (-cut.score, cut.first, cut.bin))
    is_doubtful = False
    for cut in best[:_MOST_TRIES]:
        trimmed = _trimmed(rows, cut)
        left, right = _sides(rows, trimmed)
        if left is None or right is None:
            continue
        if _parts_columns(left, right):
            return trimmed, is_doubtful
        is_doubtful |= min(left.wraps, right.wraps) >= _FEWEST_ASIDE
    return None, is_doubtful


def _runs(rows: Sequence[_Row], at: int) -> list[_Cut]:
    """The runs of rows that leave a bin free and have words on both of its sides."""
    runs: list[_Cut] = []
    bit = 1 << at
    start, left, right = 0, 0, 0
    for index, row in enumerate(rows):
        if row.taken & bit or (row.is_head and _parts_sides(rows, index, at)):
            if min(left, right) >= _FEWEST_ASIDE:
                runs.append(_Cut(min(left, right), start, index - 1, at))
            start, left, right = index + 1, 0, 0
            continue
        left += row.weight if row.taken & (bit - 1) else 0
        right += row.weight if row.taken >> at else 0
    if min(left, right) >= _FEWEST_ASIDE:
        runs.append(_Cut(min(left, right), start, len(rows) - 1, at))
    return runs


def _trimmed(rows: Sequence[_Row], cut: _Cut) -> _Cut:
    """Leave out single lines above and below that stand apart and on one side only."""
    bit = 1 << cut.bin
    first, last = cut.first, cut.last

    def is_single(index: int) -> bool:
        return not (rows[index].taken & (bit - 1) and rows[index].taken >> cut.bin)

    def is_apart(above: int, below: int) -> bool:
        gap = rows[below].top - rows[above].bottom
        return gap > 0.9 * (rows[above].bottom - rows[above].top)

    while (
        first < last and rows[first].weight == 1 and is_single(first) and is_apart(first, first + 1)
    ):
        first += 1
    while last > first and rows[last].weight == 1 and is_single(last) and is_apart(last - 1, last):
        last -= 1
    return _Cut(cut.score, first, last, cut.bin)


def _sides(rows: Sequence[_Row], cut: _Cut) -> "tuple[_Side | None, _Side | None]":
    middle = (cut.bin + 0.5) * _BIN
    items = [item for row in rows[cut.first : cut.last + 1] for item in row.items]
    return (
        _side([item for item in items if (item.x0 + item.x1) / 2 < middle]),
        _side([item for item in items if (item.x0 + item.x1) / 2 >= middle]),
    )


def _parts_columns(left: "_Side", right: "_Side") -> bool:
    is_alike = _are_alike(left.lines, right.lines)
    if is_alike or not (left.runs_on or right.runs_on):
        return is_alike
    fewer, more = sorted((left, right), key=lambda side: len(side.lines))
    if len(fewer.lines) < _FEWEST and not fewer.boxes:
        return fewer.is_block and more.runs_on and len(more.lines) > len(fewer.lines)
    if left.runs_on and right.runs_on:
        return not _share_starts(left.lines, right.lines)
    other, running = (left, right) if right.runs_on else (right, left)
    if other.boxes:
        return True
    if _aligned(other.lines, running.lines) < 0.5:
        return True
    return other.is_dense and len(other.lines) <= 0.5 * len(running.lines)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a gutter: its lines, and whether they run on from one to the next."""

    lines: list[Line]
    boxes: int
    wraps: int
    """How many of its lines go on below."""
    runs_on: bool
    is_dense: bool
    is_block: bool
    """Whether each line stands right under the one before."""


def _side(items: Sequence[Word | Box]) -> _Side | None:
    lines = to_lines([item for item in items if isinstance(item, Word)])
    boxes = sum(isinstance(item, Box) for item in items)
    if not lines:
        none = _Side([], boxes, wraps=0, runs_on=False, is_dense=False, is_block=False)
        return none if boxes else None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    size = median(line.size for line in lines)
    near = [(a, b) for a, b in pairwise(lines) if b.top - a.bottom < 1.3 * size]
    wraps = sum(_continues(above, below, left, right) for above, below in near)
    is_japanese = sum(is_cjk(line.text[-1]) for line in lines) > len(lines) / 2
    # a heading and the last line of a sentence cannot go on: they say nothing against columns
    open_ended = [
        pair
        for pair in pairwise(lines)
        if pair[0].size == pair[1].size and not ENDS_SENTENCE.search(pair[0].text)
    ]
    least = max(2, (0.5 if is_japanese else 0.3) * len(open_ended))
    letters = median(_length(line.text) for line in lines)
    return _Side(
        lines=lines,
        boxes=boxes,
        wraps=wraps,
        runs_on=wraps >= least
        and letters >= (5.0 if is_japanese else 2.5)
        and right - left >= 6 * size,
        is_dense=len(near) >= 0.7 * (len(lines) - 1)
        and len(lines) >= _FEWEST
        and right - left >= 4 * size,
        is_block=len(near) == len(lines) - 1,
    )


def _length(text: str) -> float:
    """Words of a line; two Japanese letters count as one."""
    japanese = sum(map(is_cjk, text))
    return japanese / 2 + len([word for word in text.split() if not is_cjk(word[0])])


def _continues(above: Line, below: Line, left: float, right: float) -> bool:
    """Whether a line is full and its sentence goes on below; Japanese fills its lines closely."""
    first = below.text[0]
    if ENDS_SENTENCE.search(above.text):
        return False
    if is_cjk(first):
        return above.x1 >= right - 1.6 * above.size
    if first.isalpha() and first.upper() == first.lower():  # Korean has no small letters
        word = len(below.text.split()[0]) + 1
        return above.x1 + word * (below.x1 - below.x0) / len(below.text) > right
    return first.islower() and above.x1 >= left + 0.7 * (right - left)


def _aligned(lines: Sequence[Line], others: Sequence[Line]) -> float:
    """The share of lines that stand on the height of one of the others."""
    heights = {round(line.bottom) + step for line in others for step in (-1, 0, 1)}
    return sum(round(line.bottom) in heights for line in lines) / len(lines)


def _are_alike(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both sides name things of one kind on the same lines, as addresses do.

    A telephone stands beside a telephone; in a row of a table something stands beside its value.
    """
    kinds = {round(line.bottom): _kind(line.text) for line in right}
    alike = [kind for line in left if (kind := _kind(line.text)) == kinds.get(round(line.bottom))]
    return sum(map(bool, alike)) >= _FEWEST_ALIKE


def _kind(text: str) -> str:
    """What a line of an address begins with: `@`, `〒`, `tel`; "" of others."""
    if _MAIL.match(text):
        return "@"
    named = _NAMED_NUMBER.match(text)
    return named["name"].lower() if named is not None else ""


def _share_starts(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether blocks begin on both sides together, as the rows of a table do.

    Below the shorter cell of a row is more room than below the other one. Where the room is equal
    everywhere, texts of equal length stand side by side.
    """
    rooms = [_starts(left), _starts(right)]
    fewer, more = sorted(rooms, key=len)
    if len(fewer) < 2 or len(more) > 1.5 * len(fewer):
        return False
    pairs = [(line, room, _room_beside(line, more)) for line, room in fewer]
    beside = [(line, room, other) for line, room, other in pairs if other is not None]
    return len(beside) > 0.7 * len(fewer) and any(
        abs(room - other) > 0.5 * line.size for line, room, other in beside
    )


def _room_beside(line: Line, starts: Sequence[tuple[Line, float]]) -> float | None:
    return next(
        (room for one, room in starts if abs(round(one.bottom) - round(line.bottom)) <= 1), None
    )


def _starts(lines: Sequence[Line]) -> list[tuple[Line, float]]:
    """The lines that blocks begin with, each with the room above it in points."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    return [
        (line, gap)
        for line, gap in zip(lines[1:], gaps, strict=True)
        if gap > usual + 0.3 * line.size
    ]

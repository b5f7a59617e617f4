"""Tables that are told by where words stand: by the columns they keep, or by rules in a picture.

A word belongs to the column it stands in and to no other, so that a number is never read under
the head of another column. Where words do not keep to columns, that is counted.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.tables import Table
from aspire_ingest.load.pdf.words.words import Word
from aspire_ingest.load.tesseract import joined_words
from aspire_ingest.load.writing.clean import is_cjk

_NEAR = 3.0
"""Points by which ends of rules may miss each other."""
_ACROSS = 0.35
"""How far a word may reach over a rule, in letter sizes."""
_GAP = 1.3
"""Gap between cells of a row without rules, in letter sizes."""
_SAME_ROW = 0.5
_NEXT_ROW = 3.2
"""Distances of rows, in letter sizes."""
_FEWEST_ROWS = _FEWEST_COLUMNS = 3
_RUNNING_TEXT = 24
"""Letters of a line, kanji and kana counted twice, from which columns are text side by side."""
_LONGEST_NUMBER = 4
"""Letters of what numbers the lines of a list."""


@dataclass(slots=True)
class ScannedTables:
    """The tables of a page, the words outside them line by line, and tables not told apart."""

    tables: list[Table] = field(default_factory=list[Table])
    lines: list[list[Word]] = field(default_factory=list[list[Word]])
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of a row that stand together."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        return joined_words([word.text for word in self.words])


_Row = list[_Segment]


def find_scanned_tables(lines: Sequence[Sequence[Word]], rules: Sequence[Area]) -> ScannedTables:
    """Tell tables from lines.

    Args:
        lines: the words of each line as the recogniser gives them.
        rules: level and upright rules, in points as the words are.
    """
    found = ScannedTables()
    words = [word for line in lines for word in line]
    for group in _grids(rules):
        words = _read_ruled(group, words, found)
    words = _read_open(words, found)
    left = set(map(id, words))
    kept = ([word for word in line if id(word) in left] for line in lines)
    found.lines = [line for line in kept if line]
    return found


def find_gapped_tables(words: Sequence[Word]) -> tuple[list[Table], list[Word]]:
    """Tables without rules in which numbers stand and cells are empty, and the words outside them.

    Read across, a number would seem to stand under the head of the empty cell. Other rows of cells
    may be read across.
    """
    tables: list[Table] = []
    taken: set[int] = set()
    for region in _regions(_rows(words)):
        columns = _columns(region)
        places = [[_column_of(segment, columns) for segment in row] for row in region]
        if len(columns) < _FEWEST_COLUMNS or any(len(set(row)) < len(row) for row in places):
            continue
        rows = _cells(region, places, len(columns))
        if all(map(all, rows)) or not _is_of_numbers(rows):
            continue
        tables.append(_open_table(region, columns, rows))
        taken.update(id(word) for row in region for segment in row for word in segment.words)
    return tables, [word for word in words if id(word) not in taken]


def _is_of_numbers(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether cells are short, and those of a column are numbers below a head that is none."""
    head, *body = rows
    columns = [[row[number] for row in body if row[number]] for number in range(len(head))]
    lengths = [[_length(cell) for cell in column] for column in columns if column]
    if not all(head) or any(median(own) > _RUNNING_TEXT for own in lengths):
        return False
    return any(
        not _has_digit(name) and 3 * sum(map(_has_digit, column)) >= 2 * len(column) > 2
        for name, column in zip(head[1:], columns[1:], strict=True)
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _length(text: str) -> int:
    """Letters of a text, kanji and kana counted twice."""
    return sum(1 + is_cjk(letter) for letter in text)


def _grids(rules: Sequence[Area]) -> list[list[Area]]:
    """Rules that touch each other, as those of one table do."""
    groups: list[list[Area]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(one for group in touching for one in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(merged)
    return groups


def _touch(one: Area, other: Area) -> bool:
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) <= _NEAR
        and max(one.top, other.top) - min(one.bottom, other.bottom) <= _NEAR
    )


@dataclass(slots=True)
class _Grid:
    """The places of one table's rules across and down, and from where to where each goes."""

    across: list[float]
    down: list[float]
    upright: dict[float, list[tuple[float, float]]]
    level: dict[float, list[tuple[float, float]]]

    def cell_at(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The rules around a place of the grid: a cell may go over several."""
        x = (self.across[column] + self.across[column + 1]) / 2
        y = (self.down[row] + self.down[row + 1]) / 2
        xs = [n for n, at in enumerate(self.across) if _spans(self.upright[at], y)]
        ys = [n for n, at in enumerate(self.down) if _spans(self.level[at], x)]
        left, right = [n for n in xs if n <= column], [n for n in xs if n > column]
        above, below = [n for n in ys if n <= row], [n for n in ys if n > row]
        if not (left and right and above and below):
            return None
        return left[-1], right[0], above[-1], below[0]


def _grid(rules: Sequence[Area]) -> _Grid:
    upright: dict[float, list[tuple[float, float]]] = {}
    level: dict[float, list[tuple[float, float]]] = {}
    for rule in rules:
        if rule.bottom - rule.top > rule.x1 - rule.x0:
            _note(upright, (rule.x0 + rule.x1) / 2, (rule.top, rule.bottom))
        else:
            _note(level, (rule.top + rule.bottom) / 2, (rule.x0, rule.x1))
    return _Grid(sorted(upright), sorted(level), upright, level)


def _note(
    known: dict[float, list[tuple[float, float]]], at: float, span: tuple[float, float]
) -> None:
    near = next((place for place in known if abs(place - at) <= _NEAR), at)
    known.setdefault(near, []).append(span)


def _spans(parts: Sequence[tuple[float, float]], at: float) -> bool:
    return any(start <= at <= end for start, end in parts)


def _read_ruled(rules: Sequence[Area], words: list[Word], found: ScannedTables) -> list[Word]:
    """Read the table of some rules; the words outside it."""
    grid = _grid(rules)
    inside: defaultdict[tuple[int, int, int, int], list[Word]] = defaultdict(list)
    outside: list[Word] = []
    is_doubtful = False
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        column, row = bisect_right(grid.across, x) - 1, bisect_right(grid.down, y) - 1
        is_in = column < len(grid.across) - 1 and row < len(grid.down) - 1
        cell = grid.cell_at(row, column) if is_in else None
        if cell is None:
            outside.append(word)
            continue
        inside[cell].append(word)
        over = _ACROSS * word.size
        is_doubtful |= word.x0 < grid.across[cell[0]] - over
        is_doubtful |= word.x1 > grid.across[cell[1]] + over
    texts = {cell: _text(own) for cell, own in inside.items()}
    places = [
        [grid.cell_at(row, column) for column in range(len(grid.across) - 1)]
        for row in range(len(grid.down) - 1)
    ]
    rows = tuple(tuple(texts.get(cell, "") if cell else "" for cell in row) for row in places)
    rows = tuple(row for row in rows if any(row))
    if len(rows) < 2 or len(texts) < 2 or max(sum(map(bool, row)) for row in rows) < 2:
        return words
    found.doubtful += is_doubtful
    found.tables.append(
        Table(
            x0=grid.across[0],
            x1=grid.across[-1],
            top=grid.down[0],
            bottom=grid.down[-1],
            rows=rows,
        )
    )
    return outside


def _text(words: Sequence[Word]) -> str:
    """The words of a cell, line by line."""
    return "\n".join(
        joined_words([word.text for segment in row for word in segment.words])
        for row in _rows(words)
    )


def _rows(words: Sequence[Word]) -> list[_Row]:
    """Words side by side, from top to bottom, those of a row parted at wide gaps."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        middle = (word.top + word.bottom) / 2
        if rows and middle - _middle(rows[-1]) <= _SAME_ROW * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_segments(sorted(row, key=lambda word: word.x0)) for row in rows]


def _middle(words: Sequence[Word]) -> float:
    return sum(word.top + word.bottom for word in words) / 2 / len(words)


def _segments(row: Sequence[Word]) -> _Row:
    parts: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.x0 - before.x1 > _GAP * word.size:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_Segment(tuple(part)) for part in parts]


def _read_open(words: list[Word], found: ScannedTables) -> list[Word]:
    """Read tables without rules; the words outside them."""
    taken: set[int] = set()
    for region in _regions(_rows(words)):
        columns = _columns(region)
        if len(columns) < 2 or _is_text(region, columns):
            continue
        places = [[_column_of(segment, columns) for segment in row] for row in region]
        if any(len(set(row)) < len(row) for row in places):
            found.doubtful += 1
            continue
        rows = _cells(region, places, len(columns))
        taken.update(id(word) for row in region for segment in row for word in segment.words)
        found.tables.append(_open_table(region, columns, rows))
    return [word for word in words if id(word) not in taken]


def _cells(
    region: Sequence[_Row], places: Sequence[Sequence[int]], width: int
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for row, own in zip(region, places, strict=True):
        cells = {place: segment.text for place, segment in zip(own, row, strict=True)}
        rows.append(tuple(cells.get(number, "") for number in range(width)))
    return rows


def _open_table(
    region: Sequence[_Row], columns: Sequence[tuple[float, float]], rows: Sequence[tuple[str, ...]]
) -> Table:
    words = [word for row in region for segment in row for word in segment.words]
    return Table(
        x0=columns[0][0],
        x1=columns[-1][1],
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        rows=tuple(rows),
    )


def _regions(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows close to each other, from the first to the last that has cells side by side."""
    runs: list[list[_Row]] = []
    for row in rows:
        size = median(word.size for segment in row for word in segment.words)
        if runs and _bottom(row) - _bottom(runs[-1][-1]) <= _NEXT_ROW * size:
            runs[-1].append(row)
        else:
            runs.append([row])
    regions: list[list[_Row]] = []
    for run in runs:
        sides = [number for number, row in enumerate(run) if len(row) > 1]
        if len(sides) >= _FEWEST_ROWS:
            regions.append(run[sides[0] : sides[-1] + 1])
    return regions


def _bottom(row: _Row) -> float:
    return max(word.bottom for segment in row for word in segment.words)


def _columns(region: Sequence[_Row]) -> list[tuple[float, float]]:
    """Where the cells of rows that have several stand: strips with nothing between them."""
    strips: list[tuple[float, float]] = []
    segments = [segment for row in region if len(row) > 1 for segment in row]
    for segment in sorted(segments, key=lambda one: one.x0):
        if strips and segment.x0 <= strips[-1][1]:
            strips[-1] = strips[-1][0], max(strips[-1][1], segment.x1)
        else:
            strips.append((segment.x0, segment.x1))
    return strips


def _column_of(segment: _Segment, columns: Sequence[tuple[float, float]]) -> int:
    """The strip in which most of a segment lies."""
    shares = [min(segment.x1, end) - max(segment.x0, start) for start, end in columns]
    return shares.index(max(shares))


def _is_text(region: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether columns are text side by side, or the numbers of a list beside its lines."""
    lengths: defaultdict[int, list[int]] = defaultdict(list)
    for row in region:
        for segment in row:
            lengths[_column_of(segment, columns)].append(_length(segment.text))
    long = sum(median(own) > _RUNNING_TEXT for own in lengths.values())
    is_list = (
        len(columns) == 2
        and max(lengths[0], default=0) <= _LONGEST_NUMBER
        and median(lengths[1] or [0]) > _RUNNING_TEXT
    )
    return long > 1 or is_list

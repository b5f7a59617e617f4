"""Ruled tables: pdfplumber finds their cells, the glyphs in each cell are its text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pdfplumber.page import Page

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.ink import Glyph
from aspire_ingest.load.pdf.words.letter_spacing import join_spaced
from aspire_ingest.load.pdf.words.superscripts import join_scripts
from aspire_ingest.load.pdf.words.words import to_lines, to_words
from aspire_ingest.load.writing.table_heads import with_one_head

_FEWEST_EDGES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One ruled table, cells by row."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


def find_tables(
    page: Page, glyphs: Sequence[Glyph], origin: tuple[float, float]
) -> tuple[list[Table], list[Glyph]]:
    """Tables of two or more columns and rows, and the glyphs outside them.

    A box around text is no table: its glyphs stay outside. `origin` is where the glyphs are
    measured from.
    """
    if len(page.edges) < _FEWEST_EDGES:
        return [], list(glyphs)
    across = float(page.mediabox[0]) + origin[0]
    down = float(page.mediabox[1]) + origin[1]
    tables: list[Table] = []
    free = list(glyphs)
    for found in page.find_tables():
        left, top, right, bottom = (float(edge) for edge in found.bbox)
        area = Area(left - across, top - down, right - across, bottom - down)
        inside = [glyph for glyph in free if _is_in(glyph, area)]
        cells = [
            [
                None
                if cell is None
                else Area(cell[0] - across, cell[1] - down, cell[2] - across, cell[3] - down)
                for cell in row.cells
            ]
            for row in found.rows
        ]
        rows = _texts(cells, inside)
        if len(rows) < 2 or max(sum(map(bool, row)) for row in rows) < 2:
            continue
        taken = set(map(id, inside))
        free = [glyph for glyph in free if id(glyph) not in taken]
        tables.append(Table(x0=area.x0, x1=area.x1, top=area.top, bottom=area.bottom, rows=rows))
    return tables, free


def _is_in(glyph: Glyph, area: Area) -> bool:
    return area.holds((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)


def _texts(
    cells: Sequence[Sequence[Area | None]], glyphs: Sequence[Glyph]
) -> tuple[tuple[str, ...], ...]:
    rows = [[cell for cell in row if cell is not None] for row in cells]
    tops = [min((cell.top for cell in row), default=0.0) for row in rows]
    gathered: defaultdict[Area, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        # a merged cell reaches down from a row above
        for row in reversed(rows[: bisect_right(tops, y)]):
            cell = next((cell for cell in row if cell.holds(x, y)), None)
            if cell is not None:
                gathered[cell].append(glyph)
                break
    starts = sorted({cell.x0 for row in rows for cell in row})
    texts = [
        [
            _text(gathered.get(cell, []) if cell else _merged(rows[:at], x0, tops[at], gathered))
            for x0, cell in zip(starts, row, strict=True)
        ]
        for at, row in enumerate(cells)
    ]
    return tuple(map(tuple, _with_one_head(texts, [cell is None for cell in cells[0]])))


def _with_one_head(rows: list[list[str]], is_covered: Sequence[bool]) -> list[list[str]]:
    """Join the rows of a head; cells of the first row that lie under one beside it repeat it.

    Where the first row is the whole head they stay empty, as in all other rows.
    """
    first = list(rows[0])
    for column, covered in enumerate(is_covered):
        if covered and column and not first[column]:
            first[column] = first[column - 1]
    joined = with_one_head([first, *rows[1:]])
    return joined if len(joined) < len(rows) else rows


def _merged(
    above: Sequence[Sequence[Area]], x0: float, top: float, gathered: dict[Area, list[Glyph]]
) -> list[Glyph]:
    """The glyphs of the cell that reaches down to a place: its label is that of each row."""
    for row in reversed(above):
        for cell in row:
            if cell.holds(x0 + 1, top + 1):
                return gathered.get(cell, [])
    return []


def _text(glyphs: Sequence[Glyph]) -> str:
    return "\n".join(line.text for line in to_lines(join_scripts(join_spaced(to_words(glyphs)))))

"""Tables of a page: which hold values, and their cells by row.

A cell that spans rows or columns is repeated in each place it covers, and the rows of a header are
joined into one, so that a row and its header can be read alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aspire_ingest.load.html.tree import Element, children_of, tag_of
from aspire_ingest.load.writing.table_heads import joined_head

ROWS, CELLS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_LAYOUT = _HEADINGS | {"main", "article", "section", "nav", "header", "footer", "aside", "form"}
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_MOST_SPANNED = 60
_MOST_REPEATED = 200_000
"""Characters that the spans of one table may repeat; what goes beyond stays empty."""
_MOST_HEADER_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of a table by row; titles are lines over its whole width before the header."""

    titles: tuple[str, ...]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row, each with whether it is a header and whether it is a repetition."""

    texts: list[str]
    is_header: bool
    cells: int


def unwrap_layout(tree: Element) -> None:
    """Make plain boxes of the tables that only lay out the page, the innermost ones last."""
    for table in [table for table in tree.iter("table") if not is_data(table)]:
        for row in rows_of(table):
            for cell in children_of(row, CELLS):
                cell.tag = "div"
            row.tag = "div"
        for group in children_of(table, _GROUPS):
            group.tag = "div"
        table.tag = "div"


def is_data(table: Element) -> bool:
    """Tell a table of values from one that lays out a page."""
    if any(tag_of(inner) in _LAYOUT for inner in table.iterdescendants()):
        return False
    rows = list(rows_of(table))
    widths = [sum(1 for _ in children_of(row, CELLS)) for row in rows]
    if len(rows) < 2 or max(widths) < 2:
        return False
    has_inner = any(tag_of(inner) == "table" for inner in table.iterdescendants())
    return not has_inner or any(
        next(children_of(row, frozenset({"th"})), None) is not None for row in rows
    )


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those of tables inside its cells left out."""
    for child in table:
        if tag_of(child) in ROWS:
            yield child
        elif tag_of(child) in _GROUPS:
            yield from children_of(child, ROWS)


def read_grid(table: Element, text_of: Callable[[Element], str]) -> Grid:
    """Read the cells of a table of values."""
    rows, width = _spread(table, text_of)
    rows = [_Row(row.texts[:width], row.is_header, row.cells) for row in rows]
    titles: list[str] = []
    while len(rows) > 1 and _is_title(rows[0], rows[1:], width):
        titles.append(rows.pop(0).texts[0])
    header = 0
    while header < min(len(rows), _MOST_HEADER_ROWS) and rows[header].is_header:
        header += 1
    if header == len(rows) or header < 2:
        return Grid(titles=tuple(titles), rows=[row.texts for row in rows])
    joined = [
        joined_head([text for row in rows[:header] for text in row.texts[column : column + 1]])
        for column in range(width)
    ]
    return Grid(titles=tuple(titles), rows=[joined, *(row.texts for row in rows[header:])])


def _is_title(row: _Row, others: list[_Row], width: int) -> bool:
    is_over_all = row.cells == 1 and row.is_header and len(row.texts) >= width
    return is_over_all and any(other.cells > 1 for other in others)


def _spread(table: Element, text_of: Callable[[Element], str]) -> tuple[list[_Row], int]:
    """All rows with their spans spelt out, and the columns in which some cell begins."""
    rows: list[_Row] = []
    carried: dict[int, tuple[str, int]] = {}
    left = _MOST_REPEATED
    width = 1
    group: Element | None = None
    for row in rows_of(table):
        if _parent(row) is not group:
            group, carried = _parent(row), {}  # no cell reaches out of its group
        texts: list[str] = []
        cells = list(children_of(row, CELLS))
        for cell in cells:
            left -= _carry(texts, carried, left)
            text = text_of(cell)
            width = max(width, len(texts) + 1)
            down = min(_number(cell.get("rowspan")) or _MOST_SPANNED, _MOST_SPANNED) - 1
            for offset in range(max(1, min(_number(cell.get("colspan")), _MOST_SPANNED))):
                is_shown = offset == 0 or len(text) <= left
                left -= len(text) if offset and is_shown else 0
                shown = text if is_shown else ""
                if down > 0:
                    carried[len(texts)] = shown, down
                texts.append(shown)
        left -= _carry(texts, carried, left)
        is_header = bool(cells) and (
            tag_of(_parent(row)) == "thead" or all(tag_of(cell) == "th" for cell in cells)
        )
        rows.append(_Row(texts, is_header, len(cells)))
    return rows, width


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _carry(texts: list[str], carried: dict[int, tuple[str, int]], left: int) -> int:
    """Repeat what cells above reach down to here; the number of characters that took."""
    taken = 0
    while len(texts) in carried:
        column = len(texts)
        text, rows = carried.pop(column)
        shown = text if taken + len(text) <= left else ""
        taken += len(shown)
        texts.append(shown)
        if rows > 1:
            carried[column] = (text, rows - 1)
    return taken


def _number(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else 1

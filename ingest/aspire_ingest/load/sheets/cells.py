"""The cells of one sheet as a reader sees them: merged ones repeated, hidden ones left out."""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from aspire_ingest.load.elements import Element, child, is_on, local_name, stream_elements
from aspire_ingest.load.openxml.package import OpenXmlPackage
from aspire_ingest.load.sheets.book import Book, SheetEntry
from aspire_ingest.load.sheets.conditions import Conditions, read_rules
from aspire_ingest.load.sheets.margins import HEADERS_AND_FOOTERS, margin_text
from aspire_ingest.load.sheets.places import Place, Range, named_places, read_place, read_range
from aspire_ingest.load.sheets.values import REMARKS, Cell, Look, Reason, ValueReader
from aspire_ingest.load.writing.limits import MAX_CELLS, MAX_COLUMNS
from aspire_ingest.load.writing.tally import RemarkTally

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_PARTS = (
    "sheetView",
    "col",
    "row",
    "c",
    "mergeCell",
    "conditionalFormatting",
    *HEADERS_AND_FOOTERS,
)
_UNREADABLE = (ValueError, IndexError, OverflowError)
"""What a cell, a row or a setting raises that is not what it says."""


_UNREAD_SETTINGS = {
    "mergeCell": ("merged range", "merged ranges"),
    "col": ("column setting", "column settings"),
    "conditionalFormatting": ("conditional format", "conditional formats"),
}


class TooManyCellsError(Exception):
    """The sheets hold more cells than are read."""


@dataclass(slots=True, kw_only=True)
class SheetGrid:
    """The cells of a sheet by row and column, and which rows and columns are not seen.

    A row without any cell is not in `rows`; one whose cells were all left out is there, empty.
    """

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict[int, dict[int, Cell]])
    merged: list[Range] = field(default_factory=list[Range])
    hidden_rows: list[int] = field(default_factory=list[int])
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    styled_heads: dict[int, list[tuple[int, int]]] = field(
        default_factory=dict[int, list[tuple[int, int]]]
    )
    """By row, from which to which column the head of a styled table is: it may have a dark ground
    that no cell states."""
    shows_zeros: bool = True
    conditions: Conditions = field(default_factory=Conditions)
    margins: list[str] = field(default_factory=list[str])
    """The headers and footers of its printed pages, their parts on lines."""

    def is_gap(self, above: int, below: int) -> bool:
        """Whether a reader sees an empty row between two rows."""
        hidden = bisect_left(self.hidden_rows, below) - bisect_right(self.hidden_rows, above)
        return below - above - 1 > hidden


class CellReader:
    """Reads the sheets of one workbook; the number of cells is bounded over all of them."""

    def __init__(self, book: Book, tally: RemarkTally) -> None:
        """Count what is left out into `tally`."""
        self._book = book
        self._values = ValueReader(book)
        self._tally = tally
        self._count = 0

    def read(self, sheet: SheetEntry) -> SheetGrid:
        """Read one sheet.

        Raises:
            TooManyCellsError: this and the sheets before it hold more cells than are read.
            etree.XMLSyntaxError: the sheet is not well-formed.
            KeyError: the sheet has no part.
        """
        where = f"sheet {sheet.name}"
        grid = SheetGrid(styled_heads=_styled_heads(self._book.package, sheet.part))
        stream = self._book.package.open(sheet.part)
        if stream is None:
            raise KeyError(sheet.part)
        with stream:
            row = column = 0
            for event, element in stream_elements(stream, *_PARTS):
                name = local_name(element)
                if name == "row" and event == "start":
                    row, column = self._begin_row(grid, element, row, where), 0
                elif name == "c" and event == "end":
                    column = self._cell(grid, element, (row, column), where)
                elif event == "end":
                    self._setting(grid, name, element, where)
        grid.hidden_rows = sorted(set(grid.hidden_rows))
        if not grid.conditions.apply(grid.rows):
            too_many = "with too many conditional formats"
            self._tally.add("doubtful", f"sheet {too_many}", f"sheets {too_many}", where=where)
        covered = self._fill_merged(grid)
        singular, plural = "value under merged cells", "values under merged cells"
        self._tally.add("hidden", singular, plural, where=where, count=covered)
        self._drop_hidden(grid, where)
        self._remark(grid, where)
        return grid

    def _begin_row(self, grid: SheetGrid, element: Element, before: int, where: str) -> int:
        """The number of a row; one that cannot be read is taken for the next."""
        try:
            row = _row_number(element, before)
        except ValueError:
            self._tally.add("doubtful", "row whose number cannot be read",
                            "rows whose numbers cannot be read", where=where)  # fmt: skip
            row = before + 1
        if is_on(element.get("hidden")) or _is_zero(element.get("ht")):
            grid.hidden_rows.append(row)
        return row

    def _setting(self, grid: SheetGrid, name: str, element: Element, where: str) -> None:
        try:
            if name == "conditionalFormatting":
                grid.conditions.rules += read_rules(element, self._book.styles)
            _apply_setting(grid, name, element)
        except ValueError:
            singular, plural = _UNREAD_SETTINGS.get(name, ("setting", "settings"))
            texts = f"{singular} that cannot be read", f"{plural} that cannot be read"
            self._tally.add("doubtful", *texts, where=where)

    def _cell(self, grid: SheetGrid, element: Element, before: Place, where: str) -> int:
        """Read a cell into the grid; return its column. One that cannot be read is told."""
        row, column = before[0], before[1] + 1
        try:
            reference = element.get("r")
            column = read_place(reference)[1] if reference else column
            self._read_cell(grid, element, row, column)
        except _UNREADABLE:
            singular, plural = "cell that cannot be read", "cells that cannot be read"
            self._tally.add("lost", singular, plural, where=where)
        return column

    def _read_cell(self, grid: SheetGrid, element: Element, row: int, column: int) -> None:
        is_styled = any(left <= column <= right for left, right in grid.styled_heads.get(row, ()))
        look = Look(shows_zeros=grid.shows_zeros, has_ground_of_table=is_styled)
        cell = self._values.read(element, (row, column), look)
        if cell is not None:
            self._spend(1)
            grid.rows.setdefault(row, {})[column] = cell

    def _spend(self, cells: int) -> None:
        self._count += cells
        if self._count > MAX_CELLS:
            raise TooManyCellsError

    def _fill_merged(self, grid: SheetGrid) -> int:
        """Repeat each merged value in the cells it covers; return how many values it covers."""
        numbers = sorted(grid.rows)
        last = min(MAX_COLUMNS, max((max(row, default=0) for row in grid.rows.values()), default=0))
        covered = 0
        for area in grid.merged:
            value = grid.rows.get(area.top, {}).get(area.left)
            begin, end = bisect_left(numbers, area.top), bisect_right(numbers, area.bottom)
            right = min(area.right, max(last, area.left))
            self._spend((end - begin) * (right - area.left + 1))
            for number in numbers[begin:end]:
                covered += _fill(grid.rows[number], number, area, right, value)
        return covered

    def _drop_hidden(self, grid: SheetGrid, where: str) -> None:
        """Take out rows and columns that are not seen; count those that hold something."""
        rows = [number for number in grid.hidden_rows if grid.rows.pop(number, None)]
        self._tally.add("hidden", "hidden row", where=where, count=len(rows))
        used = sorted({column for row in grid.rows.values() for column in row})
        hidden: set[int] = set()
        for first, last in grid.hidden_columns:
            hidden.update(used[bisect_left(used, first) : bisect_right(used, last)])
        self._tally.add("hidden", "hidden column", where=where, count=len(hidden))
        far = {column for column in used if column > MAX_COLUMNS} - hidden
        beyond = f"after the first {MAX_COLUMNS}"
        singular, plural = f"column {beyond}", f"columns {beyond}"
        self._tally.add("lost", singular, plural, where=where, count=len(far))
        for row in grid.rows.values():
            for column in (hidden | far) & row.keys():
                del row[column]

    def _remark(self, grid: SheetGrid, where: str) -> None:
        missing: dict[Reason, list[Place]] = {}
        for number, row in grid.rows.items():
            for column, cell in row.items():
                if cell.origin != (number, column):
                    continue
                for reason in cell.reasons:
                    if reason == cell.missing:
                        missing.setdefault(reason, []).append(cell.origin)
                        continue
                    kind, singular, plural = REMARKS[reason]
                    self._tally.add(kind, singular, plural, where=where)
        for reason, places in missing.items():
            kind, singular, plural = REMARKS[reason]
            at = f"{where}, {named_places(places)}"
            self._tally.add(kind, singular, plural, where=at, count=len(places))


def _row_number(element: Element, before: int) -> int:
    row = int(element.get("r") or before + 1)
    if not 1 <= row <= _LAST_ROW:
        raise ValueError(f"row {row}")
    return row


def _apply_setting(grid: SheetGrid, name: str, element: Element) -> None:
    if name == "col":
        if is_on(element.get("hidden")) or _is_zero(element.get("width")):
            first, last = int(element.get("min") or 0), int(element.get("max") or 0)
            grid.hidden_columns.append((first, min(last, _LAST_COLUMN)))
    elif name == "mergeCell":
        grid.merged.append(read_range(element.get("ref") or ""))
    elif name == "sheetView":
        grid.shows_zeros = (element.get("showZeros") or "1") not in ("0", "false")
    elif name in HEADERS_AND_FOOTERS:
        grid.margins.append(margin_text(element.text or ""))


def _styled_heads(package: OpenXmlPackage, part: str) -> dict[int, list[tuple[int, int]]]:
    heads: dict[int, list[tuple[int, int]]] = {}
    for relation in package.relations(part):
        tree = package.find(relation.target) if relation.kind == "table" else None
        if tree is None or tree.get("headerRowCount") == "0":
            continue
        if child(tree, "tableStyleInfo") is not None:
            try:
                area = read_range(tree.get("ref") or "")
            except ValueError:
                continue  # only its colours are not known
            heads.setdefault(area.top, []).append((area.left, area.right))
    return heads


def _fill(row: dict[int, Cell], number: int, area: Range, right: int, value: Cell | None) -> int:
    covered = 0
    for column in range(area.left, right + 1):
        if (number, column) == (area.top, area.left):
            continue
        own = row.pop(column, None)
        covered += own is not None and bool(own.text)
        if value is not None and value.text:
            row[column] = value
    return covered


def _is_zero(size: str | None) -> bool:
    try:
        return size is not None and math.isclose(float(size), 0, abs_tol=1e-6)
    except ValueError:
        return False

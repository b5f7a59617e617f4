"""Tables of OpenDocument as rows of text: repeats written out, merged cells repeated."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aspire_ingest.errors import LoadError
from aspire_ingest.load.elements import Element
from aspire_ingest.load.opendocument.styles import OFFICE, TABLE, TEXT, count
from aspire_ingest.load.writing.limits import MAX_CELLS, MAX_COLUMNS
from aspire_ingest.load.writing.tally import RemarkTally

_GROUPS = frozenset(
    f"{TABLE}table-{name}" for name in ("rows", "header-rows", "row-group", "columns",
                                        "header-columns", "column-group")
)  # fmt: skip
_UNSEEN = frozenset({"collapse", "filter"})
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")


@dataclass(slots=True, kw_only=True)
class OdfTableReader:
    """Reads tables; `seen` counts cells over all of them, against hostile repeats."""

    name: str
    read_cell: Callable[[Element], str]
    tally: RemarkTally
    seen: int = 0

    def rows(self, table: Element, where: str = "") -> list[list[str]]:
        """The rows that a reader sees, an empty list for an empty row.

        Raises:
            LoadError: there are too many cells.
        """
        hidden = self._hidden_columns(table, where)
        covered: dict[int, tuple[int, str]] = {}
        found: list[list[str]] = []
        place = 0
        for row in _members(table, f"{TABLE}table-row"):
            repeats = count(row.get(f"{TABLE}number-rows-repeated"), 1)
            cells = self._cells(row, place, covered, where)
            place += repeats
            if row.get(f"{TABLE}visibility") in _UNSEEN:
                if any(cells):
                    self.tally.add("hidden", "hidden row", where=where, count=min(repeats, 10_000))
                continue
            kept = [text for column, text in enumerate(cells) if column not in hidden]
            self._count(len(kept) * (repeats if any(kept) else 0))
            found += [kept] * repeats if any(kept) else [[]]
        return found

    def _cells(
        self, row: Element, place: int, covered: dict[int, tuple[int, str]], where: str
    ) -> list[str]:
        line: list[str] = []
        column = 0
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            repeats = count(cell.get(f"{TABLE}number-columns-repeated"), 1)
            is_covered = cell.tag == f"{TABLE}covered-table-cell"
            text = "" if is_covered else self._text(cell)
            if not is_covered:
                self._cover(cell, column, place, text, covered)
            for here in range(column, min(column + repeats, MAX_COLUMNS)):
                last, above = covered.get(here, (-1, ""))
                line.append(above if is_covered and last >= place else text)
            if text and column + repeats > MAX_COLUMNS:
                self.tally.add("lost", "cell too far right", "cells too far right", where=where)
            column += repeats
        while line and not line[-1]:
            line.pop()
        self._count(1)
        return line

    def _cover(
        self, cell: Element, column: int, place: int, text: str,
        covered: dict[int, tuple[int, str]],
    ) -> None:  # fmt: skip
        columns = count(cell.get(f"{TABLE}number-columns-spanned"), 1)
        rows = count(cell.get(f"{TABLE}number-rows-spanned"), 1)
        for here in range(column, min(column + columns, MAX_COLUMNS)):
            covered[here] = (place + rows - 1, text)

    def _text(self, cell: Element) -> str:
        text = self.read_cell(cell)
        if text or cell.find(f"{TEXT}p") is not None:
            return text
        values = (cell.get(f"{OFFICE}{name}") for name in _VALUES)
        return next(filter(None, values), "")

    def _hidden_columns(self, table: Element, where: str) -> set[int]:
        hidden: set[int] = set()
        place = 0
        for column in _members(table, f"{TABLE}table-column"):
            repeats = count(column.get(f"{TABLE}number-columns-repeated"), 1)
            if column.get(f"{TABLE}visibility") in _UNSEEN and place < MAX_COLUMNS:
                here = range(place, min(place + repeats, MAX_COLUMNS))
                hidden |= set(here)
                self.tally.add("hidden", "hidden column", where=where, count=len(here))
            place += repeats
        return hidden

    def _count(self, cells: int) -> None:
        self.seen += cells
        if self.seen > MAX_CELLS:
            raise LoadError(self.name, f"has more than {MAX_CELLS} cells; split it")


def _members(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _members(child, tag)

"""Tables of Word as rows of text; a merged cell stands in every row and column that it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from aspire_ingest.load.elements import Element
from aspire_ingest.load.openxml.package import W
from aspire_ingest.load.word.blocks import cells, rows
from aspire_ingest.load.word.styles import attribute
from aspire_ingest.load.writing.limits import MAX_COLUMNS
from aspire_ingest.load.writing.tally import RemarkTally


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """How many columns a cell takes, and whether it goes on from the row above."""

    columns: int
    continues: bool


def read_table(
    table: Element, read_cell: Callable[[Element], str], tally: RemarkTally
) -> list[list[str]]:
    """The cells row by row, merged ones repeated.

    Args:
        table: `w:tbl`.
        read_cell: gives the text of a `w:tc`.
        tally: counts hidden and deleted rows.
    """
    found: list[list[str]] = []
    above: dict[int, str] = {}
    for row in rows(table, tally):
        line = [""] * _skipped(row, "gridBefore")
        here: dict[int, str] = {}
        for cell in cells(row, tally):
            column, span = len(line), _span(cell)
            text = read_cell(cell)
            if span.continues and not text.strip():
                text = above.get(column, "")
            here[column] = text
            if text.strip() and column >= MAX_COLUMNS:
                tally.add("lost", "cell too far right", "cells too far right")
            line += [text] * min(span.columns, MAX_COLUMNS - len(line))
        found.append(line)
        above = here
    return found


def _span(cell: Element) -> _Span:
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return _Span(columns=1, continues=False)
    merge = properties.find(f"{W}vMerge")
    columns = attribute(properties.find(f"{W}gridSpan")) or "1"
    return _Span(
        columns=max(1, int(columns)) if columns.isdecimal() and len(columns) < 5 else 1,
        continues=merge is not None and (attribute(merge) or "continue") == "continue",
    )


def _skipped(row: Element, name: str) -> int:
    count = attribute(row.find(f"{W}trPr/{W}{name}")) or "0"
    return min(int(count), MAX_COLUMNS) if count.isdecimal() and len(count) < 5 else 0

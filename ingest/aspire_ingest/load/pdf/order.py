"""The pages of a file as columns in reading order, without their furniture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aspire_ingest.load.pdf.asides import around_asides
from aspire_ingest.load.pdf.columns import Box, to_flows
from aspire_ingest.load.pdf.furniture import MarginPage, without_furniture
from aspire_ingest.load.pdf.layout import Column
from aspire_ingest.load.pdf.page import PageContent, View
from aspire_ingest.load.pdf.tables import Table
from aspire_ingest.load.pdf.words.words import Line, Word


@dataclass(frozen=True, slots=True)
class Ordered:
    """The columns of each page, and the lines in margins that are left out of them."""

    columns: list[list[Column]]
    margins: list[str]


def to_columns(pages: Sequence[PageContent]) -> Ordered:
    """Order each page; what repeats in the margins of all pages is left out.

    A page whose columns cannot be told is marked so.
    """
    fronts = [page.views[0] if page.views else _EMPTY for page in pages]
    bodies, margins = without_furniture([MarginPage(view.words, view.height) for view in fronts])
    ordered: list[list[Column]] = []
    for page, body in zip(pages, bodies, strict=True):
        below = [word for word in body if word.top > page.level_until]
        first = [word for word in body if word.top <= page.level_until]
        columns: list[Column] = []
        for number, view in enumerate(page.views):
            columns += _columns(page, view, view.words if number else first)
        if below:
            columns += _columns(page, replace(page.views[0], tables=[]), below)
        ordered.append(columns)
    return Ordered(ordered, margins)


def _columns(page: PageContent, view: View, words: Sequence[Word]) -> list[Column]:
    boxes = [
        Box(table.x0, table.x1, table.top, table.bottom, number)
        for number, table in enumerate(view.tables)
    ]
    flows = around_asides(to_flows(words, boxes))
    page.has_doubtful_order |= any(flow.is_doubtful for flow in flows)
    return [
        Column(_merged(flow.lines, [view.tables[box.number] for box in flow.boxes]))
        for flow in flows
    ]


def _merged(lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line | Table, ...]:
    """Lines in their order, each table before the first line below its top."""
    waiting = list(tables)
    items: list[Line | Table] = []
    for line in lines:
        while waiting and waiting[0].top < line.top:
            items.append(waiting.pop(0))
        items.append(line)
    return (*items, *waiting)


_EMPTY = View(width=0.0, height=0.0, words=[], tables=[])

"""The documents of the index, on stdout: all of them in a table, or one with its text."""

from collections.abc import Iterator, Sequence
from typing import cast

from rich.table import Table

from aspire_ingest.catalog import Catalog, Fields
from aspire_ingest.cli.output import cell_text, print_json, print_text, warn
from aspire_ingest.index import Hour, Occasion
from aspire_ingest.index.program import DONE, IN_PART, result_console
from aspire_ingest.pages import SHOWN_CHARACTERS, page_lines
from aspire_ingest.remarks import line_of

_COLUMNS = ("document_id", "title", "published", "language", "kind", "passages", "quality")
_SHOWN_ELSEWHERE = frozenset(
    {"text", "occasions", "remarks", "warnings", "set_by_staff", "left_out_pages"}
)
"""The text, and fields that are shown in other words."""


def print_listing(documents: Sequence[Fields], *, as_json: bool) -> None:
    """The documents of the index; a column says what staff set, where they set anything."""
    if as_json:
        print_json({"documents": list(documents)})
        return
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, overflow="fold")
    columns = _COLUMNS
    if any(document["set_by_staff"] for document in documents):
        table.add_column("set by staff")
        columns = (*_COLUMNS, "set_by_staff")
    for document in documents:
        table.add_row(*(cell_text(document[name]) for name in columns))
    result_console(is_plain=True).print(table)


def print_document(
    catalog: Catalog,
    document_id: str,
    *,
    as_json: bool,
    by_page: bool = False,
    is_whole: bool = False,
) -> int:
    """One document and its text, page by page where that is asked for. Gives the exit code."""
    try:
        document = catalog.shown(document_id)
    except KeyError:
        warn(f"{document_id}: is not in the index; `aspire-ingest list` shows what is")
        return IN_PART
    pages = catalog.pages(document_id) if by_page else None
    if as_json:
        paged = {} if pages is None else {"pages": [page.as_json() for page in pages]}
        print_json({**document, **paged})
        return DONE
    most = None if is_whole else SHOWN_CHARACTERS
    body = [str(document["text"])] if pages is None else page_lines(pages, most=most)
    print_text("\n".join((*_lines_above_text(catalog, document), "", *body)))
    return DONE


def _lines_above_text(catalog: Catalog, document: Fields) -> Iterator[str]:
    document_id, text = str(document["document_id"]), str(document["text"])
    yield from _field_lines(document)
    yield from _staff_lines(document)
    for occasion in catalog.occasions(document_id):
        yield _occasion_line(occasion, text)
    for remark in catalog.remarks(document_id):
        yield f"{remark.kind}: {line_of(remark)}"


def _field_lines(document: Fields) -> Iterator[str]:
    for name, value in document.items():
        if value is not None and name not in _SHOWN_ELSEWHERE:
            yield f"{name}: {value}"


def _staff_lines(document: Fields) -> Iterator[str]:
    """Which fields staff set and which pages they left out, where they did."""
    for label, field in (("set by staff", "set_by_staff"), ("left out", "left_out_pages")):
        values = cast("list[str | int]", document[field])
        if values:
            yield f"{label}: {', '.join(map(str, values))}"


def _occasion_line(occasion: Occasion, text: str) -> str:
    """`occasion: 2026-04-01 (deadline; said: 'until April 1, 2026'; closes at 17:00 JST)`."""
    days = " to ".join(dict.fromkeys((occasion.first, occasion.last)))
    kinds = ", ".join(occasion.kinds)
    words = text[occasion.start : occasion.end]
    year = "" if occasion.year_from == "date" else f"; year: {occasion.year_from}"
    return f"occasion: {days} ({kinds}; {occasion.basis}: {words!r}{year}{_hours_text(occasion)})"


def _hours_text(occasion: Occasion) -> str:
    ends = (("opens", occasion.opens), ("closes", occasion.closes))
    return "".join(f"; {end} at {_hour_text(hour)}" for end, hour in ends if hour)


def _hour_text(hour: Hour) -> str:
    zone = f" {hour.zone}" if hour.zone else ""
    return f"{hour.minutes // 60:02d}:{hour.minutes % 60:02d}{zone}"

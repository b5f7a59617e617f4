"""The tables of the report: heads, cells, and a word where there is nothing to list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from aspire_ingest.report.charts import bar
from aspire_ingest.report.markup import Part, element, link
from aspire_ingest.report.types import NamedDocument


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and the class of its cells: `number`, `day`, `wide`, or none."""

    head: str
    css: str = ""


Row = Sequence[Part]


def table(caption: str, heads: Sequence[Column], rows: Sequence[Row]) -> Element:
    """A table that scrolls by itself where it is wider than the page; the first cell names a row.

    It can be scrolled by keyboard, and is announced by its caption.
    """
    head = element(
        "tr", *(element("th", one.head, css=one.css, attributes={"scope": "col"}) for one in heads)
    )
    body = [
        element("tr", *(_cell(part, number, heads) for number, part in enumerate(row)))
        for row in rows
    ]
    whole = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *body),
    )
    reached = {"role": "region", "tabindex": 0, "aria-label": caption}
    return element("div", whole, css="scroll", attributes=reached)


def counted(caption: str, head: str, counts: Mapping[str, int]) -> Element:
    """Counts as a table with a bar in each row."""
    most = max(counts.values(), default=0)
    heads = (Column(head), Column("documents", "number"), Column(""))
    rows = [(name, f"{count:,}", bar(count, most)) for name, count in counts.items()]
    made = table(caption, heads, rows)
    made.set("class", "scroll bars")
    return made


def listed(
    caption: str, heads: Sequence[Column], rows: Sequence[Row], *, most: int, none: str
) -> list[Element]:
    """A table of the first `most` rows and how many more there are; `none` where there is none."""
    if not rows:
        return [element("p", none, css="soft")]
    parts = [table(caption, heads, rows[:most])]
    if len(rows) > most:
        rest = f"{len(rows) - most:,} more are in the JSON form of this report (--json)."
        parts.append(element("p", rest, css="soft"))
    return parts


def titled(document: NamedDocument) -> Element:
    """A document by its title, as a link where it has an address; its edition beside it."""
    title, edition = document.title or document.document_id, document.edition
    name = link(title, document.url)
    edition = f" ({edition})" if edition and edition not in title else None
    return element("span", name, edition)


def _cell(part: Part, number: int, heads: Sequence[Column]) -> Element:
    if number == 0:
        return element("th", part, css=heads[0].css, attributes={"scope": "row"})
    return element("td", part, css=heads[number].css)

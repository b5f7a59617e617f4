"""The report of the index as one HTML file that needs nothing else: no script, font or picture."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from xml.etree.ElementTree import Element

from aspire_ingest.report.charts import columns
from aspire_ingest.report.markup import element, written
from aspire_ingest.report.page_lists import (
    alike_section,
    doubtful_section,
    gone_section,
    questions_section,
    runs_section,
    sources_section,
    usage_section,
)
from aspire_ingest.report.tables import Column, counted, table
from aspire_ingest.report.types import NamedDocument, Overview, Periods, RunLine

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_TITLE = "Report of the index"
_MOST_EDITIONS = 15
_MOST_LISTED = 20
"""Of each kind of what needs a look."""


def render(overview: Overview) -> str:
    """Write the page."""
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"name": "viewport", "content": "width=device-width"}),
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("meta", attributes={"name": "referrer", "content": "no-referrer"}),
        element("title", f"{_TITLE} {overview.index_version}"),
        element("style", (files(__package__ or "") / "page.css").read_text(encoding="utf-8")),
    )
    main = element("main", *_header(overview), *_sections(overview))
    body = element("body", main)
    return written(element("html", head, body, attributes={"lang": "en"}))


def _header(overview: Overview) -> list[Element]:
    made = overview.made_at.strftime("%Y-%m-%d %H:%M %Z").strip()
    said = (
        f"Index {overview.index_version}, published {overview.as_of[:16].replace('T', ' ')}; "
        f"this report was made {made}. It names documents for staff and questions that people "
        "asked: it is for staff."
    )
    return [
        element("h1", _TITLE),
        element("p", said, css="soft"),
        element("dl", *_tiles(overview), css="tiles"),
    ]


def _tiles(overview: Overview) -> Iterator[Element]:
    wrong = len({alert.source for alert in overview.alerts})
    tiles: list[tuple[str, int, bool]] = [
        ("Documents", overview.documents, False),
        ("Passages", overview.passages, False),
        ("Sources failing or stale", wrong, bool(wrong)),
        ("Documents gone", len(overview.gone), bool(overview.gone)),
        ("Not read whole", len(overview.doubtful), False),
        ("Near-duplicates", len(overview.alike), False),
    ]
    if overview.usage is not None:
        tiles.append(("Open questions", len(overview.usage.questions), False))
    for name, count, is_bad in tiles:
        parts = element("dt", name), element("dd", f"{count:,}")
        yield element("div", *parts, css="tile bad" if is_bad else "tile")


def _sections(overview: Overview) -> Iterator[Element]:
    yield _section("What needs a look", _attention(overview))
    yield _section("Documents over time", _time(overview.periods))
    yield _section("What there is", [element("div", *_kinds(overview), css="pair")])
    yield _section("Sources", sources_section(overview))
    yield _section("Runs", runs_section(overview))
    yield _section("Gone from their place", gone_section(overview))
    yield _section("How well documents were read", doubtful_section(overview))
    yield _section("Near-duplicates", alike_section(overview))
    yield _section("Cited and never cited", usage_section(overview))
    yield _section("Questions without an answer", questions_section(overview))


def _section(title: str, parts: Sequence[Element]) -> Element:
    return element("section", element("h2", title), *parts)


def _attention(overview: Overview) -> list[Element]:
    points = [alert.text for alert in overview.alerts]
    last = overview.runs[0] if overview.runs else None
    if last is not None and last.outcome != "done" and (last.error or last.failed):
        points.append(f"The last run ({last.name}) did not do all it should: {_why(last)}")
    points += _listed(overview)
    if overview.gone:
        points.append(
            f"{_number(len(overview.gone), 'document is', 'documents are')} gone from where "
            "they were found."
        )
    asked = overview.usage.questions if overview.usage is not None else ()
    if again := [one for one in asked if one.times > 1]:
        number = _number(len(again), "question was", "questions were")
        points.append(f"{number} asked more than once and not answered.")
    if overview.usage_problem:
        points.append(f"What is asked and cited is not known: {overview.usage_problem}")
    if not points:
        return [element("p", "Nothing.", css="good")]
    return [element("ul", *(element("li", point) for point in points), css="attention")]


def _listed(overview: Overview) -> Iterator[str]:
    """What each of these documents and files needs a look for."""
    failed = [f"Could not be read: {one.target}: {one.why}" for one in overview.failed]
    held = [f"Held until staff see to it: {one.target} ({one.why})" for one in overview.held]
    doubtful = [
        f"Not read whole: {_called(one.document)}: {'; '.join(one.warnings) or 'see below'}"
        for one in overview.doubtful
    ]
    copies = [f"Of one text: {'; '.join(map(_called, group))}" for group in overview.copies]
    for points, what in (
        (failed, "that could not be read"),
        (held, "that are held"),
        (doubtful, "that were not read whole"),
        (copies, "groups of one text"),
    ):
        yield from points[:_MOST_LISTED]
        if len(points) > _MOST_LISTED:
            yield f"And {len(points) - _MOST_LISTED:,} more {what}."


def _called(document: NamedDocument) -> str:
    return f"{document.title} <{document.document_id}>"


def _why(run: RunLine) -> str:
    return run.error or f"{_number(run.failed, 'item', 'items')} failed"


def _time(periods: Periods) -> list[Element]:
    notes = [
        (periods.undated, "without a date"),
        (periods.vague, "of which only the year is known"),
        (periods.earlier, "published earlier"),
    ]
    left_out = ", ".join(f"{count:,} {what}" for count, what in notes if count)
    said = f"By {periods.unit} of publication."
    if left_out:
        said += f" Not shown: {left_out}."
    parts = [element("p", said, css="soft")]
    if not periods.counts:
        return parts
    title = f"Documents published in each {periods.unit}"
    names = list(periods.counts)
    description = f"From {names[0]} to {names[-1]}; the figures are in the table below."
    chart = columns(periods.counts, title=title, description=description)
    heads = Column(periods.unit), Column("documents", "number")
    rows = [(name, f"{count:,}") for name, count in periods.counts.items()]
    reached = {"role": "region", "tabindex": 0, "aria-label": title}
    return [
        *parts,
        element("div", chart, css="scroll", attributes=reached),
        element("details", element("summary", "As a table"), table(title, heads, rows)),
    ]


def _kinds(overview: Overview) -> Iterator[Element]:
    editions = dict(list(overview.editions.items())[:_MOST_EDITIONS])
    for title, head, counts in (
        ("Languages", "language", overview.languages),
        ("Kinds", "kind", overview.kinds),
        ("Audiences", "audience", overview.audiences),
        ("Editions", "edition", editions),
    ):
        caption = f"Documents by {head}"
        if len(overview.editions) > len(counts) and head == "edition":
            caption += f", the {_MOST_EDITIONS} most frequent of {len(overview.editions)}"
        yield element("div", element("h3", title), counted(caption, head, counts))


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"

"""The parts of the report that list things: sources, runs, documents, questions."""

from xml.etree.ElementTree import Element

from aspire_ingest.report.likeness import LEAST_LIKENESS
from aspire_ingest.report.markup import element, link
from aspire_ingest.report.tables import Column, listed, titled
from aspire_ingest.report.types import NamedDocument, OpenQuestion, Overview, Usage
from aspire_ingest.sync.health import SourceHealth, shown

_MOST = 50
_MOST_RUNS = 15
_NOT_KNOWN = "What is asked and cited is not known: "


def sources_section(overview: Overview) -> list[Element]:
    """How each source of the sources file does."""
    heads = (
        Column("source"),
        Column("type"),
        Column("last good look", "day"),
        Column("failures", "number"),
        Column("state", "wide"),
    )
    rows = [
        (
            source.name,
            source.type,
            _last_success(source),
            str(source.state.failures or ""),
            element("span", _state(source), css="good" if _state(source) == "well" else ""),
        )
        for source in overview.sources
    ]
    none = "The sources file names none."
    return listed("Sources of the sources file", heads, rows, most=_MOST, none=none)


def _last_success(source: SourceHealth) -> str:
    if source.state.succeeded is None or source.age is None:
        return "never"
    return f"{shown(source.age)} ago"


def _state(source: SourceHealth) -> str:
    if source.state.failures:
        failure = f"failing: {source.state.problem}"
        return f"{failure}; stale" if source.is_stale else failure
    if source.state.succeeded is None:
        return "not looked at yet"
    return "stale" if source.is_stale else "well"


def runs_section(overview: Overview) -> list[Element]:
    """The last runs, the newest first."""
    heads = (
        Column("ended", "day"),
        Column("command"),
        Column("outcome", "wide"),
        Column("added", "number"),
        Column("replaced", "number"),
        Column("removed", "number"),
        Column("failed", "number"),
    )
    rows = [
        (
            run.ended[:16].replace("T", " "),
            run.command,
            element(
                "span",
                f"{run.outcome}: {run.error}" if run.error else run.outcome,
                css="" if run.outcome == "done" else "bad",
            ),
            *(str(count or "") for count in (run.added, run.replaced, run.removed, run.failed)),
        )
        for run in overview.runs
    ]
    none = "No run has left a record yet."
    return listed("The last runs", heads, rows, most=_MOST_RUNS, none=none)


def gone_section(overview: Overview) -> list[Element]:
    """Documents that are still answered from, although their place no longer holds them."""
    heads = Column("document", "wide"), Column("gone since", "day")
    rows = [(titled(gone.document), gone.since) for gone in overview.gone]
    return listed("Documents gone", heads, rows, most=_MOST, none="None.")


def doubtful_section(overview: Overview) -> list[Element]:
    """Documents of which something is lost, unreadable or in doubt, the worst first."""
    explanation = (
        f"On average {overview.quality:g} of 1: the share of letters that can be made out, less a "
        "part for what is lost or in doubt."
    )
    heads = Column("document", "wide"), Column("quality", "number"), Column("why", "wide")
    rows = [
        (titled(entry.document), f"{entry.quality:g}", "; ".join(entry.warnings))
        for entry in overview.doubtful
    ]
    table = listed("Documents not read whole", heads, rows, most=_MOST, none="All were read whole.")
    return [element("p", explanation, css="soft"), *table]


def alike_section(overview: Overview) -> list[Element]:
    """Pairs of documents of nearly the same text."""
    explanation = (
        f"Pairs that share {LEAST_LIKENESS:.0%} of their text or more, numbers aside: copies of a "
        "page, or last year's and this year's edition of one."
    )
    heads = Column("document", "wide"), Column("and", "wide"), Column("alike", "number")
    rows = [
        (titled(pair.one), titled(pair.other), f"{pair.likeness:.0%}") for pair in overview.alike
    ]
    table = listed("Near-duplicates", heads, rows, most=_MOST, none="None.")
    return [element("p", explanation, css="soft"), *table]


def usage_section(overview: Overview) -> list[Element]:
    """What answers cite, and what they never do."""
    usage = overview.usage
    if usage is None:
        return [element("p", f"{_NOT_KNOWN}{overview.usage_problem}", css="soft")]
    if not usage.answers:
        return [element("p", "No answers are kept.", css="soft")]
    cited = [
        (_title_link(document.title, document.url), f"{document.times:,}")
        for document in usage.cited
    ]
    never = [(titled(document),) for document in overview.never_cited]
    heads = Column("document", "wide"), Column("answers", "number")
    return [
        element("p", _outcomes_sentence(usage), css="soft"),
        element("h3", "Most cited"),
        *listed("Documents by answers that cite them", heads, cited, most=20, none="None."),
        element("h3", f"Never cited, the oldest first ({len(never):,})"),
        *listed(
            "Documents that no answer cites, the oldest first",
            heads[:1],
            never,
            most=_MOST,
            none="None: every document was cited.",
        ),
    ]


def _outcomes_sentence(usage: Usage) -> str:
    outcomes = ", ".join(f"{count:,} {name}" for name, count in usage.outcomes.items())
    since, until = (usage.since or "")[:10], (usage.until or "")[:10]
    return f"Of the answers that are kept, {since} to {until}: {outcomes}."


def _title_link(title: str, url: str | None) -> Element:
    return link(title, url)


def questions_section(overview: Overview) -> list[Element]:
    """What was asked and the documents do not answer."""
    if overview.usage is None:
        return [element("p", f"{_NOT_KNOWN}{overview.usage_problem}", css="soft")]
    heads = (
        Column("question", "wide"),
        Column("times", "number"),
        Column("last asked", "day"),
        Column("nearest documents", "wide"),
    )
    rows = [
        (
            element("bdi", question.question),
            f"{question.times:,}",
            question.asked_at[:10],
            _nearest(question),
        )
        for question in overview.usage.questions
    ]
    none = "None is open."
    return listed("Open questions, the most asked first", heads, rows, most=_MOST, none=none)


def _nearest(question: OpenQuestion) -> Element:
    parts: list[Element | str] = []
    for near in question.nearest:
        document = NamedDocument(document_id=near.document_id, title=near.title, url=near.url)
        parts += ["; "] if parts else []
        parts.append(titled(document))
    return element("span", *parts)

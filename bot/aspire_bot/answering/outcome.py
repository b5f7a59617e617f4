"""What was found → how it is said: answered, asked back, declined, offered; and whom to ask. Pure.

But for approved answers, whose words are read from the index.
"""

from collections.abc import Sequence
from dataclasses import replace

from aspire_bot.answering.approved.say import approved_citation, offer_first, say_approved
from aspire_bot.answering.message.more import More
from aspire_bot.answering.message.understand import Understood
from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.compose import ask_back, decline, nearest_documents
from aspire_bot.answering.quotes.neighbours import with_neighbours
from aspire_bot.answering.quotes.translations import distinct_documents
from aspire_bot.answering.search.search import Finding, Ranked
from aspire_bot.answering.types import Answer, Citation
from aspire_bot.answering.verify import is_sound
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader

_SURE_OF_APPROVED = 0.99
"""The confidence of an approved answer: no other question was taken for one when measured."""


def new_answer(
    ranked: Ranked,
    text: str,
    citations: tuple[Citation, ...],
    confidence: float,
    index: IndexReader,
) -> Answer:
    """Give an answer of a text and its citations; `confidence` is a probability, 0 to 1."""
    return Answer(
        question=ranked.query.question,
        outcome="answered",
        text=text,
        language=ranked.query.answer_language,
        confidence=round(confidence, 4),
        citations=citations,
        ranking=ranked.ranking,
        as_of=index.manifest.published_at,
        index_version=index.manifest.index_version,
    )


def approved_answer(ranked: Ranked, info: DocumentInfo, index: IndexReader) -> Answer:
    """Give an approved answer in its own words."""
    passages = index.passages_of(info.document_id)
    citation = approved_citation(index.document(info.document_id), passages)
    if citation is None:
        return new_answer(ranked, "", (), 0.0, index)
    text = say_approved(citation, ranked.query.answer_language)
    said = new_answer(ranked, text, (citation,), _SURE_OF_APPROVED, index)
    return replace(said, certainty="sure")


def worded_anew(said: Answer, asked: Understood) -> Answer:
    """Note in the trace what a model made of the question."""
    if said.trace is None:
        return said
    return replace(said, trace=replace(said.trace, rewritten=asked.rewritten))


def as_wanted(findings: Sequence[Finding], more: More | None) -> Sequence[Finding]:
    """What was found, as much of it as is wanted when an answer is asked for again."""
    if more is None or more.form == "language":
        return findings
    if more.form == "shorter":
        return [replace(one, selection=_first_of(one.selection)) for one in findings]
    return [replace(one, selection=with_neighbours(one.selection)) for one in findings]


def _first_of(selection: Selection) -> Selection:
    return Selection(evidence=selection.evidence[:1], corrections=selection.corrections)


def settled_outcome(
    said: Answer, asked: Understood, findings: Sequence[Finding], enough: float
) -> Answer:
    """Ask back where nobody could tell what is meant; say nothing where that is not likely right.

    `enough` is the probability from which on the documents count as answering.
    """
    said = _or_ask_back(said, asked, findings, enough)
    if said.outcome != "answered" or said.confidence >= enough:
        return said
    return replace(said, outcome="abstained", certainty=None)


def _or_ask_back(
    said: Answer, asked: Understood, findings: Sequence[Finding], enough: float
) -> Answer:
    """Ask which document is meant where there is more than one."""
    is_unsure = said.confidence < enough or said.certainty == "hedged"
    is_lost = asked.is_doubted and is_unsure
    choices = distinct_documents(one.passage for found in findings for one in found.evidence)
    if not (asked.is_vague or is_lost) or len(choices) < 2:
        return said
    text, brief = ask_back(choices, said.language)
    return replace(
        said,
        outcome="clarify",
        certainty=None,
        # what answers a question that nobody understands is not known either
        confidence=min(said.confidence, enough),
        text=text,
        brief=brief,
        citations=(),
        nearest=choices,
    )


def way_out(said: Answer, contact: str | None) -> str:
    """Say whom to ask, below an answer that is not sure."""
    if said.certainty != "hedged" or not contact:
        return ""
    return f"\n{phrases(said.language).answer.contact.format(contact=contact)}"


def with_offer(said: Answer, similar: DocumentInfo, index: IndexReader) -> Answer:
    """Offer an approved answer to a similar question before the ordinary answer."""
    passages = tuple(index.passages_of(similar.document_id))
    citation = approved_citation(index.document(similar.document_id), passages)
    if citation is None:
        return said
    offered = offer_first(citation, passages, said)
    return offered if is_sound(offered, index) else said


def declined(said: Answer, contact: str | None) -> Answer:
    """Say that the documents do not answer, which are nearest, and whom to ask."""
    nearest = nearest_documents(said.ranking, ())
    return replace(
        said,
        outcome="abstained",
        certainty=None,
        text=decline(nearest, said.language, contact),
        brief=decline((), said.language, contact),
        citations=(),
        nearest=nearest,
    )

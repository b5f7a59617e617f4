"""How an approved answer is said: its own words, who approved them, one citation.

Given as the answer, or offered before the ordinary one, where a similar question was asked.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.answering.quotes.citations import MARKER
from aspire_bot.answering.types import Answer, Citation, ScoredPassage
from aspire_bot.messages import phrases
from aspire_ingest.index import Document, DocumentInfo, Passage
from aspire_ingest.index.text.sentences import sentence_spans

MOST_CHARACTERS = 600
_ANSWER = re.compile(r"^A\. \s*", re.MULTILINE)
"""How the answer begins, under its question `Q. …`."""


def approval_note(info: DocumentInfo, language: str) -> str:
    """Say who approved a document and when, without brackets; empty where it is not approved."""
    approval = approval_of(info)
    if approval is None:
        return ""
    words = phrases(language).answer
    if approval.on is None:
        return words.approved.format(name=approval.by)
    on = words.dates.written(approval.on.isoformat())
    return words.approved_on.format(name=approval.by, date=on)


def answer_text(document: Document) -> str:
    """Give the whole of an approved answer, its question left out."""
    found = _ANSWER.search(document.text)
    return document.text[found.end() if found else 0 :]


def approved_citation(document: Document, passages: Iterable[Passage]) -> Citation | None:
    """Cite the words of an approved answer: all, or its first sentences where they are many.

    None where no passage holds their beginning.
    """
    start, end = _said_span(document.text)
    for passage in passages:
        if passage.start <= start < passage.end:
            return Citation(
                marker=1,
                document=document.info,
                passage_id=passage.passage_id,
                quote=document.text[start:end],
                start=start,
                end=end,
                page=passage.page,
                deep_link=document.info.url,
            )
    return None


def say_approved(citation: Citation, language: str) -> str:
    """Give the text of the answer: the approved words, who approved them, the marker."""
    said = without_markers(citation.quote)
    note = approval_note(citation.document, language)
    space = "" if language == "ja" else " "
    text = f"{said}{space}({note}) [{citation.marker}]"
    if citation.document.language == language:
        return text
    return f"{phrases(language).answer.from_source}\n{text}"


def offer_first(citation: Citation, passages: tuple[Passage, ...], said: Answer) -> Answer:
    """Put an approved answer, cited as `[1]`, before what is said; its markers move up by one.

    Where the documents do not answer, the offer makes a hedged answer of it. A question that is
    asked back stays as it is: nobody knows yet what is similar to it.
    """
    if said.outcome == "clarify":
        return said
    is_answered = said.outcome == "answered"
    words = phrases(said.language).answer
    asked = without_markers(citation.document.title)
    offered = say_approved(citation, said.language)
    rest = MARKER.sub(lambda found: f"[{int(found.group(1)) + 1}]", said.text)
    moved = (replace(one, marker=one.marker + 1) for one in said.citations)
    return replace(
        said,
        outcome="answered",
        certainty=said.certainty if is_answered else "hedged",
        text=f"{words.similar.format(question=asked)}\n{offered}\n\n{rest}",
        brief="",
        citations=(citation, *moved),
        ranking=put_first(citation.document, passages, said.ranking),
        nearest=(),
    )


def put_first(
    info: DocumentInfo, passages: Iterable[Passage], ranking: tuple[ScoredPassage, ...]
) -> tuple[ScoredPassage, ...]:
    """Let the passages of a document lead a ranking in which it does not stand."""
    best = ranking[0].score if ranking else 1.0
    bare = (replace(one, sentences=(), context_terms=frozenset()) for one in passages)
    own = (ScoredPassage(passage=one, document=info, score=best, rank=0) for one in bare)
    return tuple(replace(e, rank=rank) for rank, e in enumerate((*own, *ranking), start=1))


def without_markers(text: str) -> str:
    """A text as it is shown, its lines kept: no blank lines, nothing like a marker."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return MARKER.sub(r"(\1)", "\n".join(line for line in lines if line))


def _said_span(text: str) -> tuple[int, int]:
    """Where the answer stands, as many of its sentences as are said: at least the first."""
    found = _ANSWER.search(text)
    spans = sentence_spans(text, found.end() if found else 0)
    if not spans:
        return 0, len(text)
    start, end = spans[0]
    for _, stop in spans[1:]:
        if stop - start > MOST_CHARACTERS:
            break
        end = stop
    return start, end

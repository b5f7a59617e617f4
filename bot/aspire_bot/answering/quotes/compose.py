"""Chosen sentences → the text of an answer with its markers, or "the documents do not say"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_bot.answering.quotes.choose import PartSelection, Selection
from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.tables import caption_of, row_as_read
from aspire_bot.answering.types import Answer, Citation, ScoredPassage
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.text.note_marks import NOTE

_NEAREST = 3
_LIST_MARK = re.compile(r"^\s*(?:[-*+・]|\d+[.)])\s+")
_INLINE_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKER_LIKE = re.compile(r"\[(\d{1,3})\]")
_CALLED_EDITION = re.compile(r"\b(?:edition|version|ver|revision|rev)\b|版|改[訂定]", re.IGNORECASE)
"""Says itself that it is an edition: "2nd edition", 第2版."""
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def compose(
    selection: Selection, language: str, *, dated: frozenset[str] = frozenset(), first: int = 1
) -> tuple[str, tuple[Citation, ...]]:
    """Give the answer's text and its citations; one marker for each sentence, from `first`.

    `dated` are ids of documents whose edition is to be named, because an older one is known. What
    corrects an answer is said before it: who reads one line reads what holds.
    """
    text, citations = _told(selection, language, dated, first + len(selection.corrections))
    said = selection.evidence
    if selection.corrections:
        notice, cited = _told(Selection(evidence=selection.corrections), language, dated, first)
        words = phrases(language).answer
        text = "\n".join((words.corrected, notice, words.as_it_was, text))
        said, citations = (*selection.corrections, *said), (*cited, *citations)
    return framed(text, [e.passage.document for e in said], language), citations


def _told(
    selection: Selection, language: str, dated: frozenset[str], first: int
) -> tuple[str, tuple[Citation, ...]]:
    citations = tuple(cite(n, e) for n, e in enumerate(selection.evidence, start=first))
    statements = [
        _statement(evidence, dated, is_in_list=selection.is_list)
        + (_as_of(evidence, language) if at < selection.differing else "")
        + f" [{citation.marker}]"
        for at, (evidence, citation) in enumerate(zip(selection.evidence, citations, strict=True))
    ]
    if selection.differing:
        text = _apart(selection, statements, language)
    elif selection.has_sides:
        text = "\n".join(_by_side(selection.evidence, statements))
    elif selection.is_list:
        lead = readable(_lead_of(selection.evidence[0]))
        body = "\n".join(f"- {statement}" for statement in statements)
        text = f"{lead}\n{body}" if lead else body
    else:
        # rows and paragraphs of several lines stand apart; sentences follow each other
        is_apart = language == "ja" or any("\n" in statement for statement in statements)
        text = ("\n" if is_apart else " ").join(statements)
    return text, citations


def _by_side(evidence: Sequence[Evidence], statements: Sequence[str]) -> Iterator[str]:
    """Name each document before the first of its sentences: which year or side they are of."""
    before = ""
    for one, statement in zip(evidence, statements, strict=True):
        info = one.passage.document
        is_first, before = info.document_id != before, info.document_id
        yield f"{readable(info.title)}: {statement}" if is_first else statement


def _apart(selection: Selection, statements: Sequence[str], language: str) -> str:
    """Say that the first sources differ, and of each as of when it speaks."""
    words = phrases(language).answer
    apart, rest = statements[: selection.differing], statements[selection.differing :]
    return "\n".join((words.sources_differ, *(f"- {one}" for one in apart), *rest))


def compose_parts(
    parts: Sequence[PartSelection],
    unsaid: Sequence[str],
    language: str,
    *,
    dated: frozenset[str] = frozenset(),
    unread: Sequence[str] = (),
) -> tuple[str, tuple[Citation, ...]]:
    """Say what was found for several things asked, and which questions the documents leave open.

    `unread` were not looked for: they are to be asked again.
    Each stands under a line with what was asked, where there is more than one.
    """
    lines: list[str] = []
    citations: list[Citation] = []
    corrections: list[Evidence] = []
    shown = [part for part in parts if part.selection.evidence]
    for part in shown:
        new = tuple(one for one in part.selection.corrections if one not in corrections)
        corrections += new
        selection = replace(part.selection, corrections=new)
        text, cited = compose(selection, language, dated=dated, first=len(citations) + 1)
        citations += cited
        if part.asks and len(shown) + len(unsaid) + len(unread) > 1:
            lines.append(phrases(language).answer.to_ask.format(question=_joined(part.asks)))
        lines.append(text)
    words = phrases(language).answer
    lines += [words.left_open.format(question=readable(question)) for question in unsaid]
    lines += [words.not_looked_for.format(question=readable(question)) for question in unread]
    return "\n".join(lines), tuple(citations)


def _joined(asks: Sequence[str]) -> str:
    return " / ".join(readable(ask) for ask in asks)


def ask_back(choices: Sequence[DocumentInfo], language: str, wording: str = "") -> tuple[str, str]:
    """Ask which of some documents is meant; with them and without.

    `wording` stands in the place of the common words, where somebody knows better ones.
    """
    words = phrases(language).answer
    question = wording or words.ask_back
    lines = [
        f"- {readable(info.title)}"
        + (f" ({words.dates.written(info.published)})" if info.published else "")
        for info in choices
    ]
    return "\n".join((question, *lines)), question


def hedge(answer: Answer) -> str:
    """Give what an answer that is not sure begins with; nothing for another."""
    return f"{phrases(answer.language).answer.hedged}\n" if answer.certainty == "hedged" else ""


def nearest_documents(
    ranking: Sequence[ScoredPassage], before: Sequence[DocumentInfo] = ()
) -> tuple[DocumentInfo, ...]:
    """Give the first few distinct documents of a ranking, after those that come `before` it."""
    found = {info.document_id: info for info in before}
    for entry in ranking:
        if len(found) >= _NEAREST:
            break
        found.setdefault(entry.document.document_id, entry.document)
    return tuple(found.values())


def decline(
    nearest: Sequence[DocumentInfo], language: str, contact: str | None, *, wording: str = ""
) -> str:
    """Say that the documents do not answer, what comes nearest, and whom to ask.

    `wording` stands in the place of the common words, where more can be said.
    """
    words = phrases(language).answer
    parts = [wording or words.abstain]
    if nearest:
        titles = words.separator.join(readable(info.title) for info in nearest)
        parts.append(words.nearest.format(titles=titles))
    if contact:
        parts.append(words.contact.format(contact=contact))
    return ("" if language == "ja" else " ").join(parts)


def _as_of(evidence: Evidence, language: str) -> str:
    words = phrases(language).answer
    published = evidence.passage.document.published
    if published is None:
        return f" {words.undated}"
    return f" {words.as_of.format(date=words.dates.written(published))}"


def _lead_of(one: Evidence) -> str:
    return caption_of(one.sentence) if one.sentence.form == "row" else one.sentence.lead


def _statement(evidence: Evidence, dated: frozenset[str], *, is_in_list: bool = False) -> str:
    info = evidence.passage.document
    if evidence.sentence.form == "row":
        statement = row_as_read(evidence.sentence, evidence.text, is_in_list=is_in_list)
    else:
        statement = readable(evidence.text)
        note = NOTE.match(statement)
        if note is not None and evidence.sentence.lead:
            statement = f"{readable(evidence.sentence.lead)}: {statement[note.end() :]}"
    if info.edition and info.document_id in dated:
        edition = readable(info.edition)
        is_called = _CALLED_EDITION.search(edition)
        form = "({edition})" if is_called else phrases(info.language).answer.edition
        statement = f"{statement} {form.format(edition=edition)}"
    return statement


def framed(text: str, documents: Sequence[DocumentInfo], language: str) -> str:
    """Say once, in the asker's language, that what follows is in the source's."""
    spoken = {info.language for info in documents}
    if language in spoken:
        return text
    return f"{phrases(language).answer.from_source}\n{text}"


def readable(quoted: str) -> str:
    """A quote as it is shown: on one line, no block or inline markup, nothing like a marker."""
    bare = _LIST_MARK.sub("", quoted)
    bare = _EMPHASIS.sub(r"\2", _INLINE_LINK.sub(r"\1", bare))
    return _MARKER_LIKE.sub(r"(\1)", " ".join(bare.split()))

"""Question → the queries to search with: stand-alone, one for each thing asked.

By rules; where a language model is there it words follow-ups and compounds anew, and its wording is
taken only where it names nothing that neither the question nor the conversation named.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from aspire_bot.answering.message.parts import split_question
from aspire_bot.answering.message.query import Query
from aspire_bot.answering.message.rewrite import Rewriter
from aspire_bot.answering.message.vague import is_vague, points_nowhere
from aspire_bot.answering.types import Question, Rewritten, Turn
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import canonical_terms
from aspire_ingest.index.text.language import detect_language

Reword = Callable[[Question], Rewritten]
"""Asks a language model; gives nothing where it fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The whole question as a query and, where it asks several things, one for each.

    `is_vague`: nobody could tell what is asked for. `is_doubted`: so a language model finds.
    `rewritten` is the model's wording, where it was taken.
    """

    query: Query
    parts: tuple[Query, ...] = ()
    is_vague: bool = False
    is_doubted: bool = False
    rewritten: tuple[str, ...] = ()


class Understanding:
    """Turns questions into queries; safe for several threads."""

    def __init__(self, rewriter: Rewriter) -> None:
        """Use these rules."""
        self._rewriter = rewriter

    def understand(
        self, question: Question, index: IndexReader, reword: Reword | None = None
    ) -> Understood:
        """Take a question apart against the words that `index` knows."""
        query = self._rewriter.rewrite(question, index)
        texts = split_question(question.text.strip(), query.language)
        is_compound = len(texts) > 1
        if reword and (question.history or is_compound):
            said = reword(question)
            if said.questions and self._is_faithful(said, question, index):
                return self._reworded(said.questions, query, index)
            if said.clarify:
                parts = self._parts(texts, question, index) if is_compound else ()
                return Understood(query=query, parts=parts, is_doubted=True)
        return Understood(
            query=query,
            parts=self._parts(texts, question, index) if is_compound else (),
            is_vague=is_vague(query),
        )

    def _parts(
        self, texts: tuple[str, ...], question: Question, index: IndexReader
    ) -> tuple[Query, ...]:
        """Each part with the parts before it as what was said before: it may point back to them.

        One that does not is embedded and read alone, though their words are looked for as well.
        """
        parts: list[Query] = []
        for at, text in enumerate(texts):
            before = tuple(Turn(role="user", text=earlier) for earlier in texts[:at])
            alone = replace(question, text=text, history=(*question.history, *before))
            query = self._rewriter.rewrite(alone, index)
            if not question.history and not points_nowhere(text, query):
                query = replace(query, text=text, is_follow_up=False)
            parts.append(query)
        return tuple(parts)

    def _reworded(self, texts: tuple[str, ...], query: Query, index: IndexReader) -> Understood:
        asked = replace(query.question, text=" ".join(texts), history=())
        whole = self._rewriter.rewrite(asked, index)
        parts = [
            self._rewriter.rewrite(replace(asked, text=text), index)
            for text in (texts if len(texts) > 1 else ())
        ]
        return Understood(
            query=replace(whole, question=query.question),
            parts=tuple(replace(part, question=replace(asked, text=part.text)) for part in parts),
            rewritten=texts,
        )

    def _is_faithful(self, said: Rewritten, question: Question, index: IndexReader) -> bool:
        """Whether a rewording keeps the language and names nothing new: no name, number or date."""
        before = [turn.text for turn in question.history]
        known = "\n".join([question.text, *before])
        known_terms, folded = frozenset(canonical_terms(known)), known.casefold()
        spoken = detect_language(question.text)
        for text in said.questions:
            if detect_language(text) != spoken or frozenset(canonical_terms(text)) - known_terms:
                return False
            needs = self._rewriter.rewrite(Question(text=text), index).needs
            if any(need.surface and need.surface.casefold() not in folded for need in needs):
                return False
        return True

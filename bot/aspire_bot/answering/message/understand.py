"""Message → the queries to search with: stand-alone, one for each thing asked.

What asks is told by the model of messages; where a language model is there it words follow-ups and
compounds anew, and its wording is taken only where it names nothing that neither the message nor
the conversation named.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aspire_bot.answering.message.antecedent import begins_anew, points_outside
from aspire_bot.answering.message.conversation import Swap, asked_before, words_asked
from aspire_bot.answering.message.follow_up.of_event import asks_of_event
from aspire_bot.answering.message.follow_up.other_name import is_mere_name
from aspire_bot.answering.message.follow_up.same_place import is_mere_place
from aspire_bot.answering.message.follow_up.sibling_name import with_sibling
from aspire_bot.answering.message.follow_up.stand_alone import (
    asks_nothing_alone,
    completed,
    named_in,
    with_swapped,
)
from aspire_bot.answering.message.message import Message, MessageModel, read_message
from aspire_bot.answering.message.period.countdown import date_asked
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.rewrite import Rewriter, names_little
from aspire_bot.answering.message.query.way_asked import way_asked
from aspire_bot.answering.message.split_by_rule import is_interrogative
from aspire_bot.answering.message.things.bare_asks import asks_of_what_was_asked
from aspire_bot.answering.message.vague import is_vague
from aspire_bot.answering.types import Act, Question, RewriteReply, Turn
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze, canonical_terms
from aspire_ingest.index.text.language import detect_language

Reword = Callable[[Question], RewriteReply]
"""Asks a language model; gives nothing where it fails."""

_LEANS: frozenset[Act] = frozenset(("follow-up", "correction-of-self", "request-more"))
_MOST_WITH_NAME = 20
"""Passages in which the whole of a name is looked for, of each language."""
_ENOUGH_SHARED = 2
"""Things that a question names as the one before it did, to stand by itself."""
_MOST_OF_REST = 400
"""Characters of what a message says besides its questions that they may lean on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """All that is asked as one query and, where several things are, one for each.

    `is_one_sentence`: one sentence asks it all. `are_several`: its form says that it asks several
    things, which share some of its words. `is_vague`: nobody could tell what is asked for.
    `is_doubted`: so a language model finds.
    `rewritten` is the model's wording, where it was taken.
    """

    query: Query
    parts: tuple[Query, ...] = ()
    is_one_sentence: bool = False
    are_several: bool = False
    is_vague: bool = False
    is_doubted: bool = False
    rewritten: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The stand-alone questions, one for each thing asked."""
        return tuple(part.text for part in self.parts or (self.query,))

    def as_of(self, query: Query, parts: tuple[Query, ...]) -> "Understood":
        """Give the same with the queries that were taken, where it was left open which."""
        return replace(self, query=query, parts=parts or self.parts)


class Understanding:
    """Turns messages into queries; safe for several threads."""

    def __init__(self, rewriter: Rewriter, messages: MessageModel | None = None) -> None:
        """Use these rules, and this model of messages."""
        self.rewriter = rewriter
        self._messages = messages

    def read(self, question: Question) -> Message:
        """Say what a message does and what it asks; raises `EmbeddingError`."""
        return read_message(question, self._messages)

    def understand(
        self,
        question: Question,
        message: Message,
        index: IndexReader,
        reword: Reword | None = None,
    ) -> Understood:
        """Take what a message asks apart against the words that `index` knows."""
        whole = words_asked(message, question.text) or question.text.strip()
        asks, full = message.asks, message.full or message.asks
        if message.act == "correction-of-self" or not asks:
            asks = full = (whole,)
        is_anew = begins_anew(question.text)
        swap = _swap_in(index, question)
        before = () if is_anew else asked_before(question, self.read, swap)
        asked = replace(question, history=before)
        # what it leans on stands in it: nothing need be taken from the rest of the message
        alone = replace(message, rest="" if message.has_context else message.rest)
        query = self._query(whole, asked, alone, index)
        is_compound = len(asks) > 1
        pairs = tuple(zip(asks, full, strict=True))
        parts = self._parts(pairs, asked, message, index) if is_compound else ()
        if reword and (question.history or is_compound):
            said = reword(question)
            if said.questions and self._is_faithful(said, question, index):
                return self._reworded(said.questions, query, index)
            if said.clarify:
                return Understood(query=query, parts=parts, is_doubted=True)
        is_lone = not question.history and not message.rest
        is_lost = message.is_asked_back or (is_lone and is_vague(query))
        return Understood(
            query=query,
            parts=parts,
            is_one_sentence=message.is_one_sentence,
            are_several=full != asks,
            is_vague=is_lost,
        )

    def _query(self, text: str, question: Question, message: Message, index: IndexReader) -> Query:
        """The query of one thing asked, completed by the conversation where it leans on it."""
        text, language = way_asked(date_asked(text))
        asked = replace(question, text=text, language=question.language or language)
        if question.history:
            is_elliptic = message.act == "correction-of-self" or is_mere_place(text)
            swap = _swap_in(index, question)
            is_swapped = is_elliptic and any(swap(turn.text, text) for turn in question.history)
            is_mere = is_mere_name(named_in(text)) or asks_nothing_alone(text)
            is_mere |= asks_of_event(text)
            if is_swapped or is_mere or points_outside(text):
                return self._after(asked, index)
            # a new question in an old conversation looks like a follow-up of few words
            alone = self.rewriter.rewrite(asked, index, leans=False)
            if message.act not in _LEANS or _says_all_again(alone, question.history[-1]):
                return alone
            if not alone.query_terms:
                return self._after(asked, index)  # "why?": alone it asks of anything
            return replace(self._after(asked, index), alone=alone)
        if not message.rest or not points_outside(text):
            return self.rewriter.rewrite(asked, index)
        rest = Turn(role="user", text=message.rest[-_MOST_OF_REST:])
        return self.rewriter.rewrite(replace(asked, history=(rest,)), index, leans=True)

    def _after(self, asked: Question, index: IndexReader) -> Query:
        """The query of what leans on the question before it: as one that stands alone, if it can.

        Then nothing else of the conversation is meant: it is what the bare question would be.
        """
        swap = _swap_in(index, asked)
        before, text = asked.history[-1].text, asked.text
        whole = swap(before, text) or completed(before, text)
        if whole is None and is_mere_place(text):  # "PO for quantum?", then "and for bio?"
            whole = swap(asked.history[0].text, text)
        if whole is None or detect_language(whole) != detect_language(text):
            return self.rewriter.rewrite(asked, index, leans=True)
        return self.rewriter.rewrite(replace(asked, text=whole, history=()), index)

    def _parts(
        self,
        asks: Sequence[tuple[str, str]],
        question: Question,
        message: Message,
        index: IndexReader,
    ) -> tuple[Query, ...]:
        """Each thing asked; one that names little leans on the last before it that named more.

        `asks`: as it was typed, and with the words that it shares; what shares some leans on these.
        """
        parts: list[Query] = []
        whole = ""
        for typed, text in asks:
            alone = self._query(text, question, message, index)
            is_full = text != typed
            leans = points_outside(text) or asks_of_what_was_asked(text)
            is_part = leans or names_little(text, alone.query_terms)
            if whole and is_part and not is_full:
                before = Turn(role="user", text=whole)
                part = self._after(replace(question, text=text, history=(before,)), index)
                parts.append(part if leans else replace(part, alone=alone))
            else:
                parts.append(alone)
                whole = alone.text
        return tuple(parts)

    def _reworded(self, texts: tuple[str, ...], query: Query, index: IndexReader) -> Understood:
        asked = replace(query.question, text=" ".join(texts), history=())
        whole = self.rewriter.rewrite(asked, index)
        parts = [
            self.rewriter.rewrite(replace(asked, text=text), index)
            for text in (texts if len(texts) > 1 else ())
        ]
        return Understood(
            query=replace(whole, question=query.question),
            parts=tuple(replace(part, question=replace(asked, text=part.text)) for part in parts),
            rewritten=texts,
        )

    def _is_faithful(self, said: RewriteReply, question: Question, index: IndexReader) -> bool:
        """Whether a rewording keeps the language and names nothing new: no name, number or date."""
        before = [turn.text for turn in question.history]
        known = "\n".join([question.text, *before])
        known_terms, folded = frozenset(canonical_terms(known)), known.casefold()
        spoken = detect_language(question.text)
        for text in said.questions:
            if detect_language(text) != spoken or frozenset(canonical_terms(text)) - known_terms:
                return False
            query_terms = self.rewriter.rewrite(Question(text=text), index).query_terms
            if any(
                query_term.surface and query_term.surface.casefold() not in folded
                for query_term in query_terms
            ):
                return False
        return True


def _says_all_again(alone: Query, before: Turn) -> bool:
    """Whether a question names what the one before it named, and so leans on nothing.

    "And what was last year's limit for type B?", after that of this year was asked for.
    """
    said = frozenset(analyze(before.text, detect_language(before.text)))
    shared = sum(one.is_met(said, alone.language) for one in alone.query_terms)
    return shared >= _ENOUGH_SHARED and is_interrogative(alone.text, alone.language)


def _swap_in(index: IndexReader, question: Question) -> Swap:
    """What asks the question before of another thing, which the documents may name in full."""
    audiences = frozenset(("public", question.audience))

    def texts_with(part: str) -> list[str]:
        found = [
            one.passage_id
            for language in index.languages()
            for one in index.search_words(
                dict.fromkeys(analyze(part, language), 1.0),
                language=language,
                audiences=audiences,
                k=_MOST_WITH_NAME,
            )
        ]
        return [passage.text for passage in index.passages(found)]

    def swap(before: str, text: str) -> str | None:
        swapped = with_swapped(before, text)
        return swapped or with_sibling(before, named_in(text), texts_with)

    return swap

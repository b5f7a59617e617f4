"""message → understand → retrieve → read → generate → verify → answer, in one place."""

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from aspire_bot.answering.circumstances import Circumstances
from aspire_bot.answering.message.conversation import last_asked
from aspire_bot.answering.message.message import Message, is_for_us
from aspire_bot.answering.message.more import More, read_more
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.message.query.query_terms import names_what_few_hold
from aspire_bot.answering.message.time_asked import AskGroup, groups_by_way, time_asked
from aspire_bot.answering.message.understand import Understanding
from aspire_bot.answering.outcome import (
    approved_answer,
    as_wanted,
    declined,
    new_answer,
    settled_outcome,
    way_out,
    with_offer,
    worded_anew,
)
from aspire_bot.answering.ports import OnPiece, Reranker, SessionFactory
from aspire_bot.answering.quotes.compose import (
    compose_parts,
    hedge,
)
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.settle import Settled, one_or_several, settle
from aspire_bot.answering.search.retrieve import HybridRetriever
from aspire_bot.answering.search.search import Ranked, Scoring, Search
from aspire_bot.answering.several import AnswerPart, answer_of
from aspire_bot.answering.step_times import OnStep, StepTimes
from aspire_bot.answering.talk import say_word
from aspire_bot.answering.timeline.timeline import Timeline
from aspire_bot.answering.told_by_dates import ToldByDates
from aspire_bot.answering.types import (
    Answer,
    Question,
    ScoredPassage,
)
from aspire_bot.answering.verify import is_sound
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Span, Tracing
from aspire_ingest.index.text.language import language_of

logger = logging.getLogger(__name__)


_ANY = Circumstances()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodQuestion:
    """What is asked of the documents: a question, and what was understood of its message."""

    question: Question
    message: Message


class AnswerPipeline:
    """Answers questions from one index generation at a time; safe for several threads."""

    def __init__(  # noqa: PLR0913  each is a step, or what all steps need
        self,
        *,
        understanding: Understanding,
        retriever: HybridRetriever,
        scoring: Scoring,
        reranker: Reranker | None = None,
        circumstances: Circumstances = _ANY,
        session_factory: SessionFactory | None = None,
        tracing: Tracing = NO_TRACING,
    ) -> None:
        """Take the steps as they are; `session_factory`: answers in a model's words."""
        self._tracing = tracing
        rewriter = understanding.rewriter
        self._understanding = understanding
        self._search = Search(
            retriever=retriever,
            scoring=scoring,
            reranker=reranker,
            clock=circumstances.clock,
        )
        timeline = Timeline(rewriter, circumstances.programme, circumstances.contact)
        self._by_dates = ToldByDates(timeline, self._search, scoring.bands)
        self._clock = circumstances.clock
        self._suggestions = circumstances.suggestions
        self._bands = scoring.bands
        self._contact = circumstances.contact
        self._session_factory = session_factory

    def in_quotes(self) -> "AnswerPipeline":
        """Give the same pipeline without the language model: it answers in quotes."""
        quoting = copy.copy(self)
        quoting._session_factory = None
        return quoting

    def close(self) -> None:
        """Let go of a language model, where there is one."""
        if self._session_factory is not None:
            self._session_factory.close()

    def retrieve(self, question: Question, index: IndexReader) -> tuple[ScoredPassage, ...]:
        """Give the ranking alone."""
        return self._search.rank(self._whole_query(question, index), index).ranking

    def read(self, question: Question) -> Message:
        """Say what a message does, and what it asks, without asking the documents."""
        return self._understanding.read(question)

    def _whole_query(self, question: Question, index: IndexReader) -> Query:
        dated = self._dated(self._understanding.rewriter.mended(question, index))
        return self._understanding.understand(dated, self.read(dated), index).query

    def _dated(self, question: Question) -> Question:
        """The same with its moment: which year is "last year" is told from it."""
        return replace(question, asked_at=self._clock.moment_of(question))

    def ended_in(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of documents that are as if they were not there: ended approvals."""
        return self._search.approved.ended(index)

    def evidence(
        self, question: Question, index: IndexReader
    ) -> tuple[Query, tuple[ScoredPassage, ...], tuple[Evidence, ...]]:
        """Give the query, the ranking and the ranked sentences: what an answer is made from."""
        ranked = self._search.rank(self._whole_query(question, index), index)
        return ranked.query, ranked.ranking, self._search.read(ranked, index)

    def answer(
        self,
        question: Question,
        index: IndexReader,
        on_step: OnStep | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer from the documents, say that they do not answer, ask back, or say a friendly word.

        `on_piece` is told of what a language model says, as soon as it is verified.
        """
        with self._tracing.span("answer", generation=index.manifest.generation) as span:
            answer = self._answer(question, index, StepTimes(on_step, self._tracing), on_piece)
            _note(span, answer)
            return answer

    def _answer(
        self, typed: Question, index: IndexReader, clock: StepTimes, on_piece: OnPiece | None
    ) -> Answer:
        with clock.step("rewrite"):
            question = self._understanding.rewriter.mended(typed, index)
            message = self._understanding.read(question)
            if question.is_overheard and not is_for_us(message, question.text):
                message = replace(message, act="chatter", asks=(), is_asked_back=False)
        ranking: tuple[ScoredPassage, ...] = ()
        if message.is_tried:
            with clock.step("retrieve"):
                ranking, is_answered = self._tried(question, message, index)
            if is_answered:
                message = replace(message, act="question", is_asked_back=False)
        if not message.is_searched:
            talk = self._talk(message, question, index)
            talk = replace(talk, act=message.act, questions=message.asks, ranking=ranking)
            return self._logged(replace(talk, question=typed), clock)
        asked = UnderstoodQuestion(question=question, message=message)
        more = read_more(question.text) if message.act == "request-more" else None
        if more is not None:
            asked = self._before(question, more) or asked
        groups = groups_by_way(asked.message.asks, question.history, self._clock.day_of(question))
        if len(groups) > 1 and more is None:
            said = self._one_by_one(asked, groups, index, clock)
        else:
            if groups and more is None:
                message = replace(asked.message, asks=groups[0].asks)
                asked = replace(asked, message=message)
            said = self._from_documents(asked, more, index, clock, on_piece)
        return self._logged(replace(said, question=typed, act=message.act), clock)

    def _tried(
        self, question: Question, message: Message, index: IndexReader
    ) -> tuple[tuple[ScoredPassage, ...], bool]:
        """What is nearest to a message, and whether it surely answers it.

        It may answer less surely where the message names what few documents hold.
        """
        tried = replace(message, is_asked_back=False)
        understood = self._understanding.understand(self._dated(question), tried, index)
        ranked = self._search.rank(understood.query, index)
        found = self._search.find(ranked, index)
        is_known = found.confidence >= self._bands.answer_from and not understood.is_vague
        is_sure = self._bands.certainty(found.sureness) == "sure"
        return ranked.ranking, is_known and (
            is_sure or names_what_few_hold(ranked.query.query_terms, index)
        )

    def _before(self, question: Question, more: More) -> UnderstoodQuestion | None:
        """The question whose answer is wanted again, with what came before it."""
        turns = question.history
        at = last_asked(question, self._understanding.read)
        if at is None:
            return None
        language = more.language or question.language or language_of(turns[at].text)
        again = replace(question, text=turns[at].text, history=turns[:at], language=language)
        message = self._understanding.read(again)
        act = message.act if message.act in ("follow-up", "correction-of-self") else "question"
        return UnderstoodQuestion(question=again, message=replace(message, act=act))

    def _one_by_one(
        self,
        asked: UnderstoodQuestion,
        groups: Sequence[AskGroup],
        index: IndexReader,
        clock: StepTimes,
    ) -> Answer:
        """Answer each of several things asked in its own way, where some are of time."""
        parts: list[AnswerPart] = []
        rest = asked.message.rest
        for group in groups:
            message = asked.message.of_some(group.asks, rest)
            question = replace(asked.question, text=" ".join(group.asks))
            one = UnderstoodQuestion(question=question, message=message)
            said = self._from_documents(one, None, index, clock, None)
            bare = said.text.removeprefix(hedge(said)).removesuffix(way_out(said, self._contact))
            parts.append(AnswerPart(asks=group.asks, answer=said, text=bare))
            rest = " ".join((*group.asks, rest))
        said = answer_of(parts, asked.message.unread)
        if said.outcome != "answered":
            return said
        return replace(said, text=hedge(said) + said.text + way_out(said, self._contact))

    def _from_documents(
        self,
        understood: UnderstoodQuestion,
        more: More | None,
        index: IndexReader,
        clock: StepTimes,
        on_piece: OnPiece | None,
    ) -> Answer:
        question, message = understood.question, understood.message
        session = self._session_factory.begin() if self._session_factory and more is None else None
        with clock.step("rewrite"):
            now = self._clock.moment_of(question)
            when = (
                time_asked(" ".join(message.asks) or question.text, question.history, now.date())
                if len(message.asks) < 2
                else None
            )
            reword = session.reword if session and when is None else None
            asked = self._understanding.understand(self._dated(question), message, index, reword)
        with clock.step("retrieve"):
            ranked = self._surer(asked.query, index)
            approved = ranked.approved.answer
            parts = () if approved else tuple(self._surer(q, index) for q in asked.parts)
            asked = asked.as_of(ranked.query, tuple(part.query for part in parts))
        whole = cache(lambda: self._search.find(ranked, index))
        told = None if approved or when is None else self._by_dates.tell(when, ranked, index, now)
        if told is not None and not (
            when and self._by_dates.is_told_elsewhere(told, when, whole, now)
        ):
            return replace(told, questions=asked.questions)
        with clock.step("read"):
            found = [self._search.find(one, index) for one in parts]
            if asked.is_one_sentence:
                found = one_or_several(found, whole, self._bands, are_several=asked.are_several)
            findings = () if approved else as_wanted(found or (whole(),), more)
        is_open = len(findings) == 1 and (asked.is_vague or self._by_dates.is_open(findings[0]))
        if is_open and (end := self._by_dates.tell_end(question.text, ranked, index, now)):
            return replace(end, questions=asked.questions)
        with clock.step("generate"):
            said = (
                approved_answer(ranked, approved, index)
                if approved
                else self._quote(
                    ranked, settle(findings, whole, self._bands), index, message.unread
                )
            )
            if when is not None and self._by_dates.is_beside_topic(when, ranked, findings, index):
                said = replace(said, confidence=0.0)
            said = settled_outcome(said, asked, findings, self._bands.answer_from)
            near = any(finding.is_near for finding in findings)
            if session and near and said.outcome != "clarify" and not approved:
                # what stands before it has the first marker: the rest is told when it is known
                tell = on_piece if ranked.approved.similar is None else None
                query = asked.query.after(question.history)
                read = [finding.evidence for finding in findings]
                said = worded_anew(session.write(said, query, read, index, tell), asked)
            said = replace(said, text=hedge(said) + said.text + way_out(said, self._contact))
        with clock.step("verify"):
            is_answer = said.outcome == "answered" and is_sound(said, index)
            if not is_answer and said.outcome != "clarify":
                said = declined(said, self._contact)
            if ranked.approved.similar is not None:
                said = with_offer(said, ranked.approved.similar, index)
        return replace(said, questions=asked.questions)

    def _surer(self, query: Query, index: IndexReader) -> Ranked:
        """What is nearest to a question, by itself or after what it may lean on: the surer one.

        What was read for it is remembered: it costs little to find it again.
        """
        ranked = self._search.rank(query, index)
        if query.alone is None or ranked.approved.answer is not None:
            return ranked
        alone = self._search.rank(query.alone, index)
        leaning, standing = (self._search.find(one, index).sureness for one in (ranked, alone))
        return alone if standing > leaning else ranked

    def _talk(self, message: Message, question: Question, index: IndexReader) -> Answer:
        """A friendly word in the asker's language; nothing where people talk to each other."""
        language = question.language or language_of(question.text)
        text = say_word(message.act, question.text, language, self._suggestions(index, language))
        return Answer(
            question=question,
            outcome="conversation",
            text=text,
            language=language,
            confidence=0.0,
            as_of=index.manifest.published_at,
            index_version=index.manifest.index_version,
        )

    def _logged(self, said: Answer, clock: StepTimes) -> Answer:
        logger.info(
            "answer outcome=%s confidence=%.2f timings_ms=%s",
            said.outcome,
            said.confidence,
            clock.timings(),
        )
        return replace(said, timings_ms=clock.timings())

    def _quote(
        self,
        ranked: Ranked,
        settled: Settled,
        index: IndexReader,
        unread: Sequence[str] = (),
    ) -> Answer:
        """Say in quotes what was found for the one thing asked, or for each of several.

        `unread` are things asked that were not looked for: they are to be asked again.
        """
        outdated = self._search.outdated_in(index, ranked.query.question.audience)
        text, citations = compose_parts(
            settled.said,
            settled.unsaid,
            ranked.query.answer_language,
            dated=frozenset((*outdated, *outdated.values())),
            unread=unread,
        )
        said = new_answer(ranked, text, citations, settled.confidence, index)
        return replace(said, certainty=self._bands.certainty(settled.sureness))


def _note(span: Span, said: Answer) -> None:
    """Say of an answer what is no text."""
    span.note(outcome=said.outcome, language=said.language)
    if said.certainty is not None:
        span.note(certainty=said.certainty)

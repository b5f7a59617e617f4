"""Answers to questions about time: what happened when, each with the sentence that says so.

Deterministic, also where a language model is configured: dates are looked up, not written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from aspire_bot.answering.coverage import coverage, strict_coverage
from aspire_bot.answering.document_text import is_off_programme, searchable_text
from aspire_bot.answering.message.period.period import Period, spoken
from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.quotes.compose import decline, framed
from aspire_bot.answering.search.retrieve import visible_to
from aspire_bot.answering.timeline.candidates import (
    Candidate,
    Setting,
    candidates,
    is_same,
    nearest,
    of_titles_named,
)
from aspire_bot.answering.timeline.open_calls import (
    ENOUGH,
    is_of_column_named,
    is_of_part,
    is_of_row_named,
    is_of_section_named,
    is_one_round,
    of_rows_named,
    one_for_each_call,
    says_itself,
)
from aspire_bot.answering.timeline.quotes import TimelineQuote, said_of, timeline_quote
from aspire_bot.answering.timeline.steps import (
    FIRST_STEP,
    StepAsked,
    past_first_step,
    step_heading,
    told_of_step,
)
from aspire_bot.answering.timeline.terms import none_heading, terms_asked, terms_heading
from aspire_bot.answering.timeline.withdrawn import withdrawn_in
from aspire_bot.answering.types import Answer, Citation, Question, ScoredPassage
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo, Passage
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze_label

MOST_TOLD = 5
MOST_CHARACTERS = 900
_MOST_READ = 60
"""Documents that are read for one list."""
_NEAREST = 3
_NEAREST_TERMS = 2
"""Of what is ahead, and of what is past."""
_SURE = {"date": 0.95, "title": 0.9, "published": 0.85}
"""How sure an answer is whose first date says its year, or has it from elsewhere."""
_SURE_OF_NEWS = 0.9
_NOTHING = 0.05
"""The confidence where nothing is of the time asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRequest:
    """For whom and about what a list is made."""

    question: Question
    language: str
    """Of the answer."""
    hidden: frozenset[str] = frozenset()
    """Ids of documents that are told of in other ways."""
    replaced: frozenset[str] = frozenset()
    """Ids of documents that newer editions replace."""


class Timeline:
    """Tells what happened when; safe for several threads."""

    def __init__(self, rewriter: Rewriter, programme: str, contact: str | None) -> None:
        """Prefer documents of the programme; `contact` is named where they do not say."""
        self._rewriter = rewriter
        self._programme = programme.casefold()
        self._contact = contact

    def tell(
        self,
        asked: TimeQuestion,
        request: TimelineRequest,
        ranking: tuple[ScoredPassage, ...],
        index: IndexReader,
        now: datetime,
    ) -> Answer | None:
        """Answer from the dates in the index, or say that nothing is of that time.

        None where something is, but not on the topic that the question names: then what it asks
        has to be searched for. `now` is in the asker's zone.
        """
        setting = Setting(now=now, language=request.language, replaced=request.replaced)
        today = setting.today
        visible = visible_to(request.question.audience)
        documents = [
            info
            for name, info in index.documents().items()
            if info.audience in visible and name not in request.hidden
        ]
        if asked.step:
            base = _empty(request, ranking, index)
            return self._step(asked, documents, setting, request, base, index)
        if asked.about == "terms":
            return self._terms(
                asked, documents, setting, request, _empty(request, ranking, index), index
            )
        found = candidates(asked, documents, setting)
        if not found and asked.or_news:
            asked = replace(asked, about="news")
            found = candidates(asked, documents, setting)
        if not found and asked.mode == "last":
            return None
        base = _empty(request, ranking, index)
        if not found:
            close = nearest(asked, documents, setting, _NEAREST)
            return self._nothing(base, asked, close, today)
        told = self._told(asked, found, request, index)
        if not told:
            return None
        return _listed(base, told, now, _heading(asked, today, base.language))

    def _terms(
        self,
        asked: TimeQuestion,
        documents: Sequence[DocumentInfo],
        setting: Setting,
        request: TimelineRequest,
        base: Answer,
        index: IndexReader,
    ) -> Answer | None:
        """List what is due or open, or say that nothing is, with what comes nearest."""
        terms, today = terms_asked(asked, documents, setting), setting.today
        told = self._told(asked, terms.found, request, index)
        if asked.is_one and not is_one_round(told):
            return None
        if told and asked.term == "open" and asked.topic:
            step = self._step_asked(asked, FIRST_STEP, request, index)
            if before := past_first_step(step, documents, setting, index):
                told = [*before, *told]
                heading = step_heading(told, setting, _day(today, base.language))
                return _listed(base, told, setting.now, heading)
        if told:
            return _listed(base, told, setting.now, terms_heading(asked, today, base.language))
        near = [
            quote
            for side in terms.nearest_first(asked, today)
            for quote in self._told(asked, side, request, index)[:_NEAREST_TERMS]
        ]
        if asked.is_one and near:
            near = near[:1] if is_one_round(near) else []
        if near:
            return _listed(base, near, setting.now, none_heading(asked, today, base.language))
        return None if asked.topic else self._nothing(base, asked, (), today)

    def _step(
        self,
        asked: TimeQuestion,
        documents: Sequence[DocumentInfo],
        setting: Setting,
        request: TimelineRequest,
        base: Answer,
        index: IndexReader,
    ) -> Answer | None:
        """Say by when one step is due, and whether that is past; None where no date is of it."""
        step = self._step_asked(asked, asked.step, request, index)
        near = list(dict.fromkeys(entry.document.document_id for entry in base.ranking))
        told = told_of_step(step, documents, near, setting, index)
        heading = step_heading(told, setting, _day(setting.today, base.language))
        return _listed(base, told, setting.now, heading) if told else None

    def _step_asked(
        self, asked: TimeQuestion, step: str, request: TimelineRequest, index: IndexReader
    ) -> StepAsked:
        query_terms = self._topic_terms(asked, request, index)
        return StepAsked(step=step, text=request.question.text, query_terms=query_terms)

    def _topic_terms(
        self, asked: TimeQuestion, request: TimelineRequest, index: IndexReader
    ) -> tuple[QueryTerm, ...]:
        if not asked.topic:
            return ()
        topic = replace(request.question, text=asked.topic, history=())
        return self._rewriter.rewrite(topic, index).query_terms

    def _told(
        self,
        asked: TimeQuestion,
        found: Sequence[Candidate],
        request: TimelineRequest,
        index: IndexReader,
    ) -> list[TimelineQuote]:
        """The quotes of what is told; of the programme's own documents, where there are any.

        What can be applied for elsewhere is told behind what the programme has open or due.
        """
        query_terms = self._topic_terms(asked, request, index)
        quotes: list[TimelineQuote] = []
        own: list[TimelineQuote] = []
        for quote in self._quotes(found, query_terms, request.language, index):
            quotes.append(quote)
            if not self._is_off(quote, query_terms, index):
                own.append(quote)
            if len(own) > MOST_TOLD:
                break
        if asked.term == "open" and asked.about == "terms":
            own = one_for_each_call(of_rows_named(own, query_terms))
            quotes = one_for_each_call(of_rows_named(quotes, query_terms))
        if asked.is_one and asked.about == "terms":
            return [one for one in own or quotes if says_itself(one, query_terms)]
        if asked.about == "terms" and own and asked.mode != "last":
            return own + [quote for quote in quotes if quote not in own and _is_of_call(quote)]
        return (own or quotes)[: 1 if asked.is_one else None]

    def _quotes(
        self,
        found: Sequence[Candidate],
        query_terms: Sequence[QueryTerm],
        language: str,
        index: IndexReader,
    ) -> Iterator[TimelineQuote]:
        nearest = of_titles_named(found, query_terms, _MOST_READ)
        quotes = (timeline_quote(one, language, index) for one in nearest)
        withdrawn = withdrawn_in(nearest, index)
        kept: list[Candidate] = []
        for said in quotes:
            if said is None or not self._is_on(said, query_terms, index):
                continue
            quote = withdrawn.in_force(said, language, index)
            if quote is not None and not any(is_same(quote.candidate, other) for other in kept):
                kept.append(quote.candidate)
                yield quote

    def _is_on(
        self, quote: TimelineQuote, query_terms: Sequence[QueryTerm], index: IndexReader
    ) -> bool:
        if not query_terms or not is_of_column_named(quote, query_terms):
            return not query_terms
        info = quote.candidate.document
        terms = _terms_of(quote.passage, info)
        document = index.document(info.document_id)
        if not is_of_section_named(quote, document.text, query_terms):
            return False
        if not is_of_row_named(quote, query_terms):
            return False
        text = searchable_text(document)
        if is_of_part(quote, index.passages_of(info.document_id), query_terms):
            return True
        names = coverage(query_terms, terms, info.language)
        return names >= ENOUGH and strict_coverage(query_terms, terms, text, info.language) == 1.0

    def names_topic(
        self,
        asked: TimeQuestion,
        question: Question,
        said: Sequence[ScoredPassage],
        index: IndexReader,
    ) -> bool:
        """Whether what was searched for, since nothing of that time is on the topic, names it.

        Only passages in the question's own language can be told to lack it.
        """
        topic = replace(question, text=asked.topic, history=())
        query = self._rewriter.rewrite(topic, index)
        return not said or any(
            entry.document.language != query.language
            or coverage(
                query.query_terms, _terms_of(entry.passage, entry.document), entry.document.language
            )
            > 0
            for entry in said
        )

    def _is_off(
        self, quote: TimelineQuote, query_terms: Sequence[QueryTerm], index: IndexReader
    ) -> bool:
        document = index.document(quote.candidate.document.document_id)
        return is_off_programme(query_terms, searchable_text(document), self._programme)

    def _nothing(
        self,
        base: Answer,
        asked: TimeQuestion,
        close: tuple[DocumentInfo, ...],
        today: date,
    ) -> Answer:
        words, language = phrases(base.language).answer, base.language
        said = (
            words.nothing_next.format(today=_day(today, language))
            if asked.mode == "next"
            else words.nothing_during.format(period=spoken(asked.period, language))
        )
        return replace(
            base,
            outcome="abstained",
            text=decline(close, language, self._contact, wording=said),
            brief=decline((), language, self._contact, wording=said),
            confidence=_NOTHING,
            nearest=close,
        )


def _is_of_call(quote: TimelineQuote) -> bool:
    occasion = quote.candidate.occasion
    return occasion is not None and "application" in occasion.kinds


def _terms_of(passage: Passage, info: DocumentInfo) -> frozenset[str]:
    """What a passage names, with what stands above it and who publishes it."""
    by = analyze_label(info.publisher or "", info.language)
    return passage.context_terms.union(by, *(one.terms for one in passage.sentences))


def _empty(
    request: TimelineRequest, ranking: tuple[ScoredPassage, ...], index: IndexReader
) -> Answer:
    return Answer(
        question=request.question,
        outcome="answered",
        text="",
        language=request.language,
        confidence=0.0,
        ranking=ranking,
        as_of=index.manifest.published_at,
        index_version=index.manifest.index_version,
    )


def _listed(base: Answer, told: Sequence[TimelineQuote], now: datetime, heading: str) -> Answer:
    language = base.language
    lines: list[str] = [heading]
    quotes: list[TimelineQuote] = []
    for quote in told[:MOST_TOLD]:
        line = f"- {said_of(quote, language, now)} [{len(quotes) + 1}]"
        if quotes and len("\n".join((*lines, line))) > MOST_CHARACTERS - 20:
            break
        lines.append(line)
        quotes.append(quote)
    if len(quotes) < len(told):
        lines.append(phrases(language).answer.told_more)
    infos = [quote.candidate.document for quote in quotes]
    return replace(
        base,
        text=framed("\n".join(lines), infos, language),
        citations=tuple(_citations(quotes)),
        confidence=_confidence(quotes[0]),
        certainty="sure",
        ranking=_led_by(quotes, base.ranking),
    )


def _heading(asked: TimeQuestion, today: date, language: str) -> str:
    words = phrases(language).answer
    if asked.mode == "during":
        return words.told_during.format(period=spoken(asked.period, language))
    form = words.told_next if asked.mode == "next" else words.told_last
    return form.format(today=_day(today, language))


def _day(day: date, language: str) -> str:
    return spoken(Period(first=day, last=day), language)


def _confidence(quote: TimelineQuote) -> float:
    occasion = quote.candidate.occasion
    return _SURE[occasion.year_from] if occasion else _SURE_OF_NEWS


def _citations(quotes: Iterable[TimelineQuote]) -> Iterator[Citation]:
    for marker, quote in enumerate(quotes, start=1):
        yield quote.citation(marker)


def _led_by(
    quotes: Sequence[TimelineQuote], ranking: tuple[ScoredPassage, ...]
) -> tuple[ScoredPassage, ...]:
    """The passages that are quoted, then the rest of the ranking."""
    best = ranking[0].score if ranking else 1.0
    first = {
        quote.passage.passage_id: ScoredPassage(
            passage=replace(quote.passage, sentences=(), context_terms=frozenset()),
            document=quote.candidate.document,
            score=best,
            rank=0,
        )
        for quote in quotes
    }
    rest = [entry for entry in ranking if entry.passage.passage_id not in first]
    return tuple(
        replace(entry, rank=rank) for rank, entry in enumerate((*first.values(), *rest), start=1)
    )

"""What is handed in besides a proposal, and by when: the dates of one step that a question names.

"Can I still send a letter of intent?" is answered by the rows and sentences that name the letter
and its date. Pure but for the index that is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from aspire_bot.answering.coverage import coverage, strict_coverage
from aspire_bot.answering.document_text import searchable_text
from aspire_bot.answering.message.period.step_question import STEPS
from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.quotes.evidence import quoted
from aspire_bot.answering.timeline.candidates import (
    KINDS_OF_CALLS,
    Candidate,
    Setting,
    ends_of_terms,
    is_same,
)
from aspire_bot.answering.timeline.open_calls import is_of_column_named
from aspire_bot.answering.timeline.quotes import TimelineQuote, timeline_quote
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze_label
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.script import is_japanese

FIRST_STEP = "intent"
"""What is handed in before a proposal."""
_NEAREST = 3
_MOST_READ = 60
"""Deadlines that are looked at for one answer."""
_ENOUGH = 0.6
"""The share of a topic, by weight, that a step and what stands above it must name."""
_OF_THIS_ROUND = timedelta(days=183)
"""What is past for longer is of an earlier round, where there is anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAsked:
    """What is handed in (a key of `STEPS`), the question's words, and what else it is to be of."""

    step: str
    text: str
    query_terms: tuple[QueryTerm, ...] = ()


def told_of_step(
    asked: StepAsked,
    documents: Iterable[DocumentInfo],
    near: Sequence[str],
    setting: Setting,
    index: IndexReader,
) -> list[TimelineQuote]:
    """Give what says by when a step is due, in the documents that were found `near`, best first.

    Where they say it of nothing that is named so, those in the other language are asked without
    the names that these cannot hold.
    """
    ends = _deadlines_of((one for one in documents if one.document_id in near), asked.text, setting)
    told = _quotes(ends, asked, setting, index)
    if not told:
        nearest = near[:_NEAREST]
        other = [
            one
            for one in ends
            if one.document.language != setting.language and one.document.document_id in nearest
        ]
        if other:
            said = _sayable(asked.query_terms, other[0].document.language)
            told = _quotes(other, replace(asked, query_terms=said), setting, index)
    return _of_this_round(told, setting)


def past_first_step(
    asked: StepAsked, documents: Iterable[DocumentInfo], setting: Setting, index: IndexReader
) -> list[TimelineQuote]:
    """Give what had to be sent before a proposal for the very thing that is asked for."""
    calls = (info for info in documents if info.kind in KINDS_OF_CALLS)
    ends = _deadlines_of(calls, asked.text, setting)
    past = [one for one in ends if one.is_over(setting.now)][:_MOST_READ]
    told = [one for one in _quotes(past, asked, setting, index) if _is_named(one, asked)]
    return _of_this_round(told, setting)[:1]


def _deadlines_of(
    documents: Iterable[DocumentInfo], asked: str, setting: Setting
) -> list[Candidate]:
    """Give what is due: what is ahead first, then what is past, the newest first.

    Where the question, `asked`, names a year, documents whose titles name others are left out;
    where it names none, those that a newer edition replaces.
    """
    years = _years(asked)
    ends = [
        one
        for info in documents
        if not info.gone_since and _is_of_edition(info, years, setting)
        for one in ends_of_terms(info)
        if one.term == "deadline"
    ]
    ahead = [one for one in ends if not one.is_over(setting.now)]
    past = [one for one in ends if one.is_over(setting.now)]
    ahead.sort(key=lambda one: (one.last, one.document.document_id))
    past.sort(key=lambda one: (-one.last.toordinal(), one.document.document_id))
    return [*ahead, *past]


def _is_of_edition(info: DocumentInfo, years: set[int], setting: Setting) -> bool:
    named = _years(info.title)
    return bool(years & named) if years and named else info.document_id not in setting.replaced


def _years(text: str) -> set[int]:
    mentions = find_dates(fold_widths(text))
    return {one.year for one in mentions if one.year and one.month is None}


def _quotes(
    ends: Iterable[Candidate], asked: StepAsked, setting: Setting, index: IndexReader
) -> list[TimelineQuote]:
    """The words that say it, of those that name the step and the topic; each date once."""
    told: list[TimelineQuote] = []
    for one in ends:
        quote = timeline_quote(one, setting.language, index)
        if quote is None or any(is_same(one, other.candidate) for other in told):
            continue
        text = searchable_text(index.document(one.document.document_id))
        if _is_of_step(quote, asked, text, setting.language):
            told.append(quote)
    return told


def _is_of_step(quote: TimelineQuote, asked: StepAsked, text: str, asker: str) -> bool:
    """Whether the words that belong to a date name the step, and they and their place the topic.

    In another language than the asker's they name all of it: who knows which name is the other's.
    """
    passage, language = quote.passage, quote.candidate.document.language
    own = _own_words(quote, asked.step)
    if not STEPS[asked.step].search(own) or not is_of_column_named(quote, asked.query_terms):
        return False
    terms = passage.context_terms.union(analyze_label(own, language))
    if quote.sentence.form == "prose":  # "The briefing is on 8 May. Registration is open until …"
        at = passage.sentences.index(quote.sentence)
        terms = terms.union(*(one.terms for one in passage.sentences[max(0, at - 1) : at]))
    if language != asker:
        return all(one.is_met(terms, language) for one in asked.query_terms)
    names = coverage(asked.query_terms, terms, language)
    return names >= _ENOUGH and strict_coverage(asked.query_terms, terms, text, language) == 1.0


def _sayable(query_terms: Iterable[QueryTerm], language: str) -> tuple[QueryTerm, ...]:
    """Leave out names that no text of a language can hold: ランタン has no sign in English."""
    return tuple(
        one
        for one in query_terms
        if language not in one.untranslated
        or not any(map(is_japanese, one.names.get(language, (frozenset(),))[0]))
    )


def _is_named(quote: TimelineQuote, asked: StepAsked) -> bool:
    """Whether a step's own words name the topic: a letter "for Beacon only"."""
    language = quote.candidate.document.language
    terms = frozenset(analyze_label(_own_words(quote, asked.step), language))
    return any(one.is_met(terms, language) for one in asked.query_terms)


def _own_words(quote: TimelineQuote, step: str) -> str:
    """What a sentence says of one of its dates: what stands before it since the one before.

    Where nothing that names the step stands before the first, what stands behind, up to the next.
    """
    occasion, passage, sentence = quote.candidate.occasion, quote.passage, quote.sentence
    text = fold_widths(quoted(passage, sentence))
    if occasion is None:
        return text
    at = occasion.start - sentence.start
    dates = [one for one in find_dates(text) if one.month is not None]
    before = text[max((one.end for one in dates if one.end <= at), default=0) : at]
    first = min((one.start for one in dates), default=len(text))
    if len(dates) == 1:
        return text
    if STEPS[step].search(before) or STEPS[step].search(text, 0, first):
        return before
    return text[at : min((one.start for one in dates if one.start > at), default=len(text))]


def _of_this_round(quotes: Sequence[TimelineQuote], setting: Setting) -> list[TimelineQuote]:
    """Leave out what has been past for long; the newest of it where there is nothing else."""
    since = setting.today - _OF_THIS_ROUND
    return [one for one in quotes if one.candidate.last >= since] or list(quotes[:1])


def step_heading(quotes: Sequence[TimelineQuote], setting: Setting, today: str) -> str:
    """Say above the dates of a step whether they are past, where they all are or none is."""
    words = phrases(setting.language).answer
    over = {quote.candidate.is_over(setting.now) for quote in quotes}
    form = words.step_passed if over == {True} else words.step_ahead
    return (form if len(over) == 1 else words.step_dates).format(today=today)

"""Deadlines, what is open and what opens, compared with today. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aspire_bot.answering.message.period.period import Period, spoken
from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_bot.answering.timeline.candidates import (
    KINDS_OF_CALLS,
    Candidate,
    Setting,
    ends_of_terms,
)
from aspire_bot.messages import phrases
from aspire_ingest.index import DocumentInfo, Occasion
from aspire_ingest.index.text.dates.date_spans import first_day
from aspire_ingest.index.text.dates.moments import has_opened


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAsked:
    """What is of the time asked for, by its days; the rest, the nearest to today first."""

    found: tuple[Candidate, ...]
    ahead: tuple[Candidate, ...]
    past: tuple[Candidate, ...]

    def nearest_first(
        self, asked: TimeQuestion, today: date
    ) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
        """What is ahead and what is past; the other way round of a time that is past."""
        is_past = asked.period.last is not None and asked.period.last < today
        return (self.past, self.ahead) if is_past else (self.ahead, self.past)


def terms_asked(
    asked: TimeQuestion, documents: Iterable[DocumentInfo], setting: Setting
) -> TermsAsked:
    """Give the terms that a question asks for; what a newer edition replaces is no longer ahead."""
    ends = [
        one
        for info in documents
        for one in ends_of_terms(info)
        if _is_of(asked, one) and not (_is_outdated(info, setting) and not one.is_over(setting.now))
    ]
    if asked.mode == "last":
        over = [one for one in ends if one.is_over(setting.now)]
        return TermsAsked(found=_in_order(over, setting, newest_first=True), ahead=(), past=())
    found = [one for one in ends if _fits(asked, one, setting)]
    rest = [one for one in ends if one not in found]
    ahead = [one for one in rest if not one.is_over(setting.now)]
    if asked.term == "open":  # what closes later has not opened yet
        ahead = [one for one in ahead if one.term == "opening"]
    past = [one for one in rest if one.is_over(setting.now)]
    return TermsAsked(
        found=_in_order(found, setting),
        ahead=_in_order(ahead, setting),
        past=_in_order(past, setting, newest_first=True),
    )


def _is_outdated(info: DocumentInfo, setting: Setting) -> bool:
    return info.document_id in setting.replaced or bool(info.gone_since)


def _in_order(
    ends: Iterable[Candidate], setting: Setting, *, newest_first: bool = False
) -> tuple[Candidate, ...]:
    """By their days; of one day, what is written in the asker's language goes first."""

    def key(one: Candidate) -> tuple[int, bool, bool, str]:
        day, info = one.last.toordinal(), one.document
        is_call = info.kind in KINDS_OF_CALLS  # which says more than a notice about it
        return (
            -day if newest_first else day,
            info.language != setting.language,
            not is_call,
            info.document_id,
        )

    return tuple(sorted(ends, key=key))


def _is_of(asked: TimeQuestion, one: Candidate) -> bool:
    kinds = one.occasion.kinds if one.occasion else ()
    if asked.kinds and not asked.kinds & set(kinds):
        return False
    if asked.term == "open":
        return "application" in kinds and (one.term == "deadline" or "deadline" in kinds)
    return one.term == asked.term and asked.kinds <= set(kinds)


def _fits(asked: TimeQuestion, one: Candidate, setting: Setting) -> bool:
    if asked.term != "open":
        return _is_due(asked.period, one, setting)
    if one.term != "deadline":
        return False
    opening = _opening_of(one)
    if asked.period == _day_only(setting.today):
        has_begun = opening is None or has_opened(opening, setting.now)
        return has_begun and not one.is_over(setting.now)
    opens = first_day(opening.first) if opening else date.min
    return asked.period.meets(opens, one.last)


def _is_due(period: Period, one: Candidate, setting: Setting) -> bool:
    """Whether an end lies in a period by the day that is written.

    Of what is to come from today on, what is over by its hour is none; what is not over though its
    day is past where the asker is, still is.
    """
    is_ahead = period.first == setting.today and period.last != setting.today
    if not is_ahead:
        return period.meets(one.last, one.last)
    return not one.is_over(setting.now) and (period.last is None or one.last <= period.last)


def _opening_of(one: Candidate) -> Occasion | None:
    """From when on one can apply: its window, or what its document says of an opening."""
    occasion = one.occasion
    if occasion is not None and "opening" in occasion.kinds:
        return occasion
    openings = [
        end
        for end in ends_of_terms(one.document)
        if end.term == "opening" and end.first <= one.last
    ]
    return max(openings, key=lambda end: end.first).occasion if openings else None


def _day_only(day: date) -> Period:
    return Period(first=day, last=day)


def terms_heading(asked: TimeQuestion, today: date, language: str) -> str:
    """What stands above a list of terms."""
    words = phrases(language).answer
    if asked.mode == "last":
        return words.told_last.format(today=spoken(_day_only(today), language))
    if asked.term == "open" and asked.period == _day_only(today):
        return words.told_open.format(today=spoken(asked.period, language))
    return words.told_during.format(period=spoken(asked.period, language))


def none_heading(asked: TimeQuestion, today: date, language: str) -> str:
    """What is said where nothing is due or open, above what comes nearest."""
    words = phrases(language).answer
    if asked.term == "open" and asked.period == _day_only(today):
        return words.none_open.format(today=spoken(asked.period, language))
    return words.none_then.format(period=spoken(asked.period, language))

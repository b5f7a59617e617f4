"""Which edition of a document a question asks for."""

import re
from dataclasses import dataclass

from aspire_bot.answering.message.period.named_period import NamedPeriod, find_periods
from aspire_bot.answering.message.period.period import Period, whole_months
from aspire_bot.answering.message.query.comparison import has_two_sides
from aspire_bot.answering.search.editions import asks_for_former, editions_named
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.numerals import fold_widths
from aspire_ingest.index.text.script import is_japanese

_YEAR = 12
"""Months."""
_IS_ANY = re.compile(r"\bthe (?:next|following|previous|same)\b|翌|次年|前年|同年", re.IGNORECASE)
"""Is of the year that something else is of, whichever that be."""
_APRIL = 4
"""A fiscal year begins with it."""
_NEWEST = re.compile(
    r"\b(latest|newest|most recent|recent(ly)?|last(?! (?:fiscal |academic )?year)|current(ly)?|now"
    r"|up.to.date)\b|最新|直近|一番新しい|最近|現在|今の",
    re.IGNORECASE,
)


_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedEdition:
    """Editions by name; whether the newest is asked for, and one that a newer one has replaced."""

    editions: tuple[str, ...]
    wants_newest: bool
    wants_former: bool


def asked_edition(question: Question, text: str) -> AskedEdition:
    """Read the words of a question, its years in full; "last year" is told from its day."""
    past, is_former = _of_years_past(question, text), asks_for_former(text)
    compares = bool((past or is_former) and (has_two_sides(text) or _SINCE.search(text)))
    return AskedEdition(
        editions=(*editions_named(text, find_dates(text)), *past),
        wants_newest=compares or bool(_NEWEST.search(text)),
        wants_former=is_former,
    )


def years_told(question: Question, text: str) -> dict[str, str]:
    """Give which year 昨年度 and "this year" are, by these words, for who does not know the day.

    Of one year alone, and none to come: what may be carried over "to the next year" is asked of any
    year. From January to March "this year" is no fiscal year.
    """
    named = _years_told(question, text)
    if len(named) != 1 or question.asked_at is None:
        return {}
    said, first = text[named[0].start : named[0].end].rstrip(" の"), named[0].period.first
    if not said or first is None or first > question.asked_at.date() or _IS_ANY.search(said):
        return {}
    is_fiscal = first.month == _APRIL or question.asked_at.month >= _APRIL
    forms = ("{}年度", "FY{}") if is_fiscal else ("{}年", "{}")
    return {said: forms[not is_japanese(said)].format(first.year)}


def _of_years_past(question: Question, text: str) -> tuple[str, ...]:
    """Give the editions of years that are told from the day of a question: "last year", 昨年度."""
    told = [one.period.first.year for one in _years_told(question, text) if one.period.first]
    today = question.asked_at
    return tuple(f"FY{year}" for year in told if today and year < today.year)


def _years_told(question: Question, text: str) -> list[NamedPeriod]:
    """Find the words for years that are told from the day of a question, in their order."""
    if question.asked_at is None:
        return []
    named = find_periods(fold_widths(text), question.asked_at.date(), "back")
    return [one for one in named if one.kind == "relative" and _is_of_year(one.period)]


def _is_of_year(period: Period) -> bool:
    """Whether a period is a year, or begins with one: "since last year"."""
    begins = period.first and (period.first.month, period.first.day) in ((1, 1), (4, 1))
    return bool(begins) if period.last is None else whole_months(period) == _YEAR

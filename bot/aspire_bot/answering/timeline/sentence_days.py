"""Days that stand in sentences, for what no occasion of the index was made of. Pure."""

from collections.abc import Iterable
from datetime import date

from aspire_bot.answering.message.period.time_question import TimeQuestion
from aspire_bot.answering.quotes.evidence import Evidence

_DAY = "d:YYYY-MM-DD"
"""The form of the term of a whole day."""


def names_such_a_day(asked: TimeQuestion, said: Iterable[Evidence], today: date) -> bool:
    """Whether one of the sentences names a whole day that was asked for: of the period, to come."""
    return any(_is_asked_for(asked, day, today) for one in said for day in _days_in(one.terms))


def _days_in(terms: Iterable[str]) -> Iterable[date]:
    return (date.fromisoformat(term[2:]) for term in terms if _is_day(term))


def _is_day(term: str) -> bool:
    return len(term) == len(_DAY) and term.startswith("d:")


def _is_asked_for(asked: TimeQuestion, day: date, today: date) -> bool:
    if asked.mode == "next" and day < today:
        return False
    if asked.mode == "last" and day > today:
        return False
    first, last = asked.period.first, asked.period.last
    return (first is None or first <= day) and (last is None or day <= last)

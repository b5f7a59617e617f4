"""What periods are told from, and in which ways one is named. Pure."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aspire_bot.answering.message.period.period import Period

PeriodKind = Literal[
    "year", "month", "day", "part", "fiscal part", "season", "relative", "range", "nearest", "now"
]
"""How a period is named; `part` is some months of a year that need not be said."""
FISCAL_YEAR_BEGINS = 4
"""The month: the programme's years are Japan's fiscal years."""
Direction = Literal["back", "ahead", "near"]
"""Which one is meant of what has no year: the last that began, the next, or what is nearer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What periods are told from."""

    today: date
    direction: Direction = "back"

    def year_of(self, month: int) -> int:
        """The year of a month that is said without one."""
        ahead = (month - self.today.month) % 12
        if self.direction == "ahead" or (self.direction == "near" and 0 < ahead <= _NEAR_MONTHS):
            return self.today.year + (month < self.today.month)
        return self.today.year - (month > self.today.month)

    @property
    def fiscal_year(self) -> int:
        """The fiscal year of today."""
        return self.today.year - (self.today.month < FISCAL_YEAR_BEGINS)


Reader = Callable[[re.Match[str], Now], Period | None]
Naming = tuple[PeriodKind, re.Pattern[str], Reader]
"""A way of naming a period: how it is written, and which days it is."""
_NEAR_MONTHS = 4
"""So many months ahead are nearer than those behind."""
_LAST_WORDS = ("last", "past", "previous", "昨", "去", "先", "前", "過", "直", "最")
_NEXT_WORDS = ("next", "coming", "following", "来", "翌", "今後", "向", "再来")
_TWICE = ("一昨", "再来", "先々", "おととし")


def only(day: date) -> Period:
    """Give one day."""
    return Period(first=day, last=day)


def step_of(word: str) -> int:
    """How many weeks, months or years on a word leads: -1 for the last one, 0 for this one."""
    times = 2 if word.startswith(_TWICE) else 1
    if word.startswith(("一昨", "おととし", *_LAST_WORDS)):
        return -times
    return times if word.startswith(_NEXT_WORDS) else 0


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    longest = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, longest))

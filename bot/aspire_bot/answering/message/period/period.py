"""A stretch of days, and how it is named. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From one day to another, both included; None where it is open."""

    first: date | None = None
    last: date | None = None

    def meets(self, first: date, last: date) -> bool:
        """Whether any of these days lies in it."""
        return (self.last is None or first <= self.last) and (
            self.first is None or last >= self.first
        )

    def holds(self, first: date, last: date) -> bool:
        """Whether all of these days lie in it."""
        return (self.last is None or last <= self.last) and (
            self.first is None or first >= self.first
        )

    def days_off(self, first: date, last: date) -> int:
        """How many days these days are away from it."""
        before = (self.first - last).days if self.first else 0
        after = (first - self.last).days if self.last else 0
        return max(0, before, after)


def month_of(year: int, month: int, months: int = 1) -> Period:
    """Give some months in a row; `month` may lie beyond 12 or below 1."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last_month = year + (month + months - 2) // 12, (month + months - 2) % 12 + 1
    last = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Period(first=date(year, month, 1), last=last)


def whole_months(period: Period) -> int:
    """How many whole months a period is; 0 where it is no such thing."""
    if period.first is None or period.last is None or period.first.day != 1:
        return 0
    if (period.last + timedelta(days=1)).day != 1:
        return 0
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def spoken(period: Period, language: str) -> str:
    """Name a period in a language, as short as it can be."""
    months = whole_months(period)
    first, last = period.first, period.last
    if first and months == 1:
        return _month_name(first, language)
    if first and months == 12 and first.month == 1:
        return f"{first.year}年" if language == "ja" else str(first.year)
    if first and last and first == last:
        return _day_name(first, language)
    name = _month_name if months else _day_name
    ends = [name(day, language) if day else "" for day in (first, last)]
    return _open_or_not(ends, language)


def _open_or_not(ends: Sequence[str], language: str) -> str:
    if language == "ja":
        sign = "〜" if all(ends) else ("以降" if ends[0] else "まで")
        return f"{ends[0]}{sign}{ends[1]}" if ends[0] else f"{ends[1]}{sign}"
    if all(ends):
        return f"{ends[0]} to {ends[1]}"
    return f"since {ends[0]}" if ends[0] else f"until {ends[1]}"


def _month_name(day: date, language: str) -> str:
    if language == "ja":
        return f"{day.year}年{day.month}月"
    return f"{calendar.month_name[day.month]} {day.year}"


def _day_name(day: date, language: str) -> str:
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"

"""From dates as they are written to spans of days: "January 14-16, 2026" is one. Pure."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aspire_ingest.index.text.dates.dates import DateMention

_WEEKDAY = (
    r"(?:\([月火水木金土日](?:曜日?)?(?:[・、]?祝)?\)|,?\s?\(?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri"
    r"|Sat(?:ur)?|Sun)(?:day)?\.?\)?,?)"
)
_TIME = r"(?:,?\s?(?:午前|午後)?\d{1,2}(?:[::]\d{2}|時(?:\d{1,2}分)?)(?:\s?[ap]\.?m\.?)?)"
_TO = re.compile(
    rf"\s*{_WEEKDAY}?\s*{_TIME}?\s*(?P<sign>[-~]|to\s|through\s|until\s|till\s|から|より"
    rf"|and\s|&|と|・|、|及び)\s*(?:on\s)?{_WEEKDAY}?\s*",
    re.IGNORECASE,
)
_MERELY_BOTH = re.compile(r"and\s|&|と|・|、|及び", re.IGNORECASE)
_LONGEST = 31
"""Days: what lasts longer is a period, not an occasion."""
_BOTH_AT_MOST = 3
_WEEKDAYS = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}
_WEEKDAYS_EN = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAY_AFTER = re.compile(
    r"\s?\((?P<ja>[月火水木金土日])(?:曜日?)?(?:[・、]?祝)?\)|,?\s?\(?(?P<en>[A-Z][a-z]{2})"
)
_WEEKDAY_BEFORE = re.compile(r"\b(?P<en>[A-Z][a-z]{2})[a-z]*\.?,?\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """One or several days as `text[start:end]` says them; `first` and `last` may be the same."""

    start: int
    end: int
    first: DateMention
    last: DateMention

    @property
    def year(self) -> int | None:
        """The year it is said to begin in."""
        return self.first.year

    def in_year(self, year: int) -> "DateSpan":
        """The same with the year that was not said; the end may lie in the next one."""
        turns = (self.last.month or 0) < (self.first.month or 0)
        return replace(
            self,
            first=replace(self.first, year=year),
            last=replace(self.last, year=year + turns),
        )

    def iso(self) -> tuple[str, str]:
        """First and last day, or month, as ISO dates; ValueError without a year and a month."""
        return _iso(self.first), _iso(self.last)


def date_spans(folded: str, mentions: Sequence[DateMention]) -> list[DateSpan]:
    """Join the dates that are the ends of one span; fiscal years and bare years are left out."""
    dated = [m for m in mentions if m.month is not None and not m.is_fiscal_year]
    spans: list[DateSpan] = []
    for mention in dated:
        joined = _joined(folded, spans[-1], mention) if spans else None
        if joined is not None:
            spans[-1] = joined
        else:
            one = DateSpan(start=mention.start, end=mention.end, first=mention, last=mention)
            spans.append(one)
    return spans


def first_day(iso: str) -> date:
    """Give the first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    parts = [int(part) for part in iso.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(iso: str) -> date:
    """Give the last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    parts = [int(part) for part in iso.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    end = calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, parts[2] if len(parts) > 2 else end)


def is_on_its_weekday(folded: str, span: DateSpan) -> bool:
    """Whether the day of the week that stands beside its first day, if one does, is that day's."""
    first = span.first
    if first.year is None or first.month is None or first.day is None:
        return True
    said = _weekday_beside(folded, first)
    return said is None or date(first.year, first.month, first.day).weekday() == said


def _weekday_beside(folded: str, mention: DateMention) -> int | None:
    after = _WEEKDAY_AFTER.match(folded, mention.end)
    if after and after["ja"]:
        return _WEEKDAYS[after["ja"]]
    before = _WEEKDAY_BEFORE.search(folded, max(0, mention.start - 12), mention.start)
    names = [found["en"].lower() for found in (before, after) if found and found["en"]]
    return next((_WEEKDAYS_EN[name] for name in names if name in _WEEKDAYS_EN), None)


def _joined(folded: str, span: DateSpan, mention: DateMention) -> DateSpan | None:
    last = span.last
    between = _TO.fullmatch(folded, span.end, mention.start)
    if between is None or last.day is None or mention.day is None:
        return None
    later = mention
    if later.year is None and last.year is not None:
        later = replace(later, year=last.year + ((later.month or 0) < (last.month or 0)))
    days = _days_between(last, later)
    most = _BOTH_AT_MOST if _MERELY_BOTH.fullmatch(between["sign"]) else _LONGEST
    if days is None or not 0 < days <= most:
        return None
    return replace(span, end=mention.end, last=later)


def _days_between(one: DateMention, other: DateMention) -> int | None:
    year = one.year or 2023
    other_year = other.year if one.year else year + ((other.month or 0) < (one.month or 0))
    if other_year is None:
        return None
    try:
        first = date(year, one.month or 1, one.day or 1)
        return (date(other_year, other.month or 1, other.day or 1) - first).days
    except ValueError:
        return None


def _iso(mention: DateMention) -> str:
    if mention.year is None or mention.month is None:
        raise ValueError(mention)
    day = "" if mention.day is None else f"-{mention.day:02d}"
    return f"{mention.year:04d}-{mention.month:02d}{day}"

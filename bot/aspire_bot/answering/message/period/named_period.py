"""Which periods a text names: dates, months, seasons, "last month", "since March". Pure.

English and Japanese. What has no year is told from today; which one is meant, the last or the next,
is said by a direction. Whether a text asks for a period is not decided here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aspire_bot.answering.message.period.calendar_period import AFTER_DATES, BEFORE_DATES, day_of
from aspire_bot.answering.message.period.period import Period, month_of, whole_months
from aspire_bot.answering.message.period.period_naming import (
    FISCAL_YEAR_BEGINS,
    Direction,
    Naming,
    Now,
    PeriodKind,
    only,
)
from aspire_bot.answering.message.period.relative_period import NEAREST, RELATIVE
from aspire_ingest.index.text.dates.dates import DateMention, find_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPeriod:
    """A period and where a text names it, with the words that belong to it."""

    start: int
    end: int
    period: Period
    kind: PeriodKind = "relative"


_BEFORE = re.compile(
    r"(?:\b(?P<since>since(?: [a-z]+){0,6}?(?: in| on)?|on or after"
    r"|(?:starting|as) (?:from|of)|from(?= \S+$))"
    r"|\b(?P<after>after)"
    r"|\b(?P<before>before|prior to)"
    r"|\b(?P<until>until|till|up to(?: and including)?|by|no later than)"
    r"|\b(?P<during>in|on|during|from|of|for|within|throughout|between|over|at|around)"
    r"(?: early| mid| late)?)[\s-]+"
    r"(?:the\s+)?(?:(?:beginning|start|end|first)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<last_day>末日|末(?!まで|迄|以降|以後|以前|から|より|いっぱい|頃|ごろ))"
    r"|(?P<after>(?:の[^、。\s\d]{1,10})?より(?:も)?後)|(?:末|マツ|中|の終わり|いっぱい)?(?:"
    r"(?P<since>\s?(?:onwards?|on\b(?! \w)|and later|or later)|(?:に入って)?以降|以後|以来"
    r"|から(?!の?\d)"
    r"|に入ってから|(?: までさかのぼって|までさかのぼって|まで遡))"
    r"|(?P<until>が(?:終わる|おわる)(?:前|まで)|まで|以前|までに)|(?P<before>より前|の?前(?![年月週半期]|四半期)))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:年度?)?\s*(?:-|・|to|and|until|till|through|thru|から|より|or|&)\s*(?:the\s+)?"
    r"(?:(?:end|beginning|start)\s+of\s+)?(?:on\s+|mid-?\s*)?(?:FY\s?)?$",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}|年")
_IN_YEAR = re.compile(r"\s*(?:(?:of|in)\s+|の|,\s*)?", re.IGNORECASE)
_PARTICLES = re.compile(r"(?:の間|中|いっぱい|頃|ごろ|ころ|のうち|内)?(?:に|で)?(?:の|は|、|も)?")
_PIECE_BEFORE = re.compile(
    r"(?:\b(?:the\s+)?(?P<piece>early|mid|late|first half|second half|first week|last week)"
    r"(?:\s+of)?[\s-]+)$",
    re.IGNORECASE,
)
_PIECE_BEHIND = re.compile(r"の?(?P<piece>上旬|中旬|下旬|前半|後半|初め|初旬|最終週|第[1-4]週)")
_PIECES = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "first half": (1, 15),
    "second half": (16, 31), "first week": (1, 7), "last week": (-7, 31), "上旬": (1, 10),
    "初旬": (1, 10), "初め": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "前半": (1, 15),
    "後半": (16, 31), "最終週": (-7, 31), "第1週": (1, 7), "第2週": (8, 14), "第3週": (15, 21),
    "第4週": (22, 28),
}  # fmt: skip
"""First and last day of a piece of a month; -7 is the seventh from its end."""
_WEEK_BEHIND = re.compile(r"の(?:週(?!末|間)|ある週)")
_WEEK_OF = re.compile(r"\bweek (?:of|beginning|starting)\s+(?:the\s+)?$", re.IGNORECASE)


def find_period(folded: str, today: date, *, looks_ahead: bool = False) -> NamedPeriod | None:
    """Give the one period that a question (its widths folded) names; None for none or several."""
    found = [
        one
        for one in find_periods(folded, today, "ahead" if looks_ahead else "back")
        if one.kind not in ("nearest", "now")
    ]
    return found[0] if len(found) == 1 else None


def find_periods(folded: str, today: date, direction: Direction) -> list[NamedPeriod]:
    """Give the periods that a text (its widths folded) names, in order, without overlap."""
    now = Now(today=today, direction=direction)
    pieces = [_piece(folded, one) for one in _in_their_years(folded, _named(folded, now))]
    found = _as_ranges(folded, pieces)
    return [_with_bounds(folded, one) for one in found]


def _named(folded: str, now: Now) -> list[NamedPeriod]:
    found: list[NamedPeriod] = []

    def add(start: int, end: int, period: Period | None, kind: PeriodKind) -> None:
        if period is not None and not any(o.start < end and start < o.end for o in found):
            found.append(NamedPeriod(start=start, end=end, period=period, kind=kind))

    def read(namings: Iterable[Naming]) -> None:
        for kind, pattern, days_of in namings:
            for match in pattern.finditer(folded):
                add(*match.span(), days_of(match, now), kind)

    read((*BEFORE_DATES, *RELATIVE))
    for mention in find_dates(folded):
        add(mention.start, mention.end, *_dated(mention, now))
    read((*AFTER_DATES, *NEAREST))
    return sorted(found, key=lambda one: one.start)


def _in_their_years(folded: str, found: list[NamedPeriod]) -> list[NamedPeriod]:
    """Put a month, a day or a half and the year beside it together."""
    kept: list[NamedPeriod] = []
    for one in found:
        within = _part_in_year(folded, kept[-1], one) if kept else None
        if within is not None:
            kept[-1] = within
        else:
            kept.append(one)
    return kept


def _as_ranges(folded: str, found: list[NamedPeriod]) -> list[NamedPeriod]:
    kept: list[NamedPeriod] = []
    for one in found:
        both = _ends(folded, kept[-1], one) if kept else None
        if both is not None:
            kept[-1] = both
        else:
            kept.append(one)
    return kept


def _ends(folded: str, one: NamedPeriod, other: NamedPeriod) -> NamedPeriod | None:
    """Two that are the ends of one: "between January and March 2026"."""
    if not _BETWEEN.fullmatch(folded, one.end, other.start):
        follows = one.period.last and one.period.last + timedelta(days=1) == other.period.first
        if not (follows and folded[one.end : other.start].strip() in ("と", "、", ",")):
            return None
    if _is_next_before(folded, one, other):
        one, other = replace(other, start=one.start), replace(one, end=other.end)
    first, last = one.period.first, other.period.last
    is_told = one.kind in ("relative", "year") or other.kind == "nearest"
    if first and last and not is_told and not _YEAR_SAID.search(folded, one.start, one.end):
        if first > last or (
            _YEAR_SAID.search(folded, other.start, other.end) and first.year < last.year
        ):
            first = _moved(first, last.year - ((first.month, first.day) > (last.month, last.day)))
        if one.kind == "month":
            first = first and first.replace(day=1)
    if first is None or last is None or first > last:
        return None
    return NamedPeriod(
        start=one.start, end=other.end, period=Period(first=first, last=last), kind="range"
    )


def _is_next_before(folded: str, one: NamedPeriod, other: NamedPeriod) -> bool:
    """Whether two are said together, the later one first: "last month and the month before"."""
    both = folded[one.end : other.start].strip() in ("・", "と", "、", ",", "and", "&", "及び")
    later, earlier = one.period.first, other.period.last
    return bool(both and later and earlier and earlier + timedelta(days=1) == later)


def _moved(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _part_in_year(folded: str, one: NamedPeriod, other: NamedPeriod) -> NamedPeriod | None:
    """A month, a day or a half of "last year": 昨年11月, "in March this year", 令和8年度上半期."""
    if not _IN_YEAR.fullmatch(folded, one.end, other.start):
        return None
    for year, part in ((one, other), (other, one)):
        first, last = part.period.first, part.period.last
        is_part = part.kind in ("month", "day", "part", "fiscal part", "season") and first and last
        whole = year.period
        if not (is_part and first and last and whole_months(whole) == 12 and whole.first):
            continue
        if _YEAR_SAID.search(folded, part.start, part.end) and part.kind not in (
            "part",
            "fiscal part",
        ):
            continue
        if part.kind == "fiscal part" and whole.first.month == 1:  # of a calendar year
            months = whole_months(part.period)
            period = month_of(whole.first.year, first.month - FISCAL_YEAR_BEGINS + 1, months)
            return NamedPeriod(start=one.start, end=other.end, period=period, kind="part")
        for moved in (0, 1):
            step = whole.first.year + moved - first.year
            begins, ends = _moved(first, first.year + step), _moved(last, last.year + step)
            if begins and ends and whole.holds(begins, ends):
                period = Period(first=begins, last=ends)
                return NamedPeriod(start=one.start, end=other.end, period=period, kind="part")
    return None


def _with_bounds(folded: str, named: NamedPeriod) -> NamedPeriod:
    """Take in what stands around it: "early", "since", "before", 以降, まで."""
    start, end, period = named.start, named.end, named.period
    week, behind_week = _WEEK_OF.search(folded, 0, start), _WEEK_BEHIND.match(folded, end)
    if (week or behind_week) and period.first and period.first == period.last:
        monday = period.first - timedelta(days=period.first.weekday())
        period = Period(first=monday, last=monday + timedelta(days=6))
        start = week.start() if week else start
        end = behind_week.end() if behind_week else end
    before = _BEFORE.search(folded, 0, start)
    how = before.lastgroup if before else None
    if before:
        start = before.start()
    behind = _BEHIND.match(folded, end)
    if behind and not (how == "during" and behind.lastgroup is None):
        end, how = behind.end(), behind.lastgroup
    particles = _PARTICLES.match(folded, end)
    end = particles.end() if particles else end
    if named.kind == "range":
        how = None
    if named.kind in ("nearest", "now"):
        return replace(named, start=start if how == "during" else named.start)
    return replace(named, start=start, end=end, period=_bounded(period, how, named.kind))


def _piece(folded: str, named: NamedPeriod) -> NamedPeriod:
    """The third or half of a month, or the first week, that words beside it mean: 12月上旬."""
    first, last = named.period.first, named.period.last
    if first is None or last is None or whole_months(named.period) != 1:
        return named
    before, behind = (
        _PIECE_BEFORE.search(folded, 0, named.start),
        _PIECE_BEHIND.match(folded, named.end),
    )
    if before is None and behind is None:
        return named
    said = (before["piece"] if before else behind["piece"] if behind else "").lower()
    begin, end = _PIECES[said]
    begin = begin if begin > 0 else last.day + begin + 1
    return replace(
        named,
        start=before.start() if before else named.start,
        end=behind.end() if behind and not before else named.end,
        period=Period(first=first.replace(day=begin), last=first.replace(day=min(end, last.day))),
        kind="part",
    )


def _bounded(period: Period, how: str | None, kind: PeriodKind) -> Period:
    if how == "last_day" and period.last:
        return only(period.last)
    is_after = how == "after" or (how == "since" and kind == "season")  # "since the summer"
    if is_after and period.last:
        return Period(first=period.last + timedelta(days=1))
    if how == "since":
        return Period(first=period.first)
    if how == "until":
        return Period(last=period.last)
    if how == "before" and period.first:
        return Period(last=period.first - timedelta(days=1))
    return period


def _dated(mention: DateMention, now: Now) -> tuple[Period, PeriodKind]:
    year, month, day = mention.year, mention.month, mention.day
    if mention.is_fiscal_year and year:
        return month_of(year, FISCAL_YEAR_BEGINS, 12), "year"
    if month is None:
        return month_of(year or now.today.year, 1, 12), "year"
    if day is None:
        return month_of(year or now.year_of(month), month), "month"
    only_day = day_of(month, day, now, year)
    return (only_day, "day") if only_day else (month_of(year or now.year_of(month), month), "month")

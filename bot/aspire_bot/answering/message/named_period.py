"""Which periods a text names: dates, months, seasons, "last month", "since March". Pure.

English and Japanese. What has no year is told from today; which one is meant, the last or the next,
is said by a direction. Whether a text asks for a period is not decided here.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from aspire_bot.answering.message.period import Period, month_of, whole_months
from aspire_bot.answering.message.relative_period import (
    FISCAL_YEAR_BEGINS,
    LATE_READERS,
    READERS,
    Direction,
    Now,
    only,
    step_of,
)
from aspire_ingest.index.text.dates import DateMention, find_dates

PeriodKind = Literal["year", "month", "day", "part", "season", "relative", "range", "nearest", "now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPeriod:
    """A period and where a text names it, with the words that belong to it."""

    start: int
    end: int
    period: Period
    kind: PeriodKind = "relative"


_BEFORE = re.compile(
    r"(?:\b(?P<since>since(?: [a-z]+){0,6}?(?: in| on)?|on or after|(?:starting|as) (?:from|of)|from(?= \S+$))"
    r"|\b(?P<after>after)"
    r"|\b(?P<before>before|prior to)|\b(?P<until>until|till|up to|by|no later than)"
    r"|\b(?P<during>in|on|during|from|of|for|within|throughout|between|over|at|around)"
    r"(?: early| mid| late)?)[\s-]+"
    r"(?:the\s+)?(?:(?:beginning|start|end|first)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<last_day>末日)|(?:末|マツ|中|の終わり|いっぱい)?(?:"
    r"(?P<since>\s?(?:onwards?|on\b(?! \w)|and later|or later)|(?:に入って)?以降|以後|から(?!の?\d)"
    r"|より後|に入ってから|(?: までさかのぼって|までさかのぼって|まで遡))"
    r"|(?P<until>まで|以前|までに)|(?P<before>より前|の?前(?![年月週]|四半期)))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:年度?)?\s*(?:-|・|to|and|until|till|through|thru|から|より|or|&)\s*(?:the\s+)?"
    r"(?:(?:end|beginning|start)\s+of\s+)?(?:on\s+|mid-?\s*)?(?:FY\s?)?$",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}|年")
_IN_YEAR = re.compile(r"\s*(?:(?:of|in)\s+|の|,\s*)?", re.IGNORECASE)
_PARTICLES = re.compile(r"(?:の間|中|頃|ごろ|ころ|のうち|内)?(?:に|で)?(?:の|は|、|も)?")
_WEEK_OF = re.compile(r"\bweek (?:of|beginning|starting)\s+(?:the\s+)?$", re.IGNORECASE)

_MONTHS: tuple[str, ...] = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SURE_MONTH = (
    "january|february|april|june|july|august|september|october|november|december"
    "|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_ANY_MONTH = rf"{_SURE_MONTH}|march|mar|may"
_MONTHS_EN = re.compile(
    rf"\b(?P<first>{_ANY_MONTH})\b\.?\s*(?P<sign>-|to|and|or|through|until|till|&|/|,)?\s*"
    rf"\b(?P<last>{_ANY_MONTH})\b(?!,?\s+\d{{1,2}}\b)\.?(?:,?\s+(?P<year>20\d{{2}}))?",
    re.IGNORECASE,
)
_MONTHS_JA = re.compile(
    r"(?P<first>\d{1,2})月?\s?(?:-|・|、|から|と)\s?(?P<last>\d{1,2})月(?!\d{1,2}日|間)(?:末)?(?:まで)?"
)
_MONTH_EN = re.compile(
    r"(?:\b(?P<which>this|last|past|next|coming)\s+)?"
    rf"(?:\b(?P<month>{_SURE_MONTH})|(?:(?<=\bin )|(?<=\bfor )|(?<=\bduring )|(?<=\bsince )"
    r"|(?<=\buntil )|(?<=\bby )|(?<=\bof )|(?<=\bthis )|(?<=\blast )|(?<=\bnext )|(?<=\bbefore )"
    r"|(?<=\bafter )|(?<=\bthroughout )|(?<=\bthen ))(?P<rare>march|mar|may))\b"
    r"(?!,?\s+\d)(?!\.?\s?\d{1,2}\b)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"(?<![\d/.-])(?P<month>1[0-2]|0?[1-9])/(?P<day>[0-3]?\d)(?![\d/])")
_SEASON_EN = re.compile(
    r"\b(?:(?P<which>this|last|past|next)\s+)?(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\b"
    r"(?!\s+schools?|\s+interns?)(?:(?:,|\s+of|\s+in)?\s+(?P<year>20\d{2}))?",
    re.IGNORECASE,
)
_SEASON_JA = re.compile(
    r"(?:(?P<year>20\d{2})年度?の?|(?P<which>今年|昨年|去年|来年|昨|今|来|この)の?)?"
    r"(?P<season>[春夏秋冬])(?=に|の|以降|から|は|、|頃|まで|\(|$)"
)
_FISCAL_YEARS_EN = re.compile(
    r"\b(?P<fiscal>fiscal |financial )?years\s+(?P<first>20\d{2})\s?(?:-|to|and|through|until)\s?"
    r"(?P<last>20\d{2})\b",
    re.IGNORECASE,
)
_ERA_EN = re.compile(r"\breiwa\s?(?P<year>[1-9]\d?)\b", re.IGNORECASE)
_SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
    "春": 3, "夏": 6, "秋": 9, "冬": 12,
}  # fmt: skip


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
    found = _as_ranges(folded, _in_their_years(folded, _named(folded, now)))
    return [_with_bounds(folded, one) for one in found]


def _named(folded: str, now: Now) -> list[NamedPeriod]:
    found: list[NamedPeriod] = []

    def add(start: int, end: int, period: Period | None, kind: PeriodKind) -> None:
        if period is not None and not any(o.start < end and start < o.end for o in found):
            found.append(NamedPeriod(start=start, end=end, period=period, kind=kind))

    for match in _FISCAL_YEARS_EN.finditer(folded):
        add(*match.span(), _years(match), "range")
    for match in _ERA_EN.finditer(folded):
        add(*match.span(), month_of(2018 + int(match["year"]), 1, 12), "year")
    for match in _MONTHS_JA.finditer(folded):
        add(*match.span(), _months(int(match["first"]), int(match["last"]), None, now), "part")
    for match in _MONTHS_EN.finditer(folded):
        add(*match.span(), _english_months(match, now), "part")
    for match in _SEASON_EN.finditer(folded):
        add(*match.span(), _season(match, now), "season")
    for match in _SEASON_JA.finditer(folded):
        add(*match.span(), _season(match, now), "season")
    for pattern, read in READERS:
        for match in pattern.finditer(folded):
            kind: PeriodKind = "part" if read.__name__ == "_quarter" else "relative"
            add(*match.span(), read(match, now), kind)
    for mention in find_dates(folded):
        add(mention.start, mention.end, *_dated(mention, now))
    for match in _MONTH_EN.finditer(folded):
        add(*match.span(), _month(match, now), "month")
    for match in _MONTH_DAY.finditer(folded):
        add(*match.span(), _day_of(int(match["month"]), int(match["day"]), now), "day")
    for pattern, read in LATE_READERS:
        for match in pattern.finditer(folded):
            late: dict[str, PeriodKind] = {"_now": "now", "_nearest": "nearest"}
            add(*match.span(), read(match, now), late.get(read.__name__, "day"))
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
        return None
    first, last = one.period.first, other.period.last
    is_told = one.kind in ("relative", "year") or other.kind == "nearest"
    if first and last and not is_told and not _YEAR_SAID.search(folded, one.start, one.end):
        if first > last or (_YEAR_SAID.search(folded, other.start, other.end) and first.year < last.year):
            first = _moved(first, last.year - ((first.month, first.day) > (last.month, last.day)))
        if one.kind == "month":
            first = first and first.replace(day=1)
    if first is None or last is None or first > last:
        return None
    return NamedPeriod(
        start=one.start, end=other.end, period=Period(first=first, last=last), kind="range"
    )


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
        is_part = part.kind in ("month", "day", "part", "season") and first and last
        whole = year.period
        if not (is_part and first and last and whole_months(whole) == 12 and whole.first):
            continue
        if _YEAR_SAID.search(folded, part.start, part.end) and part.kind != "part":
            continue
        for moved in (0, 1):
            step = whole.first.year + moved - first.year
            begins, ends = _moved(first, first.year + step), _moved(last, last.year + step)
            if begins and ends and whole.holds(begins, ends):
                period = Period(first=begins, last=ends)
                return NamedPeriod(start=one.start, end=other.end, period=period, kind="part")
    return None


def _with_bounds(folded: str, named: NamedPeriod) -> NamedPeriod:
    """Take in what stands around it: "since", "before", 以降, まで."""
    start, end, period = named.start, named.end, named.period
    week = _WEEK_OF.search(folded, 0, start)
    if week and period.first and period.first == period.last:
        monday = period.first - timedelta(days=period.first.weekday())
        period = Period(first=monday, last=monday + timedelta(days=6))
        start = week.start()
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


def _bounded(period: Period, how: str | None, kind: PeriodKind) -> Period:
    if how == "last_day" and period.last:
        return only(period.last)
    if how == "since" and kind == "season" and period.last:  # it is over by then
        return Period(first=period.last + timedelta(days=1))
    if how == "since":
        return Period(first=period.first)
    if how == "after" and period.last:
        return Period(first=period.last + timedelta(days=1))
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
    only_day = _day_of(month, day, now, year)
    return (only_day, "day") if only_day else (month_of(year or now.year_of(month), month), "month")


def _day_of(month: int, day: int, now: Now, year: int | None = None) -> Period | None:
    """A day of a month; None where that year has none such."""
    if year is None:
        year = now.year_of(month)
        if month == now.today.month and now.direction != "near":
            is_past = day < now.today.day
            year += (now.direction == "ahead" and is_past) - (
                now.direction == "back" and day > now.today.day
            )
    try:
        return only(date(year, month, day))
    except ValueError:  # 29 February of a year without one
        return None


def _months(first: int, last: int, year: int | None, now: Now) -> Period | None:
    """Some months in a row; the year is that of the last."""
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    turns = last < first
    begins = (year - turns) if year else now.year_of(first)
    if year is None and not turns and now.direction == "back":
        begins = now.year_of(last) if last >= now.today.month else begins
        begins = min(begins, now.year_of(first))
    return month_of(begins, first, (last - first) % 12 + 1)


def _years(match: re.Match[str]) -> Period | None:
    first, last = int(match["first"]), int(match["last"])
    begins = FISCAL_YEAR_BEGINS if match["fiscal"] else 1
    return month_of(first, begins, 12 * (last - first + 1)) if first <= last else None


def _number_of(name: str) -> int:
    return next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))


def _english_months(match: re.Match[str], now: Now) -> Period | None:
    first, last = match["first"], match["last"]
    if not match["sign"] and first.lower() in ("may", "march", "mar"):
        return None
    year = int(match["year"]) if match["year"] else None
    return _months(_number_of(first), _number_of(last), year, now)


def _month(match: re.Match[str], now: Now) -> Period:
    """A month by its name alone: "for May", "last March"."""
    month = _number_of(match["month"] or match["rare"])
    before = match.string[max(0, match.start() - 5) : match.start()].lower()
    which = (match["which"] or "").lower() or ("last" if before.endswith("last ") else "")
    step = step_of(which)
    if step:
        ahead = replace(now, direction="ahead" if step > 0 else "back")
        year = ahead.year_of(month)
        return month_of(year + step * (month == now.today.month), month)
    return month_of(now.year_of(month), month)


def _season(match: re.Match[str], now: Now) -> Period | None:
    begins, which = _SEASONS[match["season"].lower()], (match["which"] or "").lower()
    if match["year"]:
        return month_of(int(match["year"]), begins, 3)
    today = now.today
    year = today.year
    is_sign = match["season"] in ("春", "夏", "秋", "冬")
    if not which and is_sign and match.start() > 0 and not match.string[match.start() - 1].isspace():
        return None  # one sign within a word
    if which.startswith(("今年", "昨年", "去年", "来年")):
        return month_of(year + step_of(which), begins, 3)
    if begins == 12 and today.month <= 2:  # this winter began last year
        year -= 1
    has_begun = begins <= today.month or year < today.year
    if which in ("this", "今", "この"):
        return month_of(year, begins, 3)
    ahead = which in ("next", "来") or (not which and now.direction == "ahead")
    if ahead:
        return month_of(year + has_begun, begins, 3)
    is_over = month_of(year, begins, 3).last
    is_past = has_begun and is_over is not None and (not which or is_over < today)
    return month_of(year - (not is_past), begins, 3)

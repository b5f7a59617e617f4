"""Which period a question names: dates, months, seasons, "last month", "since March". Pure.

English and Japanese. What has no year, or is told from now, is told from `today`; a month without a
year is the last one that began, or the next one where the question looks ahead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aspire_bot.answering.message.period import Period, month_of, whole_months
from aspire_ingest.index.text.dates import DateMention, find_dates

_FISCAL_YEAR_BEGINS = 4
"""The month: the programme's years are Japan's fiscal years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPeriod:
    """A period and where the question names it, with the words that belong to it."""

    start: int
    end: int
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    today: date
    looks_ahead: bool


_BEFORE = re.compile(
    r"(?:\b(?P<since>since|(?:starting|as) (?:from|of))|\b(?P<after>after)"
    r"|\b(?P<before>before|prior to)|\b(?P<until>until|till|up to|by)"
    r"|\b(?P<during>in|on|during|from|of|for|within|throughout|between|over|at|around)"
    r"(?: early| mid| late)?)[\s-]+"
    r"(?:the\s+)?(?:(?:beginning|start|end|first)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<since>\s?(?:onwards?|on\b(?! \w)|and later|or later)|以降|以後|から(?!の?\d)|より後)"
    r"|(?P<until>まで|以前)|(?P<before>より前|の前)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:-|~|to|and|until|till|through|から|より)\s*(?:the\s+)?(?:(?:end|beginning|start)\s+of\s+)?$",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"(?:19|20)\d{2}|年")
_IN_YEAR = re.compile(r"\s*(?:(?:of|in)\s+|の)?", re.IGNORECASE)
_PARTICLES = re.compile(r"(?:の間|中|頃|ごろ|ころ|のうち)?(?:に|で)?(?:の|は|、|も)?")

_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_RELATIVE_EN = re.compile(
    r"\b(?:(?P<day>today|yesterday|tomorrow)"
    r"|(?P<which>this|last|past|previous|next|coming|the current)\s+"
    r"(?P<span>week|month|quarter|(?:fiscal )?year|FY)"
    rf"|(?:the\s+)?(?P<way>last|past|previous|next|coming)\s+(?P<count>\d{{1,3}}|[a-z]+)\s+{_UNIT})\b",
    re.IGNORECASE,
)
_RELATIVE_JA = re.compile(
    r"(?P<day>今日|本日|昨日|明日)|(?P<span>[今先来]週|[今先来]月|今年度|昨年度|来年度|今年|昨年|去年"
    r"|来年|本年度?|前年度?|前月|翌月)(?!の?[春夏秋冬])"
    r"|(?P<way>この|ここ|過去|直近|最近の?|今後|向こう)(?P<count>\d{1,3}|[一二三半])"
    r"(?P<unit>日|週|か月|ヶ月|カ月|ヵ月|箇月|年)間?"
)
_MONTHS: tuple[str, ...] = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_EN = re.compile(
    r"(?:\b(?P<which>this|last|past|next|coming)\s+|(?<=\bfor )|(?<=\bduring )|(?<=\bafter )"
    r"|(?<=\bbefore )|(?<=\bthroughout ))"
    rf"(?P<month>{'|'.join(_MONTHS)})\b(?!,?\s+\d)",
    re.IGNORECASE,
)
_SEASON_EN = re.compile(
    r"\b(?:(?P<which>this|last|past|next)\s+)?(?P<season>spring|summer|autumn|fall|winter)\b"
    r"(?!\s+schools?)(?:(?:,|\s+of|\s+in)?\s+(?P<year>20\d{2}))?",
    re.IGNORECASE,
)
_SEASON_JA = re.compile(
    r"(?:(?P<year>20\d{2})年度?の?|(?P<which>今年|昨年|去年|来年|昨|今|来|この)の?)?"
    r"(?P<season>[春夏秋冬])(?=に|の|以降|から|は|、|頃|まで|$)"
)
_SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
    "春": 3, "夏": 6, "秋": 9, "冬": 12,
}  # fmt: skip
_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "few": 3, "couple": 2,
    "一": 1, "二": 2, "三": 3,
}  # fmt: skip
_LAST_WORDS = ("last", "past", "previous", "昨", "去", "先", "前", "過", "直", "最", "こ")
_NEXT_WORDS = ("next", "coming", "来", "翌", "今後", "向")


def find_period(folded: str, today: date, *, looks_ahead: bool = False) -> NamedPeriod | None:
    """Give the one period that a question (its widths folded) names; None for none or several."""
    now = _Now(today=today, looks_ahead=looks_ahead)
    found = _in_their_years(folded, _named(folded, now))
    if len(found) == 2 and (ends := _ends(folded, *found)):
        return replace(_with_bounds(folded, ends), period=ends.period)
    return _with_bounds(folded, found[0]) if len(found) == 1 else None


def _named(folded: str, now: _Now) -> list[NamedPeriod]:
    found: list[NamedPeriod] = []
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Now], Period | None]], ...] = (
        (_MONTH_EN, _month),
        (_SEASON_EN, _season),
        (_SEASON_JA, _season),
        (_RELATIVE_EN, _relative),
        (_RELATIVE_JA, _relative),
    )
    for pattern, read in readers:
        for match in pattern.finditer(folded):
            period = read(match, now)
            if period is not None:
                found.append(NamedPeriod(start=match.start(), end=match.end(), period=period))
    for mention in find_dates(folded):
        if not any(one.start < mention.end and mention.start < one.end for one in found):
            period = _dated(mention, now)
            found.append(NamedPeriod(start=mention.start, end=mention.end, period=period))
    return sorted(found, key=lambda one: one.start)


def _in_their_years(folded: str, found: list[NamedPeriod]) -> list[NamedPeriod]:
    """Put a month or a day and the year beside it together."""
    kept: list[NamedPeriod] = []
    for one in found:
        within = _month_in_year(folded, kept[-1], one) if kept else None
        if within is not None:
            kept[-1] = within
        else:
            kept.append(one)
    return kept


def _ends(folded: str, one: NamedPeriod, other: NamedPeriod) -> NamedPeriod | None:
    """Two that are the ends of one: "between January and March 2026"."""
    if not _BETWEEN.fullmatch(folded, one.end, other.start):
        return None
    first, last = one.period.first, other.period.last
    if first and last and first > last and not _YEAR_SAID.search(folded, one.start, one.end):
        first = first.replace(year=last.year - (first.month > last.month), day=1)
    if first is None or last is None or first > last:
        return None
    return NamedPeriod(start=one.start, end=other.end, period=Period(first=first, last=last))


def _month_in_year(folded: str, one: NamedPeriod, other: NamedPeriod) -> NamedPeriod | None:
    """A month or a day of "last year": 昨年11月, "in March this year"."""
    if not _IN_YEAR.fullmatch(folded, one.end, other.start):
        return None
    for year, part in ((one, other), (other, one)):
        first, last = part.period.first, part.period.last
        is_part = first is not None and last is not None and whole_months(part.period) in (0, 1)
        if is_part and first and last and whole_months(year.period) == 12 and year.period.first:
            moved = year.period.first.year - first.year
            try:
                period = Period(
                    first=first.replace(year=first.year + moved),
                    last=last.replace(year=last.year + moved),
                )
            except ValueError:  # 29 February
                return None
            return NamedPeriod(start=one.start, end=other.end, period=period)
    return None


def _with_bounds(folded: str, named: NamedPeriod) -> NamedPeriod:
    """Take in what stands around it: "since", "before", 以降, まで."""
    start, end, period = named.start, named.end, named.period
    before = _BEFORE.search(folded, 0, start)
    how = before.lastgroup if before else None
    if before:
        start = before.start()
    behind = _BEHIND.match(folded, end)
    if behind:
        end, how = behind.end(), behind.lastgroup
    particles = _PARTICLES.match(folded, end)
    end = particles.end() if particles else end
    return NamedPeriod(start=start, end=end, period=_bounded(period, how))


def _bounded(period: Period, how: str | None) -> Period:
    if how == "since":
        return Period(first=period.first)
    if how == "after" and period.last:
        return Period(first=period.last + timedelta(days=1))
    if how == "until":
        return Period(last=period.last)
    if how == "before" and period.first:
        return Period(last=period.first - timedelta(days=1))
    return period


def _dated(mention: DateMention, now: _Now) -> Period:
    year, month, day = mention.year, mention.month, mention.day
    if mention.is_fiscal_year and year:
        return month_of(year, _FISCAL_YEAR_BEGINS, 12)
    if month is None:
        return month_of(year or now.today.year, 1, 12)
    year = year or _year_of(month, now)
    if day is None:
        return month_of(year, month)
    try:
        only = date(year, month, day)
    except ValueError:  # 29 February of a year without one
        return month_of(year, month)
    return Period(first=only, last=only)


def _year_of(month: int, now: _Now) -> int:
    if now.looks_ahead:
        return now.today.year + (month < now.today.month)
    return now.today.year - (month > now.today.month)


def _month(match: re.Match[str], now: _Now) -> Period:
    """A month that only its preposition tells from a word: "for May", "last March"."""
    month = _MONTHS.index(match["month"].lower()) + 1
    step = _step((match["which"] or "").lower())
    if step:
        ahead = replace(now, looks_ahead=step > 0)
        year = _year_of(month, ahead)
        is_this = month == now.today.month
        return month_of(year + step * is_this, month)
    return month_of(_year_of(month, now), month)


def _season(match: re.Match[str], now: _Now) -> Period | None:
    begins, which = _SEASONS[match["season"].lower()], (match["which"] or "").lower()
    if match["year"]:
        return month_of(int(match["year"]), begins, 3)
    today = now.today
    year = today.year
    if not which and match["season"] in ("春", "夏", "秋", "冬") and match.start() > 0:
        return None  # one sign within a word
    if which.startswith(("今年", "昨年", "去年", "来年")):
        return month_of(year + _step(which), begins, 3)
    if begins == 12 and today.month <= 2:  # this winter began last year
        year -= 1
    has_begun = begins <= today.month or year < today.year
    if which in ("this", "今", "この"):
        return month_of(year, begins, 3)
    ahead = which in ("next", "来") or (not which and now.looks_ahead)
    if ahead:
        return month_of(year + has_begun, begins, 3)
    is_over = month_of(year, begins, 3).last
    is_past = has_begun and is_over is not None and (not which or is_over < today)
    return month_of(year - (not is_past), begins, 3)


def _relative(match: re.Match[str], now: _Now) -> Period | None:
    parts = match.groupdict()
    if parts["day"]:
        return _near_day(parts["day"].lower(), now.today)
    if parts["count"]:
        return _counted(parts, now.today)
    span = parts["span"].lower()
    step = _step((parts.get("which") or span).lower())
    return _whole(span, step, now.today)


def _near_day(word: str, today: date) -> Period:
    step = {"yesterday": -1, "昨日": -1, "tomorrow": 1, "明日": 1}.get(word, 0)
    day = today + timedelta(days=step)
    return Period(first=day, last=day)


def _step(word: str) -> int:
    """-1, 0 or 1: whether a word means the last, this or the next one."""
    if word.startswith(_LAST_WORDS):
        return -1
    return 1 if word.startswith(_NEXT_WORDS) else 0


def _whole(span: str, step: int, today: date) -> Period:
    """A whole week (from Monday), month, quarter, year or fiscal year."""
    if "週" in span or span == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(first=monday, last=monday + timedelta(days=6))
    if "月" in span or span == "month":
        return month_of(today.year, today.month + step)
    if span == "quarter":
        return month_of(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    if "度" in span or span.startswith(("fiscal", "fy")):
        year = today.year - (today.month < _FISCAL_YEAR_BEGINS)
        return month_of(year + step, _FISCAL_YEAR_BEGINS, 12)
    return month_of(today.year + step, 1, 12)


def _counted(parts: dict[str, str | None], today: date) -> Period | None:
    """The last or next few days, weeks, months, years, today included."""
    said, unit, way = parts["count"] or "", (parts["unit"] or "").lower(), parts["way"] or ""
    count = int(said) if said.isdecimal() else _COUNTS.get(said.lower())
    if count is None:
        return None
    days = {"d": 1, "w": 7, "m": 30.44, "y": 365.25, "日": 1, "週": 7, "年": 365.25}
    length = timedelta(days=round(count * days.get(unit[0], 30.44)))
    if way.lower() in ("next", "coming", "今後", "向こう"):
        return Period(first=today, last=today + length)
    return Period(first=today - length, last=today)

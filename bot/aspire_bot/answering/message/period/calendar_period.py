"""Periods by their names: months, seasons, quarters, days of the week, "by Christmas". Pure.

Quarters and halves are those of fiscal years, from April, but where a year stands beside them that
is not said to be one. What has no year is told from today.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from aspire_bot.answering.message.period.period import Period, month_of
from aspire_bot.answering.message.period.period_naming import (
    FISCAL_YEAR_BEGINS,
    Naming,
    Now,
    only,
    step_of,
)
from aspire_ingest.index.text.dates.date_patterns import ERA_YEAR_ZERO

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
    r"(?P<first>\d{1,2})月?\s?(?:-|・|、|から|と|か|や|または|又は|及び)\s?(?P<last>\d{1,2})"
    r"月(?!\d{1,2}日|間)(?:末)?(?:まで)?"
)
_MONTH_EN = re.compile(
    rf"(?P<which>)(?:\b(?P<month>{_SURE_MONTH})|(?:(?<=\bin )|(?<=\bfor )|(?<=\bduring )"
    r"|(?<=\bsince )"
    r"|(?<=\buntil )|(?<=\bby )|(?<=\bof )|(?<=\bthis )|(?<=\blast )|(?<=\bnext )|(?<=\bbefore )"
    r"|(?<=\bafter )|(?<=\bthroughout )|(?<=\bthen ))(?P<rare>march|mar|may))\b"
    r"(?!,?\s+\d)(?!\.?\s?\d{1,2}\b)",
    re.IGNORECASE,
)
_TOLD_MONTH_EN = re.compile(
    rf"\b(?P<which>this|last|past|next|coming)\s+(?P<month>{_ANY_MONTH})\b(?P<rare>)?"
    r"(?!,?\s+\d)(?!\.?\s?\d{1,2}\b)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(r"(?<![\d/.-])(?P<month>1[0-2]|0?[1-9])/(?P<day>[0-3]?\d)(?![\d/])")
_DAYS_OF_MONTH = re.compile(
    r"(?<![\d/.-])(?:(?P<year>20\d{2})(?:年|/))?(?P<month>1[0-2]|0?[1-9])"
    r"(?:/(?P<first>[0-3]?\d)\s?[-~]\s?(?P<last>[0-3]?\d)日?(?![\d/月~-])"
    r"|月(?P<first_ja>[0-3]?\d)\s?[-~・]\s?(?P<last_ja>[0-3]?\d)日)"
)
_SEASON_EN = re.compile(
    r"\b(?:(?P<which>this|last|past|next)\s+)?(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\b"
    r"(?!\s+schools?|\s+interns?)(?:(?:,|\s+of|\s+in)?\s+(?P<year>20\d{2}))?",
    re.IGNORECASE,
)
_SEASON_JA = re.compile(
    r"(?:(?P<year>20\d{2})年度?の?|(?P<which>今年|昨年|去年|来年|昨|今|来|この)の?)?"
    r"(?P<season>[春夏秋冬])(?:(?=に|の|以降|から|は|、|頃|まで|\(|$)|(?<=[来昨今].))"
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
_QUARTER = re.compile(
    r"\b(?:(?P<which>this|last|next)\s+(?:(?:fiscal )?year's\s+)?)?"
    r"(?:(?:the )?(?P<nth>first|second|third|fourth|last(?= \w+ of)|1st|2nd|3rd|4th)\s+"
    r"(?P<part>quarter|half)(?! of (?:[a-z]+uary|march|april|may|june|july|august|[a-z]+ber)\b)"
    r"|(?P<short>[qh][1-4]|quarter [1-4])"
    r"|(?P<behind>[1-4]q|[12]h(?=\s*(?:of\s+)?(?:fy\s?)?20\d{2})))\b"
    r"(?:[\s,]*(?:of\s+)?(?:the\s+)?(?:(?P<rel>this|last|next|current)\s+)?"
    r"(?P<fiscal>fiscal(?: year)?|fy)?\s*'?(?P<year>20\d{2}|(?<=fy)\d{2})?(?:\s*(?P<unit>year))?)?"
    r"|(?:第\s?(?P<ja>[1-4一二三四])\s?四半期|(?P<half>上半期|下半期|上期|下期|前期|後期|(?<=[年度の])[前後]半))",
    re.IGNORECASE,
)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
        "last": 0, "一": 1, "二": 2, "三": 3, "四": 4}  # fmt: skip
_HALVES = {
    "上半期": 1,
    "上期": 1,
    "前期": 1,
    "前半": 1,
    "下半期": 2,
    "下期": 2,
    "後期": 2,
    "後半": 2,
}
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
             "月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>this|last|next)\s+)?(?P<en>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)"
    r"|mon|tue|wed|thu|fri)\b|(?P<week>(?:今|先|来|再来|先々)週の?)?(?P<ja>[月火水木金土日])曜日?"
    r"|(?P<week_only>(?:今|先|来|再来|先々)週の?)(?P<ja_short>[月火水木金土日])(?=まで|に|の|〆)",
    re.IGNORECASE,
)
_WEEKDAY_EN = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_WEEKDAYS_EN = re.compile(
    rf"\b(?P<first>{_WEEKDAY_EN})\s*(?:-|to|through|thru|until|till)\s*(?P<last>{_WEEKDAY_EN})\s+"
    r"(?:of\s+)?(?P<which>this|last|next)\s+week\b",
    re.IGNORECASE,
)
_WEEKDAYS_JA = re.compile(
    r"(?P<which>今|先|来|再来|先々)週の?(?P<first>[月火水木金土日])曜?日?(?:から|-|~)"
    r"(?P<last>[月火水木金土日])曜?日?(?:まで)?"
)
_NAMED_DAY = re.compile(
    r"\b(?P<en>christmas|xmas|(?:the )?end of (?:the|this) (?:fiscal year|year|month)|year[- ]end"
    r"|(?:the )?(?:start|beginning) of (?:the|this) (?:fiscal year|year|month)"
    r"|(?:(?:this|last|next|the) )?weekend|new year'?s?(?: eve| day)?|the new year)\b"
    r"|(?P<ja>クリスマス|年末|年明け|正月|元日|大晦日|年度末|年度初め|年初|(?<!\d)月末|(?:今|先|来|再来)?週末|週明け)",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(
    r"(?:\b(?:on|since|until|by|from|of|before|after)\s+)?\bthe\s+(?P<en>[0-3]?\d)(?:st|nd|rd|th)\b"
    r"|(?<![\d月/])(?P<ja>[0-3]?\d)日(?!間|目|以内|前|後|程|本|米)",
    re.IGNORECASE,
)


def _quarter(match: re.Match[str], now: Now) -> Period | None:
    """A quarter or a half of a year, by its number."""
    parts = match.groupdict()
    short = (parts["short"] or "").lower() or (parts["behind"] or "")[::-1].lower()
    if parts["half"]:
        number, months = _HALVES[parts["half"]], 6
    elif parts["ja"]:
        number, months = _NTH.get(parts["ja"]) or int(parts["ja"]), 3
    elif short:
        number, months = int(short[-1]), 6 if short[0] == "h" else 3
    else:
        months = 6 if (parts["part"] or "").lower() == "half" else 3
        number = _NTH[(parts["nth"] or "").lower()] or 12 // months
    if number * months > 12:
        return None
    begins, year = FISCAL_YEAR_BEGINS, now.fiscal_year + step_of((parts["which"] or "").lower())
    year += step_of((parts["rel"] or "").lower())
    if parts["year"]:
        said = int(parts["year"])
        year = said + (2000 if said < 100 else 0)
        begins = FISCAL_YEAR_BEGINS if parts["fiscal"] else 1
    return month_of(year, begins + (number - 1) * months, months)


def _weekday(match: re.Match[str], now: Now) -> Period | None:
    """A day of the week: the next one, or the last where what is past is asked for."""
    said = match["en"] or match["ja"] or match["ja_short"]
    wanted = _WEEKDAYS[said[:3].lower() if match["en"] else said]
    week = match["week"] or match["week_only"] or ""
    today = now.today
    if week:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step_of(week))
        return only(monday + timedelta(days=wanted))
    which = (match["which"] or "").lower()
    ahead = (wanted - today.weekday()) % 7
    if which == "last" or (now.direction == "back" and not which):
        return only(today - timedelta(days=(today.weekday() - wanted) % 7 or 7))
    return only(today + timedelta(days=ahead or 7 * (which == "next")))


def _weekdays(match: re.Match[str], now: Now) -> Period | None:
    """From one day of a week to another: "Monday through Friday of last week"."""
    monday = now.today - timedelta(days=now.today.weekday())
    monday += timedelta(weeks=step_of(match["which"].lower()))
    ends = [_WEEKDAYS[match[name][:3].lower()] for name in ("first", "last")]
    if ends[0] > ends[1]:
        return None
    return Period(first=monday + timedelta(days=ends[0]), last=monday + timedelta(days=ends[1]))


def _named_day(match: re.Match[str], now: Now) -> Period | None:
    """A day that has a name, or the first or last of a month or a year; a weekend."""
    said, today = (match["en"] or match["ja"]).lower(), now.today
    if "weekend" in said or "週末" in said:
        saturday = today + timedelta(days=5 - today.weekday() + 7 * step_of(said))
        return Period(first=saturday, last=saturday + timedelta(days=1))
    if said == "週明け":
        return only(today + timedelta(days=7 - today.weekday()))
    if said in ("christmas", "xmas", "クリスマス"):
        return only(date(now.year_of(12), 12, 25))
    if said in ("the new year", "年明け"):  # the days after New Year's Day, too
        return month_of(today.year + (today.month > 1), 1)
    if "new year" in said or said in ("正月", "元日"):
        return only(date(today.year, 12, 31) if "eve" in said else date(today.year + 1, 1, 1))
    is_begin = any(word in said for word in ("start", "beginning", "初"))
    whole = _whole_around(said, now, is_ahead=is_begin and now.direction == "ahead")
    day = whole.first if is_begin else whole.last
    return None if day is None else only(day)


def _whole_around(said: str, now: Now, *, is_ahead: bool) -> Period:
    """The month, the year or the fiscal year that a name is the beginning or the end of."""
    today = now.today
    if "年度" in said or "fiscal" in said:
        return month_of(now.fiscal_year + is_ahead, FISCAL_YEAR_BEGINS, 12)
    if "月" in said or "month" in said:
        return month_of(today.year, today.month)
    return month_of(today.year + is_ahead, 1, 12)


def _bare_day(match: re.Match[str], now: Now) -> Period | None:
    """A day whose month is not said: "the 18th"."""
    day, today = int(match["en"] or match["ja"]), now.today
    step = 0 if now.direction == "near" else 1 if now.direction == "ahead" else -1
    for months in (0, step):
        month = month_of(today.year, today.month + months)
        if month.first is None or month.last is None or not 1 <= day <= month.last.day:
            continue
        found = month.first.replace(day=day)
        if step == 0 or (found - today).days * step >= 0:
            return only(found)
    return None


def day_of(month: int, day: int, now: Now, year: int | None = None) -> Period | None:
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


def _years(match: re.Match[str], now: Now) -> Period | None:
    del now
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
    if (
        not which
        and is_sign
        and match.start() > 0
        and not match.string[match.start() - 1].isspace()
    ):
        return None  # one sign within a word
    if which.startswith(("今年", "昨", "去年", "来年")):
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


def _month_day(match: re.Match[str], now: Now) -> Period | None:
    return day_of(int(match["month"]), int(match["day"]), now)


def _days_of_month(match: re.Match[str], now: Now) -> Period | None:
    """Some days of one month: 12/5-9, 12月5-9日."""
    year = int(match["year"]) if match["year"] else None
    first, last = int(match["first"] or match["first_ja"]), int(match["last"] or match["last_ja"])
    # Days that today is among are of this year: their last is ahead, and their first behind.
    telling = day_of(int(match["month"]), last if now.direction == "ahead" else first, now, year)
    if first > last or telling is None or telling.first is None:
        return None
    try:
        return Period(first=telling.first.replace(day=first), last=telling.first.replace(day=last))
    except ValueError:  # 30 February
        return None


def _japanese_months(match: re.Match[str], now: Now) -> Period | None:
    return _months(int(match["first"]), int(match["last"]), None, now)


def _era_year(match: re.Match[str], now: Now) -> Period | None:
    del now
    return month_of(ERA_YEAR_ZERO["令和"] + int(match["year"]), 1, 12)


BEFORE_DATES: tuple[Naming, ...] = (
    ("range", _FISCAL_YEARS_EN, _years),
    ("year", _ERA_EN, _era_year),
    ("part", _DAYS_OF_MONTH, _days_of_month),
    ("part", _MONTHS_JA, _japanese_months),
    ("part", _MONTHS_EN, _english_months),
    ("month", _TOLD_MONTH_EN, _month),
    ("season", _SEASON_EN, _season),
    ("season", _SEASON_JA, _season),
    ("range", _WEEKDAYS_EN, _weekdays),
    ("range", _WEEKDAYS_JA, _weekdays),
    ("relative", _WEEKDAY, _weekday),
    ("fiscal part", _QUARTER, _quarter),
)
AFTER_DATES: tuple[Naming, ...] = (
    ("relative", _NAMED_DAY, _named_day),
    ("month", _MONTH_EN, _month),
    ("day", _MONTH_DAY, _month_day),
    ("day", _BARE_DAY, _bare_day),
)
"""The same of what may be a piece of a date."""

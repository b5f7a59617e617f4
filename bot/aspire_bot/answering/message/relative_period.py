"""Periods told from now, or by their place in a year: "last quarter", 上半期, "next 30 days". Pure.

Quarters and halves are those of fiscal years, from April, but where a year stands beside them that
is not said to be one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from aspire_bot.answering.message.period import Period, month_of

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


_NEAR_MONTHS = 4
_LAST_WORDS = ("last", "past", "previous", "昨", "去", "先", "前", "過", "直", "最")
_NEXT_WORDS = ("next", "coming", "following", "来", "翌", "今後", "向", "再来")
_TWICE = ("一昨", "再来", "先々", "再来")

_ROLLING = ("past", "coming")
"""Words for a stretch that ends or begins today: "the past year" is not last year."""
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "few": 3, "couple": 2, "couple of": 2,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10, "半": 0,
}  # fmt: skip
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|yrs?|decades?)"
_LAST = "last|past|previous|preceding"
_NEXT = "next|coming|following"
_SPAN_EN = r"week|month|quarter|(?:fiscal|financial|calendar) (?:year|yr)|year|yr|fy|decade"
_NUMBER = (
    r"\d{1,3}|(?:a )?couple of|(?:a )?few|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
)
_RELATIVE_EN = re.compile(
    r"\b(?:(?P<day>today|yesterday|tomorrow|(?:the )?day (?:before yesterday|after tomorrow))"
    rf"|(?P<which>this|{_LAST}|{_NEXT}|the current|current|(?:the )?rest of (?:this|the))\s+"
    rf"(?P<span>{_SPAN_EN})"
    rf"|(?:the\s+)?(?P<way>{_LAST}|{_NEXT}|within|in)\s+(?:the\s+)?(?:(?:{_NEXT})\s+)?"
    rf"(?P<count>{_NUMBER})\s+{_UNIT}"
    rf"|(?P<ago>{_NUMBER})\s+(?P<ago_unit>weeks?|months?|years?)\s+ago)(?:'?s)?\b",
    re.IGNORECASE,
)
_KANA = {"きょう": "今日", "きのう": "昨日", "あした": "明日", "あす": "明日", "こんげつ": "今月",
         "コンゲツ": "今月", "らいげつ": "来月", "せんげつ": "先月", "こんしゅう": "今週",
         "らいしゅう": "来週", "せんしゅう": "先週", "ことし": "今年", "きょねん": "去年",
         "らいねん": "来年"}  # fmt: skip
_RELATIVE_JA = re.compile(
    r"(?P<day>今日|本日|当日|昨日|前日|明日|翌日|一昨日|おととい|明後日|あさって|きょう|きのう|あした|あす)"
    r"|(?P<span>先々[週月]|再来[週月]|[今先来翌前]週|[今先来翌前本当]月|今年度|[一]?昨年度|再来年度|来年度|翌年度"
    r"|本年度?|前年度?|一昨年|おととし|今年|昨年|去年|来年|再来年|翌年|前四半期|今四半期|来四半期"
    r"|年内|年度内|[こらせ]んげつ|らいげつ|コンゲツ|[こせ]んしゅう|らいしゅう|ことし|きょねん|らいねん)(?!の?[春夏秋冬])"
    r"|(?P<way>この|ここ|過去|直近の?|最近の?|今後|向こう|これから|あと|次の)(?P<count>\d{1,3}|[一二三四五六十半])"
    r"(?P<unit>日|週|か月|ヶ月|カ月|ヵ月|ケ月|箇月|年)(?!度)(?:間|以内)?"
    r"|(?P<bare>半年|一年|1年|\d{1,2}(?:か月|ヶ月|カ月|ヵ月|年))(?P<back>前)"
)
_QUARTER = re.compile(
    r"\b(?:(?P<which>this|last|next)\s+(?:(?:fiscal )?year's\s+)?)?"
    r"(?:(?:the )?(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+"
    r"(?P<part>quarter|half)|(?P<short>[qh][1-4])|(?P<behind>[1-4]q))\b"
    r"(?:[\s,]*(?:of\s+)?(?:the\s+)?(?:(?P<rel>this|last|next|current)\s+)?"
    r"(?P<fiscal>fiscal(?: year)?|fy)?\s*'?(?P<year>20\d{2}|(?<=fy)\d{2})?(?:\s*(?P<unit>year))?)?"
    r"|(?:第\s?(?P<ja>[1-4一二三四])\s?四半期|(?P<half>上半期|下半期|上期|下期|前期|後期))",
    re.IGNORECASE,
)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
        "last": 0, "一": 1, "二": 2, "三": 3, "四": 4}  # fmt: skip
_HALVES = {"上半期": 1, "上期": 1, "前期": 1, "下半期": 2, "下期": 2, "後期": 2}
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
             "月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>this|last|next)\s+)?(?P<en>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)"
    r"|mon|tue|wed|thu|fri)\b|(?P<week>(?:今|先|来|再来|先々)週の?)?(?P<ja>[月火水木金土日])曜日?"
    r"|(?P<week_only>(?:今|先|来|再来|先々)週の?)(?P<ja_short>[月火水木金土日])(?=まで|に|の|〆)",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"\b(?P<en>christmas|xmas|new year'?s?(?: eve| day)?|the new year)\b"
    r"|(?P<ja>クリスマス|年末|年明け|正月|元日|大晦日|年度末|年度初め|(?<!\d)月末|今月末|来月末|週末|今週末)",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(
    r"(?:\b(?:on|since|until|by|from|of|before|after)\s+)?\bthe\s+(?P<en>[0-3]?\d)(?:st|nd|rd|th)\b"
    r"|(?<![\d月/])(?P<ja>[0-3]?\d)日(?!間|目|以内|前|後|程|本|米)",
    re.IGNORECASE,
)
_NEAREST = re.compile(
    r"\b(?P<latest>latest|newest|most recent)\b"
    r"|\b(?P<recent>recent(?:ly)?|lately|(?:has|have|that|ones?) just|just (?:closed|opened|out|came)"
    r"|past few (?:weeks|months))\b"
    r"|\b(?P<ahead>upcoming|coming up|ahead|next (?:one|event|deadline|meeting|seminar|workshop)s?"
    r"|when'?s the next|from now on|in (?:the )?future)\b"
    r"|(?P<latest_ja>最新|一番新しい|いちばん新しい)|(?P<recent_ja>最近|このところ|ここのところ)"
    r"|(?P<ahead_ja>今後|これから|今度|次回|近日|近々|近いうち|この先)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?P<en>right now|now|currently|at the moment|at present|atm|presently|as we speak"
    r"|these days|as of today)\b|(?P<ja>現在|今すぐ|今(?!の?[週月年日度後回期春夏秋冬])|いま(?!す|せ|し))",
    re.IGNORECASE,
)

Reader = Callable[[re.Match[str], Now], Period | None]


def _relative(match: re.Match[str], now: Now) -> Period | None:
    parts = match.groupdict()
    if parts["day"]:
        return _near_day(parts["day"].lower(), now.today)
    if parts.get("ago") or parts.get("back"):
        return _ago(parts, now.today)
    if parts["count"]:
        return _counted(parts, now.today)
    span = _KANA.get(parts["span"], parts["span"]).lower()
    which = (parts.get("which") or span).lower()
    if "rest" in which or span in ("年内", "年度内"):
        whole = _whole("年度" if span == "年度内" else span, 0, now.today)
        return Period(first=now.today, last=whole.last)
    if which in _ROLLING and (end := _length("1", span.split()[-1], now.today, step_of(which))):
        first, last = sorted((now.today, end))
        return Period(first=first, last=last)
    return _whole(span, step_of(which), now.today)


def _near_day(word: str, today: date) -> Period:
    word = _KANA.get(word, word)
    steps = {"yesterday": -1, "昨日": -1, "前日": -1, "tomorrow": 1, "明日": 1, "翌日": 1,
             "一昨日": -2, "おととい": -2, "明後日": 2, "あさって": 2}  # fmt: skip
    step = -2 if "before" in word else 2 if "after" in word else steps.get(word, 0)
    return only(today + timedelta(days=step))


def only(day: date) -> Period:
    """Give one day."""
    return Period(first=day, last=day)


def step_of(word: str) -> int:
    """How many weeks, months or years on a word leads: -1 for the last one, 0 for this one."""
    times = 2 if word.startswith(_TWICE) or word in ("おととし",) else 1
    if word.startswith(("一昨", "おととし", *_LAST_WORDS)):
        return -times
    return times if word.startswith(_NEXT_WORDS) else 0


def _whole(span: str, step: int, today: date) -> Period:
    """A whole week (from Monday), month, quarter, year or fiscal year."""
    if "週" in span or span == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(first=monday, last=monday + timedelta(days=6))
    if "月" in span or span == "month":
        return month_of(today.year, today.month + step)
    if "四半期" in span or span == "quarter":
        return month_of(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    if "度" in span or span.startswith(("fiscal", "financial", "fy")):
        year = today.year - (today.month < FISCAL_YEAR_BEGINS)
        return month_of(year + step, FISCAL_YEAR_BEGINS, 12)
    if span == "decade":
        return Period(first=months_on(today, 120 * step), last=today)
    return month_of(today.year + step, 1, 12)


def months_on(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    first = month_of(day.year, day.month + months)
    assert first.first is not None and first.last is not None
    return first.first.replace(day=min(day.day, first.last.day))


def _length(said: str, unit: str, today: date, sign: int) -> date | None:
    count = int(said) if said.isdecimal() else _COUNTS.get(said.lower().removeprefix("a ").removesuffix(" of"))
    if count is None:
        return None
    if unit.startswith(("d", "日")) and not unit.startswith("decade"):
        return today + timedelta(days=sign * count)
    if unit.startswith(("w", "週")):
        return today + timedelta(weeks=sign * count)
    months = {"y": 12, "年": 12, "m": 1}.get(unit[0], 1)
    months = 120 if unit.startswith("decade") else months
    if said == "半":
        return months_on(today, sign * 6 * months // 12) if months == 12 else None
    return months_on(today, sign * count * months)


def _counted(parts: dict[str, str | None], today: date) -> Period | None:
    """The last or next few days, weeks, months, years, today included."""
    said, unit, way = parts["count"] or "", (parts["unit"] or "").lower(), parts["way"] or ""
    is_next = way.lower() in ("next", "coming", "following", "within", "in") or way.startswith(
        ("今後", "向こう", "これから", "あと", "次")
    )
    if way.lower() == "in" and not said.isdecimal() and said.lower() not in _COUNTS:
        return None
    end = _length(said, unit, today, 1 if is_next else -1)
    if end is None:
        return None
    return Period(first=today, last=end) if is_next else Period(first=end, last=today)


def _ago(parts: dict[str, str | None], today: date) -> Period | None:
    """Since so long ago."""
    if parts.get("ago"):
        said, unit = parts["ago"] or "", parts["ago_unit"] or ""
    else:
        bare = parts["bare"] or ""
        said, unit = (bare[0], "年") if bare[0] in "半一" else re.match(r"(\d+)(.*)", bare).groups()  # pyright: ignore[reportOptionalMemberAccess]
    end = _length(said, unit, today, -1)
    return None if end is None else Period(first=end, last=today)


def _quarter(match: re.Match[str], now: Now) -> Period | None:
    """A quarter or a half of a year, by its number."""
    parts = match.groupdict()
    short = (parts["short"] or "").lower() or (parts["behind"] or "")[::-1].lower()
    if parts["half"]:
        number, months = _HALVES[parts["half"]], 6
    elif parts["ja"]:
        number, months = _NTH.get(parts["ja"]) or int(parts["ja"]), 3
    elif short:
        number, months = int(short[1]), 6 if short[0] == "h" else 3
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


def _named_day(match: re.Match[str], now: Now) -> Period | None:
    """A day that has a name, or the end of a week, a month or a year."""
    said, today = (match["en"] or match["ja"]).lower(), now.today
    if said in ("christmas", "xmas", "クリスマス"):
        return only(date(now.year_of(12), 12, 25))
    if said.startswith(("new year", "the new year")) and "eve" not in said:
        return only(date(today.year + 1, 1, 1))
    if said in ("年明け", "正月", "元日"):
        return only(date(today.year + 1, 1, 1))
    if said in ("年末", "大晦日") or "eve" in said:
        return only(date(today.year, 12, 31))
    if said.startswith("年度"):
        whole = month_of(now.fiscal_year + ("初" in said), FISCAL_YEAR_BEGINS, 12)
        return only((whole.first if "初" in said else whole.last) or today)
    if "週末" in said:
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return Period(first=saturday, last=saturday + timedelta(days=1))
    return only(month_of(today.year, today.month + (said == "来月末")).last or today)


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


def _nearest(match: re.Match[str], now: Now) -> Period | None:
    """What is to come, or was of late: a year on, a year back for the latest, three months."""
    parts = match.groupdict()
    if parts["ahead"] or parts["ahead_ja"]:
        return Period(first=now.today, last=months_on(now.today, 12))
    months = 12 if parts["latest"] or parts["latest_ja"] else 3
    return Period(first=months_on(now.today, -months), last=now.today)


def _now(match: re.Match[str], now: Now) -> Period | None:
    del match
    return only(now.today)


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_WEEKDAY, _weekday),
    (_QUARTER, _quarter),
    (_RELATIVE_EN, _relative),
    (_RELATIVE_JA, _relative),
    (_NAMED_DAY, _named_day),
)
"""How a period is named that is told from now or has a place in a year."""
LATE_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_BARE_DAY, _bare_day),
    (_NEAREST, _nearest),
    (_NOW, _now),
)
"""The same of what is a period only where nothing else is said in its place."""

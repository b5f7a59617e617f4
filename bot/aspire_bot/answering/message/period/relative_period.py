"""Periods told from now: "last quarter", 今月, "next 30 days", "upcoming". Pure."""

import re
from dataclasses import replace
from datetime import date, timedelta

from aspire_bot.answering.message.period.period import Period, month_of
from aspire_bot.answering.message.period.period_naming import (
    FISCAL_YEAR_BEGINS,
    Naming,
    Now,
    months_on,
    only,
    step_of,
)

_ROLLING = ("past", "coming")
"""Words for a stretch that ends or begins today: "the past year" is not last year."""
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "few": 3, "couple": 2, "couple of": 2,
    "一": 1, "二": 2, "三": 3, "数": 3, "四": 4, "五": 5, "六": 6, "十": 10, "半": 0,
}  # fmt: skip
_UNIT = (
    r"(?P<unit>days?|fortnights?|weeks?|months?|quarters?|years?|yrs?"
    r"|(?:fiscal|financial) years?|decades?)"
)
_LAST = "last|past|previous|preceding"
_NEXT = "next|coming|following"
_SPAN_EN = (
    r"week|month|quarter|(?:fiscal|financial|calendar) (?:year|yr)|year|yr|fy|decade|fortnight"
)
_NUMBER = (
    r"\d{1,3}|(?:a )?couple of|(?:a )?few|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve"
)
_RELATIVE_EN = re.compile(
    r"\b(?:(?P<day>today|tonight|yesterday|tomorrow"
    r"|(?:the )?day (?:before yesterday|after tomorrow))"
    rf"|(?P<which>this|{_LAST}|{_NEXT}|the current|current|(?:the )?rest of (?:this|the)"
    r"|(?:later|earlier)(?: on)?(?: in)? (?:this|the))\s+"
    rf"(?P<span>{_SPAN_EN})(?!\s+of\s+(?!this|last|next|the\s+(?:fiscal\s+)?year))"
    rf"|(?:the\s+)?(?P<way>{_LAST}|{_NEXT}|within|in)\s+(?:the\s+)?(?:(?:{_NEXT})\s+)?"
    rf"(?P<count>{_NUMBER})\s+{_UNIT}"
    rf"|(?P<ago>{_NUMBER})\s+(?P<ago_unit>days?|fortnights?|weeks?|months?|years?)\s+"
    r"(?P<away>ago|from now|from today))(?:'?s)?\b",
    re.IGNORECASE,
)
_TWO_ON = re.compile(
    r"\b(?:the\s+)?(?P<span>week|month|quarter|(?:fiscal|financial) year|year|fy)\s+"
    r"(?P<which>after next|before last)(?:'s)?\b",
    re.IGNORECASE,
)
_BEFORE_ITS_END = re.compile(
    r"\b(?:before|until|till|by the time)\s+(?:the|this)\s+"
    r"(?P<span>(?:fiscal |financial )?year|quarter|month|week)\s+"
    r"(?:ends|closes|finishes|runs out|is (?:over|out))\b"
    r"|(?<![\d一-龠々])(?P<ja>[今本]?年度|今?[年月週])が(?:変わる|替わる|かわる|終わる|おわる|明ける)"
    r"(?:前|まで)",
    re.IGNORECASE,
)
_KANA = {"きょう": "今日", "きのう": "昨日", "あした": "明日", "あす": "明日", "こんげつ": "今月",
         "コンゲツ": "今月", "らいげつ": "来月", "せんげつ": "先月", "こんしゅう": "今週",
         "らいしゅう": "来週", "せんしゅう": "先週", "ことし": "今年", "きょねん": "去年",
         "らいねん": "来年"}  # fmt: skip
_RELATIVE_JA = re.compile(
    r"(?P<day>今日|本日|当日|昨日|前日|明日|翌日|一昨日|おととい|明後日|あさって|きょう|きのう|あした|あす)"
    r"|(?P<span>先々[週月]|再来[週月](?!末)|[今先来翌前]週(?!末)|[今先来翌前本当]月|今年度|[一]?昨年度|再来年度|来年度|翌年度"
    r"|本年度?|前年度?|一昨年|おととし|今年|昨年|去年|来年|再来年|翌年|直近四半期|前四半期|今四半期|来四半期"
    r"|年内|年度内|[こらせ]んげつ|らいげつ|コンゲツ|[こせ]んしゅう|らいしゅう|ことし|きょねん|らいねん)(?!の?[春夏秋冬])"
    r"|(?P<way>この|ここ|過去|直近の?|最近の?|今後|向こう|これから|あと|次の)(?P<count>\d{1,3}|[一二三四五六十半数])"
    r"(?P<unit>日|週|か月|ヶ月|カ月|ヵ月|ケ月|箇月|年)(?!度)(?:間|以内)?"
    r"|(?<![\d一二三四五六七八九十])(?P<bare>半年|半月|(?:\d{1,2}|[一二三四五六七八九十])"
    r"(?:日|週間|か月|ヶ月|カ月|ヵ月|ケ月|箇月|年)(?!度))(?P<back>前|後)(?![半期])"
)
_WITHIN_JA = re.compile(
    r"(?<!\d)(?P<count>\d{1,3}|[一二三四五六数])"
    r"(?P<unit>日|週|か月|ヶ月|カ月|ヵ月|ケ月|箇月|年)間?以内"
)
_COUNT = re.compile(r"\d+|.")
_SINCE_THEN = re.compile(
    r"\s?(?:くらい|ぐらい|頃|ごろ)?(?:から|以降|以来)|\s+(?:to|until|till) (?:now|today|date)\b"
    r"|\s+onwards?\b",
    re.IGNORECASE,
)
_UNTIL_THEN = re.compile(r"(?:くらい|ぐらい|頃|ごろ)?(?:まで|以内)")
_TO_DATE = re.compile(r"\b(?:year to date|ytd)\b", re.IGNORECASE)
_NEAREST = re.compile(
    r"\b(?P<latest>latest|newest|most recent)\b"
    r"|\b(?P<recent>recent(?:ly)?|lately|(?:has|have|that|ones?) just"
    r"|just (?:closed|opened|out|came)"
    r"|past few (?:weeks|months))\b"
    r"|\b(?P<ahead>upcoming|coming up|ahead|next (?:one|event|deadline|meeting|seminar|workshop)s?"
    r"|when'?s the next|from now on|in (?:the )?future)\b"
    r"|(?P<latest_ja>最新|一番新しい|いちばん新しい)|(?P<recent_ja>最近|このところ|ここのところ)"
    r"|(?P<ahead_ja>今後|これから|今度|次回|近日|近々|近いうち|この先)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?P<en>right now|now|currently|at the moment|at present|atm|presently|as we speak"
    r"|these days|as of today)\b"
    r"|(?P<ja>現在|今すぐ|今(?!の?[週月年日度後回期春夏秋冬])|いま(?!す|せ|し))",
    re.IGNORECASE,
)


def _relative(match: re.Match[str], now: Now) -> Period | None:
    parts = match.groupdict()
    if parts["day"]:
        return _near_day(parts["day"].lower(), now.today)
    if parts.get("ago") or parts.get("back"):
        return _away(match, now.today)
    if parts["count"]:
        return _counted(parts, now.today)
    span = _KANA.get(parts["span"], parts["span"]).lower()
    which = (parts.get("which") or span).lower()
    if "rest" in which or which.startswith(("later", "earlier")) or span in ("年内", "年度内"):
        whole = _whole("年度" if span == "年度内" else span, 0, now.today)
        is_past = which.startswith("earlier")
        return replace(whole, last=now.today) if is_past else replace(whole, first=now.today)
    is_rolling = which in _ROLLING or span == "fortnight"
    if is_rolling and (end := _length("1", span.split()[-1], now.today, step_of(which))):
        first, last = sorted((now.today, end))
        return Period(first=first, last=last)
    return _whole(span, step_of(which), now.today)


def _two_on(match: re.Match[str], now: Now) -> Period | None:
    step = 2 if match["which"].lower() == "after next" else -2
    return _whole(match["span"].lower(), step, now.today)


def _before_its_end(match: re.Match[str], now: Now) -> Period | None:
    """What is left of a year, a month or a week: "before the fiscal year ends"."""
    whole = _whole((match["span"] or match["ja"]).lower(), 0, now.today)
    return Period(first=now.today, last=whole.last)


def _within(match: re.Match[str], now: Now) -> Period | None:
    end = _length(match["count"], match["unit"], now.today, 1)
    return None if end is None else Period(first=now.today, last=end)


def _to_date(match: re.Match[str], now: Now) -> Period | None:
    del match
    return Period(first=date(now.today.year, 1, 1), last=now.today)


def _near_day(word: str, today: date) -> Period:
    word = _KANA.get(word, word)
    steps = {"yesterday": -1, "昨日": -1, "前日": -1, "tomorrow": 1, "明日": 1, "翌日": 1,
             "一昨日": -2, "おととい": -2, "明後日": 2, "あさって": 2}  # fmt: skip
    step = -2 if "before" in word else 2 if "after" in word else steps.get(word, 0)
    return only(today + timedelta(days=step))


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


def _length(said: str, unit: str, today: date, sign: int) -> date | None:
    count = (
        int(said)
        if said.isdecimal()
        else _COUNTS.get(said.lower().removeprefix("a ").removesuffix(" of"))
    )
    if count is None:
        return None
    if unit.startswith(("d", "日")) and not unit.startswith("decade"):
        return today + timedelta(days=sign * count)
    if unit.startswith(("w", "週")):
        return today + timedelta(weeks=sign * count)
    if unit.startswith("fortnight"):
        return today + timedelta(weeks=2 * sign * count)
    months = {"y": 12, "年": 12, "f": 12, "q": 3, "d": 120}.get(unit[0], 1)
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
    if unit.startswith(("fiscal", "financial")):  # whole ones, beside this one
        years = abs(round((end - today).days / 365))
        fiscal = today.year - (today.month < FISCAL_YEAR_BEGINS)
        first = fiscal + 1 if is_next else fiscal - years
        return month_of(first, FISCAL_YEAR_BEGINS, 12 * years)
    return Period(first=today, last=end) if is_next else Period(first=end, last=today)


def _away(match: re.Match[str], today: date) -> Period | None:
    """The day, week, month or year so long ago, or from now; or all since then, or until then."""
    parts = match.groupdict()
    if parts.get("ago"):
        said, unit, way = parts["ago"] or "", parts["ago_unit"] or "", parts["away"] or ""
    else:
        bare, way = parts["bare"] or "", parts["back"] or ""
        counted = _COUNT.match(bare)
        said = counted.group() if counted else ""
        unit = bare.removeprefix(said)
    is_back = way in ("ago", "前")
    then = _length(said, unit.lower(), today, -1 if is_back else 1)
    if then is None:
        return None
    if is_back and (_SINCE_THEN.match(match.string, match.end()) or _led_by_since(match)):
        return Period(first=then, last=today)
    if not is_back and _UNTIL_THEN.match(match.string, match.end()):
        return Period(first=today, last=then)
    if unit.lower().startswith(("day", "日", "fort")) or said == "半":
        return only(then)
    if unit.lower().startswith(("w", "週")):
        return _whole("week", 0, then)
    return _whole("year" if unit.lower().startswith(("y", "年")) else "month", 0, then)


def _led_by_since(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    return before.rstrip().endswith(("since", "from", "as of", "since about", "since around"))


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


RELATIVE: tuple[Naming, ...] = (
    ("relative", _TWO_ON, _two_on),
    ("relative", _BEFORE_ITS_END, _before_its_end),
    ("relative", _RELATIVE_EN, _relative),
    ("relative", _RELATIVE_JA, _relative),
    ("relative", _WITHIN_JA, _within),
    ("relative", _TO_DATE, _to_date),
)
NEAREST: tuple[Naming, ...] = (("nearest", _NEAREST, _nearest), ("now", _NOW, _now))
"""The same of what is a period only where nothing else is said in its place."""

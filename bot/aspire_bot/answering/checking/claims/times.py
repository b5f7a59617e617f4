"""Times as they are said: halves of a year or an hour, times of day in words. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_ingest.index.text.numerals import japanese_number
from aspire_ingest.index.text.units import WORD_NUMBERS

_HALF = Decimal("0.5")
_ONES = "|".join(tuple(WORD_NUMBERS)[:12])
_UNITS_JA = {
    "年": "year", "か月": "month", "ヶ月": "month", "ヵ月": "month", "カ月": "month",
    "週間": "week", "日": "day", "時間": "hour",
}  # fmt: skip
_UNIT_EN = r"(?P<unit>year|month|week|day|hour)s?"
_HALVED = re.compile(
    rf"(?<![\w.,])(?:(?P<whole>\d{{1,3}}|an?|{_ONES}) and a half[ -]{_UNIT_EN}"
    rf"|(?P<wholes>\d{{1,3}}|an?|{_ONES}) {_UNIT_EN.replace('unit', 'of')} and a half"
    rf"|half(?: an?|-an?-|-| of an?)? ?{_UNIT_EN.replace('unit', 'half')})\b(?!['’])"
    r"|(?<![\d第.])(?P<ja>\d{1,2}|[一二三四五六七八九十]{1,2})"
    rf"(?P<by>{'|'.join(_UNITS_JA)})半(?![ばか期])"
    r"|(?<![数\d一二三四五六七八九十])半(?P<alone>年|月|日|時間)(?!以?前半|度)"
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"|(?<![\d:.])(?P<h2>1[0-2]|0?[1-9])\s?(?P<half2>[ap])\.?m\b\.?"
    r"|(?:(?P<ja>午前|午後|朝|昼|夕方|夜)の?\s?)?(?<!\d)(?P<h3>[012]?\d)時(?!間|点|代|期)"
    r"(?:(?P<m3>[0-5]?\d)分|(?P<m30>半))?"
    r"|\b(?P<noon>noon|midnight)\b|(?P<shogo>正午)"
    r"|\b(?:(?P<past>half past|quarter past|quarter to) )?"
    rf"(?P<word>{_ONES}|1[0-2]|[1-9])(?P<oclock> o['’]?clock)?"
    r"(?: (?P<part>in the (?:early )?morning|in the afternoon|in the evening|at night))?"
    r"(?![\w:-]|[.,]\d)"
)
_MINUTES = {"half past": 30, "quarter past": 15, "quarter to": 45}
_LATE = ("午後", "昼", "夕方", "夜", "in the afternoon", "in the evening", "at night")
_NOON = 12
EITHER_HALF = "half_day"
"""The unit of a time of day that is said without its half of the day: half past five."""


def half_spans(folded: str) -> Iterator[tuple[int, int, Decimal, str]]:
    """Give the lengths of time that are said with a half: start, end, value and unit."""
    for match in _HALVED.finditer(folded):
        start, end = match.span()
        if match["alone"]:
            yield (
                start,
                end,
                _HALF,
                {"月": "month"}.get(match["alone"]) or _UNITS_JA[match["alone"]],
            )
        elif match["half"]:
            yield start, end, _HALF, match["half"]
        elif match["ja"]:
            yield start, end, japanese_number(match["ja"]) + _HALF, _UNITS_JA[match["by"]]
        else:
            whole = match["whole"] or match["wholes"]
            number = 1 if whole in ("a", "an") else WORD_NUMBERS.get(whole) or int(whole)
            yield start, end, number + _HALF, match["unit"] or match["of"]


def clocks(folded: str) -> Iterator[Claim]:
    """Give the times of day."""
    for match in _CLOCK.finditer(folded):
        unit = None
        if match["noon"] or match["shogo"]:
            hour, minute = (0 if match["noon"] == "midnight" else _NOON), 0
        elif match["word"]:
            if not (match["past"] or match["oclock"] or match["part"]):
                continue
            hour = WORD_NUMBERS.get(match["word"]) or int(match["word"])
            minute = _MINUTES.get(match["past"] or "", 0)
            hour -= match["past"] == "quarter to"
            unit = None if match["part"] else EITHER_HALF
            hour += _NOON * (match["part"] in _LATE and hour < _NOON)
        else:
            hour = int(match["h"] or match["h2"] or match["h3"])
            minute = int(match["m"] or match["m3"] or (30 if match["m30"] else 0))
            is_late = (match["half"] or match["half2"]) == "p" or match["ja"] in _LATE
            hour = hour + _NOON if is_late and hour < _NOON else hour
        key = f"t:{hour:02}:{minute:02}"
        yield Claim(kind="clock", start=match.start(), end=match.end(), key=key, unit=unit)


def same_clock(one: Claim, other: Claim) -> bool:
    """Whether two times of day are one; without its half of the day either is meant."""
    if one.key == other.key:
        return True
    hours = [int(key[2:4]) % _NOON for key in (one.key, other.key)]
    is_either = EITHER_HALF in (one.unit, other.unit)
    return is_either and hours[0] == hours[1] and one.key[4:] == other.key[4:]

"""How often something is: every second year, 隔年, twice a year, 半年に1回. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_ingest.index.text.numerals import japanese_number
from aspire_ingest.index.text.units import WORD_NUMBERS

_IN_DAYS = {"day": 1, "week": 7}
_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNIT_EN = r"day|week|month|quarter|year"
_ADVERBS = {
    "daily": (1, "day"), "weekly": (1, "week"), "fortnightly": (2, "week"), "monthly": (1, "month"),
    "quarterly": (1, "quarter"), "half-yearly": (6, "month"), "semi-annually": (6, "month"),
    "yearly": (1, "year"), "annually": (1, "year"), "biennially": (2, "year"),
}  # fmt: skip
_WORDS = sorted((word for word, number in WORD_NUMBERS.items() if number), key=len, reverse=True)
_SOME_EN = rf"[1-9]\d?|{'|'.join(_WORDS)}"
_EN = re.compile(
    rf"\b(?:every|each) (?:(?P<n>{_SOME_EN}|other|second|third|fourth)[ -])?"
    rf"(?P<unit>{_UNIT_EN})s?\b"
    rf"|\b(?P<times>once|twice|thrice|(?P<k>{_SOME_EN}) times),? (?:a|per|each|every|in a) "
    rf"(?:(?P<of>{_SOME_EN}) )?(?P<in>{_UNIT_EN})s?\b"
    rf"|\bat (?P<gap>{_SOME_EN})[ -](?P<gaps>{_UNIT_EN})s?(?:ly)? intervals\b"
    rf"|\b(?P<adverb>{'|'.join(_ADVERBS)})\b"
    r"(?=$|[.,;:)]| (?:on|at|in|from|by|until|to|and|but|for|or)\b)"
)
_NTH = {"other": 2, "second": 2, "third": 3, "fourth": 4}
_UNITS_JA = {
    "日": "day", "週": "week", "週間": "week", "月": "month", "か月": "month", "ヶ月": "month",
    "カ月": "month", "四半期": "quarter", "年": "year", "年度": "year",
}  # fmt: skip
_UNIT_JA = "|".join(sorted(_UNITS_JA, key=len, reverse=True))
_DIGIT_JA = r"[1-9]\d?|[一二三四五六]"
_JA = re.compile(
    rf"毎(?P<every>{_UNIT_JA})(?!\d[\d,]*(?:\.\d+)?[万億千]*円)"
    rf"(?:[^。、回]{{0,16}}の(?P<often>{_DIGIT_JA})回)?|隔(?P<other>[日週月年])"
    rf"|(?<![\d第同翌])(?P<n>{_DIGIT_JA}|半)?(?P<unit>{_UNIT_JA})間?(?:に|につき|で)?"
    rf"(?P<k>{_DIGIT_JA}) ?[回度](?!目|以[上内]|当たり|あたり)"
    rf"|(?P<n2>{_DIGIT_JA}|半)?(?P<each>{_UNIT_JA})間?(?:ごと|毎(?!{_UNIT_JA}))"
    r"|(?<!\d)1(?P<apart>[日週年])おき|(?P<printed>季刊|隔月刊|月刊|週刊|年刊)"
)
_PRINTED = {"季刊": (1, "quarter"), "隔月刊": (2, "month"), "月刊": (1, "month"),
            "週刊": (1, "week"), "年刊": (1, "year")}  # fmt: skip
_COUNTS = ("n", "times", "gap", "k", "n2", "often")
_AMOUNT = re.compile(r"(?:\d|yen|円|eur|euros?|usd|dollars?|gbp|pounds?|million|thousand),?\s*$")
"""What an amount is given for is no interval: 2,000 yen every month."""
_COUNTED = re.compile(rf"\b(?:{_SOME_EN})\s(?:[a-z]+\s){{1,4}}$")
"""Four chances every year are no chance a year."""


def intervals(folded: str) -> Iterator[Claim]:
    """Give the intervals at which a text says that something is."""
    for match in _EN.finditer(folded):
        before = folded[: match.start()]
        is_counted = match["unit"] and not match["n"] and _COUNTED.search(before)
        if not (is_counted or _AMOUNT.search(before)):
            yield _claim(match, *_english(match))
    for match in _JA.finditer(folded):
        yield _claim(match, *_japanese(match))


def _english(match: re.Match[str]) -> tuple[Fraction, str]:
    if match["adverb"]:
        number, unit = _ADVERBS[match["adverb"]]
        return Fraction(number), unit
    if match["unit"] or match["gap"]:
        return Fraction(_number(match["n"] or match["gap"])), match["unit"] or match["gaps"]
    times = ("once", "twice", "thrice")
    often = times.index(match["times"]) + 1 if match["times"] in times else _number(match["k"])
    return Fraction(_number(match["of"]), often), match["in"]


def _number(written: str | None) -> int:
    if not written:
        return 1
    return _NTH.get(written) or WORD_NUMBERS.get(written) or int(written)


def _japanese(match: re.Match[str]) -> tuple[Fraction, str]:
    if match["printed"]:
        number, unit = _PRINTED[match["printed"]]
        return Fraction(number), unit
    if match["other"] or match["apart"]:
        return Fraction(2), _UNITS_JA[match["other"] or match["apart"]]
    if match["every"]:
        return Fraction(1, int(japanese_number(match["often"] or "1"))), _UNITS_JA[match["every"]]
    if match["each"]:
        return _figure(match["n2"]), _UNITS_JA[match["each"]]
    return _figure(match["n"]) / int(japanese_number(match["k"])), _UNITS_JA[match["unit"]]


def _figure(written: str | None) -> Fraction:
    if written == "半":
        return Fraction(1, 2)
    return Fraction(int(japanese_number(written))) if written else Fraction(1)


def _claim(match: re.Match[str], number: Fraction, unit: str) -> Claim:
    """Its `value` is the number that is said of it, if one is: 3 of every three months."""
    base, factor = ("day", _IN_DAYS[unit]) if unit in _IN_DAYS else ("month", _IN_MONTHS[unit])
    said = number.denominator if number.denominator > 1 else number.numerator
    is_said = any(match.groupdict().get(name) for name in _COUNTS)
    return Claim(
        kind="interval",
        start=match.start(),
        end=match.end(),
        key=f"every:{number * factor}{base}",
        value=Decimal(said) if is_said else None,
    )

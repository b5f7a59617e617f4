"""Amounts with their units in English or Japanese, and the terms both are known by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from aspire_ingest.index.text.dates.dates import DateMention, find_dates
from aspire_ingest.index.text.numerals import fold_widths, japanese_number
from aspire_ingest.index.text.units import (
    CURRENCIES,
    MONEY,
    PREFIX_CURRENCIES,
    SCALES,
    SHORT_SCALES,
    SUFFIXES,
    UNIT,
    WORD_NUMBERS,
    read_unit,
)

_BARE_TERM_FROM = 1_000_000
"""A small number without a unit is a word anyway; "74 million" is written in too many ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number as it is meant: `text[start:end]` says 5000000 with the unit `jpy`.

    Units: `jpy`, `usd`, `eur`, `gbp` and others (ISO 4217 in small letters), `percent`, `day`,
    `business_day`, `week`, `month`, `year`, `age`, `hour`, `minute`, `night`, `person`, `time`,
    `project`, `country`, `field`, `case`, `article`; None where none of these is said.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """An amount, the number as written, and what the unit or a scale multiplies it by."""

    amount: Amount
    number: Decimal
    factor: Decimal


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d|,\d)|\d+)(?:\.\d+)?"
_KANJI_DIGIT = "〇一二三四五六七八九"
_KANJI = f"{_KANJI_DIGIT}十百千"
_ONES = _any_of(tuple(WORD_NUMBERS)[:9])
_FIRST = (
    f"0-9{_KANJI}{re.escape(''.join({word[0] for word in (*PREFIX_CURRENCIES, *WORD_NUMBERS)}))}h"
)
_MAY_BE_AMOUNT = re.compile(
    rf"[0-9{_KANJI}]|\b(?:{_any_of(tuple(WORD_NUMBERS)[:27])}|hundred|thousand|(?:m|b|tr)illion)\b"
)
_AMOUNT = re.compile(
    # not inside a word, a number, a fraction, a clock time, or "some", "which", "the nth"
    rf"(?=[{_FIRST}])(?<![a-z0-9_.,])(?<![a-z]-)(?<!\d[:/])(?<![数何幾第{_KANJI}])"
    rf"(?:(?P<prefix>{_any_of(PREFIX_CURRENCIES)})\s?)?"
    # 1 億 2,000 万 円: parted signs are one number only before money
    rf"(?:(?P<number>{_DIGITS}(?:\s?[百千]*[億兆]\s?{_DIGITS})?\s?[百千万億兆]+(?=\s?(?:{MONEY}))"
    rf"|{_DIGITS}(?:[百千万億兆]+(?:{_DIGITS}|[{_KANJI}]+)?)*)"
    rf"|(?P<kanji>[{_KANJI_DIGIT}]+・[{_KANJI_DIGIT}]+[万億兆]|[{_KANJI}][{_KANJI}万億兆]*)"
    rf"|(?:(?P<hundreds>a|{_ONES})[\s-]hundred[\s-](?:and[\s-])?)?"
    rf"(?P<word>{_any_of(WORD_NUMBERS)})(?![a-z])"
    rf"|(?P<article>half\sa|a)(?=\s(?:hundred|thousand|(?:m|b|tr)illion)\b))"
    rf"(?:(?P<suffix>{_any_of(SUFFIXES)})(?![a-z])"
    rf"|(?P<scale>(?:[\s-]?(?:(?:{_any_of(SHORT_SCALES)})(?![a-z])\.?"
    rf"|(?:{_any_of(SCALES)})(?![a-z])))*))"
    rf"(?:割(?P<tenth>\d)分|[\s-]?(?P<unit>{UNIT})(?![a-z])|(?!\d|[.,/:]\d|分の))",
)
_RANGE = re.compile(r"\s*(?:-|to|or|から|又は|または|ないし)\s*")
_AND = re.compile(r"\s+and\s+")
_LARGE_TAIL = re.compile(r"[百千万億兆]+$")


def find_amounts(text: str, dates: Sequence[DateMention] | None = None) -> list[Amount]:
    """Return the amounts in `text`, in order, without overlap; dates are none.

    In "20 to 30 million yen" both numbers have the scale and the unit that are said once.
    `dates` are those of `text`, where the caller has them already.
    """
    folded = with_plain_figures(fold_widths(with_plain_groups(text), lower=True))
    if not _MAY_BE_AMOUNT.search(folded):
        return []
    known = find_dates(text) if dates is None else dates
    read = [
        amount
        for match in _outside(_AMOUNT.finditer(folded), known)
        if (amount := _read(match)) is not None
    ]
    for at, (one, other) in enumerate(pairwise(tuple(read))):
        if _is_range(folded, one.amount, other.amount):
            read[at] = _share(one, other)
            if other.amount.unit is None and one.amount.unit is not None:
                shared = replace(other.amount, unit=one.amount.unit)
                read[at + 1] = replace(other, amount=shared)
    return [found.amount for found in read]


def amount_terms(amount: Amount) -> list[str]:
    """Return the terms of an amount, such as `n:5000000jpy`; none for a small bare number."""
    if amount.unit is None and amount.value < _BARE_TERM_FROM:
        return []
    return [f"n:{_plain(amount.value)}{amount.unit or ''}"]


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole:f}" if value == whole else f"{value:f}".rstrip("0")


def _outside(
    matches: Iterator[re.Match[str]], dates: Sequence[DateMention]
) -> Iterator[re.Match[str]]:
    """Leave out the numbers that are parts of dates; both come in order."""
    at = 0
    for match in matches:
        while at < len(dates) and dates[at].end <= match.start():
            at += 1
        if at == len(dates) or dates[at].start >= match.end():
            yield match


def _read(match: re.Match[str]) -> _Read | None:
    prefix, written = match["prefix"], match["unit"]
    unit, unit_factor = read_unit(written) if written else (None, 1)
    if prefix:
        unit = PREFIX_CURRENCIES[prefix]
    if _says_too_little(match, unit):
        return None
    number = _number(match)
    factor = _scale(match) * unit_factor
    value = number * factor
    if match["tenth"]:
        unit, value = "percent", number * 10 + int(match["tenth"])
    amount = Amount(start=match.start(), end=match.end(), value=value, unit=unit)
    tail = _LARGE_TAIL.search(match["number"] or "")
    return _Read(amount, number, factor * (japanese_number(tail.group()) if tail else 1))


def _says_too_little(match: re.Match[str], unit: str | None) -> bool:
    """Whether what reads like a number is a word without a unit: 一部, 十分, 5m, "a hundred"."""
    if match["suffix"]:
        return unit not in CURRENCIES
    if match["kanji"] or match["article"]:
        return not (unit or match["tenth"])
    return bool(match["word"]) and not (unit or match["scale"])


def _number(match: re.Match[str]) -> Decimal:
    if match["article"]:
        return Decimal("0.5") if match["article"].startswith("half") else Decimal(1)
    if match["word"]:
        hundreds = WORD_NUMBERS.get(match["hundreds"] or "", 1 if match["hundreds"] else 0)
        return Decimal(100 * hundreds + WORD_NUMBERS[match["word"]])
    return japanese_number(match["number"] or match["kanji"])


def _scale(match: re.Match[str]) -> Decimal:
    if match["suffix"]:
        return SUFFIXES[match["suffix"]]
    scale = Decimal(1)
    for word in re.findall(r"[a-z]+", match["scale"] or ""):
        scale *= SCALES[word]
    return scale


def _is_range(folded: str, one: Amount, other: Amount) -> bool:
    if _RANGE.fullmatch(folded, one.end, other.start):
        return True
    is_between = folded[max(0, one.start - 8) : one.start] == "between "
    return is_between and _AND.fullmatch(folded, one.end, other.start) is not None


def _share(one: _Read, other: _Read) -> _Read:
    """Give the first number of a range what is said once, after the second."""
    amount = one.amount
    has_own_scale = one.factor != 1
    is_smaller = one.number * other.factor < other.amount.value  # not in "500 to 1万円"
    if amount.unit is None or amount.unit in CURRENCIES:
        scale = other.factor if not has_own_scale and is_smaller else Decimal(1)
        unit = amount.unit or other.amount.unit
        amount = replace(amount, value=amount.value * scale, unit=unit)
    return replace(one, amount=amount)


_DAIJI = str.maketrans("壱壹弌弐貳貮参參拾佰仟阡萬", "一一一二二二三三十百千千万")
_HOLDS_DAIJI = re.compile("[壱壹弌弐貳貮参參拾佰仟阡萬]")
_FORMAL = re.compile(
    r"[〇一二三四五六七八九十百千万億兆\d,.壱壹弌弐貳貮参參拾佰仟阡萬]+(?=\s?[円圓])"
)
# Each begins with a digit and looks back after it: that is twice as fast as to look back first.
_NARROW = re.compile(
    "[0-9](?<![0-9０-９.,][0-9])[0-9]{0,2}(?:[\u00a0\u202f\u2009'’][0-9]{3})+(?![0-9])"
)
"""Groups parted by a sign that only typesetters of numbers use; before widths are folded."""
_GROUPS = re.compile(
    # two groups at least, or one that no number begins with: "120 000"
    r"(?P<number>\d(?<![\d.,:/-]\d)(?<!\d \d)\d{0,2}"
    r"(?:(?: \d{3}){2,}| 0\d\d|(?:\.\d{3}){2,}))"
    rf"(?![\d.,]?\d)(?P<money>\s?(?:{MONEY})(?![a-z]))?"
)
_PREFIXED = re.compile(rf"(?:{_any_of(PREFIX_CURRENCIES)})\s?$")
_DECIMAL = re.compile(
    r"\d(?<![\d.,]\d)\d{0,2},\d{1,2}(?=\s?(?:million|mil|mio|mln|billion|bln|mrd|bn)\b)"
)


def with_plain_groups(text: str) -> str:
    """Put a comma for narrow spaces and apostrophes between thousands; for text as it came."""
    return _NARROW.sub(lambda found: re.sub(r"[^0-9]", ",", found.group()), text)


def with_plain_figures(folded: str) -> str:
    """Put formal kanji as the usual ones and the thousands of money with commas."""
    if _HOLDS_DAIJI.search(folded):
        folded = _FORMAL.sub(lambda found: found.group().translate(_DAIJI), folded)
    folded = _DECIMAL.sub(lambda found: found.group().replace(",", "."), folded)
    return _GROUPS.sub(_with_commas, folded)


def _with_commas(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start("number") - 5) : found.start("number")]
    if not (found["money"] or _PREFIXED.search(before)):
        return found.group()
    number = re.sub(r"[ .]", ",", found["number"])
    return number + found.group()[len(found["number"]) :]

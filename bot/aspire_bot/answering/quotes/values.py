"""Which value of the kind that is asked for a sentence states, and how. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index.text.amounts import amount_terms, find_amounts
from aspire_ingest.index.text.dates.dates import DateMention, date_terms, find_dates
from aspire_ingest.index.text.units import CURRENCIES

DAY = "date"
"""The unit of dates."""
_LENGTHS = frozenset(
    ("day", "business_day", "week", "month", "year", "hour", "minute", "night", "age")
)
_UNITS: Mapping[Expectation, frozenset[str]] = {
    Expectation.MONEY: CURRENCIES | {"percent"},
    Expectation.SHARE: frozenset(("percent",)),
    Expectation.DURATION: _LENGTHS,
    Expectation.PERIOD: _LENGTHS | {DAY},
    Expectation.COUNT: frozenset(
        ("person", "time", "project", "country", "field", "case", "article")
    ),
    Expectation.DATE: frozenset((DAY,)),
}
_MOST_APART_DAYS = 31

_AT_LEAST = re.compile(
    r"\b(?:at least|minimum|no less than|not less than)\b|以上|最低|下限|少なくとも", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:at most|up to|maximum|ceiling|limit|no more than|within|not exceed\w*)\b"
    r"|以内|以下|未満|上限|限度|最大|最高|最長|まで",
    re.IGNORECASE,
)
_QUALIFIERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:per|a|each|every) (?:fiscal )?year\b|\bannual|\byearly\b"
        r"|年額|年間|毎年|当該年度|1年",
        r"\b(?:per|a|each|every) month\b|\bmonthly\b|月額|毎月|1か月",
        r"\b(?:per|a|each|every) (?:day|night)\b|\bdaily\b|日額|1日当|1泊",
        r"\b(?:per|each) (?:person|member|head)\b|1人|一人|1名",
        r"\btotal|\bin all\b|\boverall\b|\baltogether\b|総額|合計|全体|全期間",
        r"\bindirect\b|間接",
        r"(?<!in)\bdirect\b|直接",
        r"\btax|税",
        r"\b(?:first|initial)\b|初年度|初回",
        r"\b(?:final|last)\b|最終",
        r"\b(?:planned|expected|about|around|approximately|roughly)\b|予定|見込|約|程度|およそ",
        r"\b(?:not|no|never|except|unless)\b|ない|なし|除[きくい]|ただし|但し",
    )
)
"""What makes two values both true: one is a year's and one in all, one is exact and one is not."""


def units_asked(query: Query) -> frozenset[str]:
    """Give the units of the values that the question asks for; empty where it asks for none."""
    return frozenset[str]().union(*(_UNITS.get(kind, frozenset()) for kind in query.expects))


def values_in(query: Query, evidence: Evidence) -> Mapping[str, frozenset[str]]:
    """Give the values that a sentence states, by unit asked for, without those of the question."""
    wanted = units_asked(query)
    mentions = find_dates(evidence.text)
    found: dict[str, set[str]] = {}
    for mention in mentions if DAY in wanted else ():
        if mention.month is not None and date_terms(mention)[-1] not in query.known_terms:
            found.setdefault(DAY, set()).add(_as_written(mention))
    for amount in find_amounts(evidence.text, mentions):
        if amount.unit in wanted and not query.known_terms.issuperset(amount_terms(amount)):
            found.setdefault(amount.unit or "", set()).add(str(amount.value.normalize()))
    return {unit: frozenset(values) for unit, values in found.items()}


def without_values(text: str) -> str:
    """Give a text without its dates and amounts: what is said of them."""
    mentions = find_dates(text)
    pieces: list[str] = []
    rest = 0
    spans = [(found.start, found.end) for found in (*mentions, *find_amounts(text, mentions))]
    for start, end in sorted(spans):
        pieces.append(text[rest:start])
        rest = max(rest, end)
    return " ".join((*pieces, text[rest:]))


def exclude_each_other(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> bool:
    """Whether each states one value of a unit, not the same one, and they share no value at all."""
    shared = one.keys() & other.keys()
    if any(one[unit] & other[unit] for unit in shared):
        return False
    return any(
        len(one[unit]) == len(other[unit]) == 1
        and (unit != DAY or _may_be_one_occasion(*one[unit], *other[unit]))
        for unit in shared
    )


def are_qualified_alike(one: str, other: str) -> bool:
    """Whether both texts speak of the year's, of all, of the least, of the most, and so on."""
    if any(bool(said.search(one)) != bool(said.search(other)) for said in _QUALIFIERS):
        return False
    bounds = {(bool(_AT_LEAST.search(text)), bool(_AT_MOST.search(text))) for text in (one, other)}
    return bounds != {(True, False), (False, True)}


def _as_written(mention: DateMention) -> str:
    """`2026-01-28`, with dashes for what is not said."""
    year = "----" if mention.year is None else f"{mention.year:04}"
    day = "--" if mention.day is None else f"{mention.day:02}"
    return f"{year}-{mention.month:02}-{day}"


def _may_be_one_occasion(one: str, other: str) -> bool:
    """Whether two dates, each as exact as the other, may be meant for one occasion.

    Another year, or a day more than a month away, is another meeting or another call.
    """
    if one[:4] != other[:4] or (one[8:] == "--") != (other[8:] == "--"):
        return False
    if "--" in (one[:2], one[8:]):
        return True
    apart = date.fromisoformat(one) - date.fromisoformat(other)
    return abs(apart.days) <= _MOST_APART_DAYS

"""Dates and periods written in English or Japanese, and the terms both are known by.

Only what is certain: "may" is no month, "12" no year, and a figure with a unit no date.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from aspire_ingest.index.text.dates import date_patterns as written
from aspire_ingest.index.text.numerals import fold_widths, japanese_number

_Match = re.Match[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as far as it is said: `text[start:end]` says it. A range gives two mentions."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_fiscal_year: bool = False
    """`year` is a fiscal year (in Japan from April); `month` and `day` are None then."""


_JOINS = re.compile(
    r"\s*(?:\([月火水木金土日](?:曜日?)?(?:・祝)?\))?\s*"
    r"(?:-|,|&|・|、|と|to|and|or|until|through|till|から|より|及び|又は|または)\s*(?:on\s)?",
    re.IGNORECASE,
)


_YEAR_AFTER = re.compile(r"翌年?の?$")
"""Before a date without a year: it is of the year after the one before it."""


def find_dates(text: str) -> list[DateMention]:
    """Return the dates, months, years and fiscal years in `text`, in order, without overlap."""
    folded = fold_widths(text)
    lower = folded.lower()
    # Most sentences hold no figure, and words like "market" or "decided" hold the sign of a month.
    readers = _READERS if _FIGURE.search(folded) else _READERS_OF_WORDS
    found = [
        (match.start(), -match.end(), mentions)
        for signs, pattern, read in readers
        if any(map(lower.__contains__, signs))  # far cheaper than the patterns
        for match in pattern.finditer(folded)
        if (mentions := [mention for mention in read(match) if _is_possible(mention)])
    ]
    found.sort(key=lambda entry: entry[:2])
    kept: list[DateMention] = []
    taken = 0
    for start, minus_end, mentions in found:
        if start >= taken:
            kept.extend(mentions)
            taken = -minus_end
    return _share_years(folded, kept)


def date_terms(mention: DateMention) -> list[str]:
    """Return the terms of a date: `d:2026-01-28` and what it lies in, `d:01-28`, or `fy:2025`."""
    year, month, day = mention.year, mention.month, mention.day
    if mention.is_fiscal_year:
        return [f"fy:{year:04}"]
    terms = [] if year is None else [f"d:{year:04}"]
    if month is not None:
        terms.append(f"m:{month:02}")
        if year is not None:
            terms.append(f"d:{year:04}-{month:02}")
        if day is not None:
            terms.append(f"d:{month:02}-{day:02}")
            if year is not None:
                terms.append(f"d:{year:04}-{month:02}-{day:02}")
    return terms


def _is_possible(mention: DateMention) -> bool:
    year, month, day = mention.year, mention.month, mention.day
    if year is not None and not 1000 <= year <= 2199:
        return False
    if month is None:
        return day is None
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year or 2024, month)[1]


def _share_years(folded: str, mentions: list[DateMention]) -> list[DateMention]:
    """Give "January 30 to February 2, 2026" and "11月30日から12月2日" the year said once."""
    shared = list(mentions)
    for at in range(len(shared) - 1, 0, -1):  # backwards: a list ends with the year
        one, other = shared[at - 1 : at + 1]
        if one.day and one.year is None and other.year and _are_joined(folded, one, other):
            is_later = (one.month or 0, one.day) > (other.month or 0, other.day or 31)
            shared[at - 1] = replace(one, year=other.year - is_later)
    for at in range(1, len(shared)):
        one, other = shared[at - 1 : at + 1]
        if other.day and other.year is None and one.year and _are_joined(folded, one, other):
            is_earlier = (other.month or 0, other.day) < (one.month or 0, one.day or 1)
            shared[at] = replace(other, year=one.year + is_earlier)
        is_bare = other.month and other.year is None and one.year and one.month
        if is_bare and one.year and _YEAR_AFTER.search(folded, one.end, other.start):
            shared[at] = replace(other, year=one.year + 1)
    return shared


def _are_joined(folded: str, one: DateMention, other: DateMention) -> bool:
    is_date = not (one.is_fiscal_year or other.is_fiscal_year)
    return is_date and _JOINS.fullmatch(folded, one.end, other.start) is not None


def _number(match: _Match, *groups: str) -> int | None:
    for group in groups:
        if value := match[group]:
            return int(japanese_number(value))
    return None


def _month(match: _Match) -> int:
    return written.MONTH_NUMBERS[match["month"][:3].lower()]


def _read_month_first(match: _Match) -> Iterator[DateMention]:
    if match["month"] == "may" and not match["year"]:
        return
    group = "last" if match["last"] else "other"
    yield from _range(match, _month(match), group)


def _range(match: _Match, month: int, last_group: str) -> Iterator[DateMention]:
    year, day, last = _number(match, "year"), _number(match, "day"), match[last_group]
    end = match.end("day") if last else match.end()
    yield DateMention(start=match.start(), end=end, year=year, month=month, day=day)
    if last:
        start = match.start(last_group)
        yield DateMention(start=start, end=match.end(), year=year, month=month, day=int(last))


def _read_day_first(match: _Match) -> Iterator[DateMention]:
    if match["month"] in ("may", "march", "mar") and not match["year"]:
        return
    year, month = _number(match, "year"), _month(match)
    if first := match["first"]:
        start, end = match.span("first")
        yield DateMention(start=start, end=end, year=year, month=month, day=int(first))
    start, day = match.start("day"), _number(match, "day")
    yield DateMention(start=start, end=match.end(), year=year, month=month, day=day)


def _read_month_year(match: _Match) -> Iterator[DateMention]:
    start, end = match.span()
    yield DateMention(start=start, end=end, year=_number(match, "year"), month=_month(match))


def _read_month_alone(match: _Match) -> Iterator[DateMention]:
    yield DateMention(start=match.start(), end=match.end(), month=_month(match))


def _read_year_first(match: _Match) -> Iterator[DateMention]:
    year, month, day = int(match["year"]), int(match["month"]), _number(match, "day")
    if day is None:
        is_span = month == (year + 1) % 100  # 2011-12 may be two years
        is_month = match["sign"] == "/" or (match["sign"] == "-" and len(match["month"]) == 2)
        if is_span or not is_month:
            return
    yield DateMention(start=match.start(), end=match.end(), year=year, month=month, day=day)


def _read_year_last(match: _Match) -> Iterator[DateMention]:
    one, two = int(match["one"]), int(match["two"])
    day, month = one, two  # with dots, as in Central Europe, the day goes first
    if match[2] == "/":
        if (one > 12) == (two > 12):
            return  # 5/6/2025 is May or June
        day, month = max(one, two), min(one, two)
    start, end = match.span()
    yield DateMention(start=start, end=end, year=int(match["year"]), month=month, day=day)


def _era_year(match: _Match) -> int | None:
    if not match["era"]:
        return _number(match, "year")
    number = 1 if match["era_year"] == "元" else _number(match, "era_year")
    if number is None or not 1 <= number <= written.ERA_LONGEST[match["era"]]:
        return None
    return written.ERA_YEAR_ZERO[match["era"]] + number


def _read_japanese(match: _Match) -> Iterator[DateMention]:
    year = _era_year(match)
    if year is None:
        return
    if match["fiscal"]:
        start, end = match.span()
        yield DateMention(start=start, end=end, year=year, is_fiscal_year=True)
        return
    yield from _japanese_range(match, year)


def _japanese_range(match: _Match, year: int | None) -> Iterator[DateMention]:
    month, day = _number(match, "month"), _number(match, "day")
    last = match["last"]
    end = match.end("day") + 1 if last else match.end()
    yield DateMention(start=match.start(), end=end, year=year, month=month, day=day)
    if last:
        last_month = _number(match, "last_month") or month
        start = match.start("last_month") if match["last_month"] else match.start("last")
        if year is not None and last_month and month and last_month < month:
            year += 1
        stop = match.end()
        yield DateMention(start=start, end=stop, year=year, month=last_month, day=int(last))


def _read_japanese_short(match: _Match) -> Iterator[DateMention]:
    start, end = match.span()
    if match["bare"]:
        yield DateMention(start=start, end=end, year=2018 + int(match["bare_year"]))
        return
    year = _era_year(match)
    if year is not None:
        month, day = _number(match, "dot_month", "month"), _number(match, "dot_day", "day")
        is_fiscal = bool(match["fiscal"])
        yield DateMention(
            start=start, end=end, year=year, month=month, day=day, is_fiscal_year=is_fiscal
        )


def _read_japanese_day(match: _Match) -> Iterator[DateMention]:
    yield from _japanese_range(match, None)


def _read_japanese_month(match: _Match) -> Iterator[DateMention]:
    yield DateMention(start=match.start(), end=match.end(), month=_number(match, "month"))


def _read_fiscal(match: _Match) -> Iterator[DateMention]:
    year = _number(match, "year", "named_year", "before_year")
    if year is None:
        return
    year += 2000 if year < 100 else 0
    end = match.start("more") if match["more"] else match.end()
    yield DateMention(start=match.start(), end=end, year=year, is_fiscal_year=True)
    for other in re.finditer(r"\d{4}", match["more"] or ""):
        start = match.start("more") + other.start()
        yield DateMention(start=start, end=start + 4, year=int(other.group()), is_fiscal_year=True)


def _read_fiscal_list(match: _Match) -> Iterator[DateMention]:
    zero = written.ERA_YEAR_ZERO[match["era"]] if match["era"] else 0
    for group in ("list_first", "list_last"):
        year = zero + int(match[group])
        if year < 1900:
            return
        start = match.start() if group == "list_first" else match.start(group)
        end = match.end(group) if group == "list_first" else match.end()
        yield DateMention(start=start, end=end, year=year, is_fiscal_year=True)


def _read_year_alone(match: _Match) -> Iterator[DateMention]:
    for group in ("year", "last_year"):
        if match[group]:
            start, end = match.span(group)
            yield DateMention(start=start, end=end, year=int(match[group]))


_MONTHS = tuple(written.MONTH_NUMBERS)
_READERS: tuple[
    tuple[tuple[str, ...], re.Pattern[str], Callable[[_Match], Iterator[DateMention]]], ...
] = (
    (_MONTHS, written.MONTH_FIRST, _read_month_first),
    (_MONTHS, written.DAY_FIRST, _read_day_first),
    (_MONTHS, written.MONTH_YEAR, _read_month_year),
    (_MONTHS, written.MONTH_ALONE, _read_month_alone),
    (("-", "/", "."), written.YEAR_FIRST, _read_year_first),
    (("/19", "/20", ".19", ".20"), written.YEAR_LAST, _read_year_last),
    (("年", "令和", "平成", "昭和", "大正", "明治"), written.JAPANESE, _read_japanese),
    (("r", "h", "s"), written.JAPANESE_SHORT, _read_japanese_short),
    (("月",), written.JAPANESE_DAY, _read_japanese_day),
    (("月",), written.JAPANESE_MONTH, _read_japanese_month),
    (("fy", "f.y", "fiscal", "financial"), written.FISCAL, _read_fiscal),
    (("年度",), written.JAPANESE_FISCAL_LIST, _read_fiscal_list),
    (("19", "20"), written.YEAR_ALONE, _read_year_alone),
)

_FIGURE = re.compile(r"\d")
_BY_WORDS = (written.MONTH_ALONE, written.JAPANESE, written.JAPANESE_DAY, written.JAPANESE_MONTH)
"""Dates that can be written without a figure: "in May", 令和元年, 十月."""
_READERS_OF_WORDS = tuple(reader for reader in _READERS if reader[1] in _BY_WORDS)

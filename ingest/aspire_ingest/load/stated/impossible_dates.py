"""Dates that no calendar has, however they are written: 2026-13-45, 31/04/2026, 令和8年2月30日.

A value may hold a date beside a time, a weekday or a remark, and may be read in several ways
(5/6/2026): it is impossible where a date stands in it that has no reading at all.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aspire_ingest.index.text.dates.date_patterns import (
    ERA_LONGEST,
    ERA_YEAR_ZERO,
    MONTH_NUMBERS,
    MONTHS,
)
from aspire_ingest.load.stated.dates import narrow

_Reading = tuple[int | None, int | None, int | None]
"""Year, month and day; None for what is not said. A year of 0 is one that no era has."""
_Match = re.Match[str]

_EARLIEST, _LATEST = 1950, 2100
_ANY_LEAP_YEAR = 2024
_MONTH = rf"(?<![A-Za-z])(?P<month>{MONTHS})(?![A-Za-z])\.?"
_NO_ISSUE = "".join(
    rf"(?<!{word}\s)" for word in ("no", r"no\.", "vol", r"vol\.", "volume", "issue", "number")
)
_DAY = r"(?<!\d)(?<!\d[./])(?P<day>[0-3]?\d)(?!\d)(?:st|nd|rd|th)?"
_ANY_DAY = _DAY.replace("[0-3]?\\d", "\\d{1,2}")
"""45 too, which is a day only where no other number can stand."""
_YEAR = r"(?<!\d)(?P<year>\d{4})(?!\d)"
_GAP = r"[\s,.-]{1,2}"
_ERA = r"(?:(?P<era>令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHSrhs]\.?)\s?(?P<era_year>元|\d{1,2}))"
_SPANS_YEARS = re.compile(r"\d\d(?P<year>\d\d)[-/](?P<next>\d\d)(?![-/\d])")
_REMARK = r"\s*(?:[(;].*)?\Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One way to write a date, and how what it matches can be read."""

    pattern: re.Pattern[str]
    read: Callable[[_Match], Iterable[_Reading]]


def is_impossible_date(value: str) -> bool:
    """Whether a date stands in a metadata value that no calendar has: 2026-13-45, 31 June 2026.

    "2025-26" and "2025/26" are spans of years, no wrong months.
    """
    plain = narrow(value)
    span = _SPANS_YEARS.match(plain)
    if span is not None and int(span["next"]) == (int(span["year"]) + 1) % 100:
        return False
    found = ((match, form) for form in _FORMS for match in form.pattern.finditer(plain))
    return any(not any(map(_is_possible, form.read(match))) for match, form in found)


def _is_possible(reading: _Reading) -> bool:
    year, month, day = reading
    if year == 0:
        return False
    if year is None:
        year = _ANY_LEAP_YEAR
    elif not _EARLIEST <= year <= _LATEST:
        year = 2000 + year % 100  # a year that is not read; its February has as many days
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def _number(match: _Match, group: str) -> int | None:
    digits = match.groupdict().get(group)
    return None if digits is None else int(digits)


def _read_year_first(match: _Match) -> Iterator[_Reading]:
    yield _number(match, "year"), _number(match, "month"), _number(match, "day")


def _read_either_order(match: _Match) -> Iterator[_Reading]:
    one, two, year = _number(match, "one"), _number(match, "two"), _number(match, "year")
    yield year, two, one
    yield year, one, two


def _read_short(match: _Match) -> Iterator[_Reading]:
    """26/4/30, 30/4/26, 4/30/26."""
    one, two, last = (int(match[group]) for group in ("one", "two", "last"))
    yield 2000 + one, two, last
    yield 2000 + last, two, one
    yield 2000 + last, one, two


def _read_era(match: _Match) -> Iterator[_Reading]:
    yield _era_year(match), _number(match, "month"), _number(match, "day")


def _era_year(match: _Match) -> int | None:
    parts = match.groupdict()
    if not parts.get("era"):
        return _number(match, "year") or _number(match, "short_year")
    era = match["era"].rstrip(".").upper()
    count = 1 if match["era_year"] == "元" else int(match["era_year"])
    return ERA_YEAR_ZERO[era] + count if 1 <= count <= ERA_LONGEST[era] else 0


def _read_name(match: _Match) -> Iterator[_Reading]:
    month = MONTH_NUMBERS[match["month"][:3].lower()]
    yield _number(match, "year"), month, _number(match, "day")


def _read_eight_digits(match: _Match) -> Iterator[_Reading]:
    """20260430, 30042026, 04302026."""
    digits = match["digits"]
    if digits.startswith(("19", "20")):
        yield int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if digits[4:6] in ("19", "20"):
        one, two, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        yield year, two, one
        yield year, one, two


def _read_six_digits(match: _Match) -> Iterator[_Reading]:
    """202604, 260430, 300426, 043026."""
    digits = match["digits"]
    first, second, third = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    yield int(digits[:4]), third, None
    yield 2000 + first, second, third
    yield 2000 + third, second, first
    yield 2000 + third, first, second


def _read_day_of_year(match: _Match) -> Iterator[_Reading]:
    year, number = int(match["year"]), int(match["number"])
    if "week" in match.groupdict():
        yield (year if _has_week(year, number) else 0), None, None
        return
    date = datetime.date(2000 + year % 100, 1, 1) + datetime.timedelta(days=number - 1)
    yield (year, date.month, date.day) if date.year == 2000 + year % 100 else (0, None, None)


def _has_week(year: int, number: int) -> bool:
    try:
        datetime.date.fromisocalendar(year, number, 1)
    except ValueError:
        return False
    return True


def _form(pattern: str, read: Callable[[_Match], Iterable[_Reading]]) -> _Form:
    return _Form(pattern=re.compile(pattern, re.IGNORECASE), read=read)


_FORMS = (
    _form(
        _YEAR + r"\s?(?P<sep>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})(?!\d)",
        _read_year_first,
    ),
    _form(r"\A" + _YEAR + r"[-/.](?P<month>\d{1,2})(?!\d)" + _REMARK, _read_year_first),
    _form(
        r"(?<![\d/.-])(?P<one>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<two>\d{1,2})\s?(?P=sep)\s?" + _YEAR,
        _read_either_order,
    ),
    _form(r"\A(?P<month>\d{1,2})[-/.]" + _YEAR + _REMARK, _read_year_first),
    _form(r"\A(?P<one>\d{1,2})/(?P<two>\d{1,2})(?!\d)" + _REMARK, _read_either_order),
    _form(
        r"\A'?(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<last>\d{2})(?![\d./-])",
        _read_short,
    ),
    _form(
        _ERA + r"(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        _read_era,
    ),
    _form(
        rf"(?:{_ERA}|(?<!\d)(?P<year>\d{{4}})|(?<!\d)(?P<short_year>\d{{2}}))"
        r"(?:\s?\([^()]{1,12}\))?\s?年(?!度)(?:\s?\([^()]{1,12}\))?"
        r"(?:\s*(?P<month>\d{1,2})\s?月(?:\s*(?P<day>\d{1,2})\s?日)?)?",
        _read_era,
    ),
    _form(r"(?<!\d)(?P<month>\d{1,2})\s?月\s*(?P<day>\d{1,2})\s?日", _read_era),
    _form(rf"{_MONTH}{_GAP}{_DAY}", _read_name),
    _form(rf"{_MONTH}{_GAP}{_ANY_DAY}{_GAP}{_YEAR}", _read_name),
    _form(rf"{_NO_ISSUE}{_DAY}{_GAP}?(?:of\s)?{_MONTH}(?:{_GAP}{_YEAR})?", _read_name),
    _form(rf"\A{_ANY_DAY}{_GAP}?(?:of\s)?{_MONTH}(?:{_GAP}{_YEAR})?", _read_name),
    _form(rf"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}", _read_name),
    _form(
        r"\A(?P<digits>(?:19|20)\d{6}|\d{4}(?:19|20)\d{2})(?:\d{4}|\d{6})?(?!\d)",
        _read_eight_digits,
    ),
    _form(r"\A(?P<digits>(?:19|20)\d{4})(?!\d)" + _REMARK, _read_six_digits),
    _form(r"\A(?P<year>\d{4})-(?P<number>\d{3})(?!\d)", _read_day_of_year),
    _form(r"\A(?P<year>\d{4})-?(?P<week>W)(?P<number>\d{2})(?!\d)", _read_day_of_year),
)

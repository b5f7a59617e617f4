"""Dates, times of day and durations as a number format shows them."""

import datetime
import math
from collections.abc import Sequence

from aspire_ingest.load.number_format.tokens import Section, Token

_MS_PER_DAY = 86_400_000
_LAST_SERIAL = 2_958_465
"""31 December 9999 in the calendar that begins in 1900."""
DAYS_TO_1904 = 1462
"""From 30 December 1899 to 1 January 1904."""
_LEAP_DAY_THAT_NEVER_WAS = 60
"""29 February 1900, which spreadsheets count."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JA_WEEKDAYS = "月火水木金土日"
_ERAS = (
    (datetime.date(2019, 5, 1), "令和", "R"),
    (datetime.date(1989, 1, 8), "平成", "H"),
    (datetime.date(1926, 12, 25), "昭和", "S"),
    (datetime.date(1912, 7, 30), "大正", "T"),
    (datetime.date(1868, 1, 25), "明治", "M"),
)


def show_date(serial: float, section: Section, *, is_1904: bool = False) -> str | None:
    """Write a day number with its share of a day; None where no calendar has it."""
    elapsed = any(token.kind == "elapsed" for token in section.tokens)
    if not math.isfinite(serial) or abs(serial) > _LAST_SERIAL or (serial < 0 and not elapsed):
        return None
    ms = round(abs(serial) * _MS_PER_DAY)
    finest = _finest_step_ms(section.tokens)
    ms = (ms + finest // 2) // finest * finest
    day, in_day = divmod(ms, _MS_PER_DAY)
    moment = _Moment(_date(day, is_1904=is_1904), in_day, ms, section)
    return ("-" if serial < 0 else "") + moment.show()


def _finest_step_ms(tokens: Sequence[Token]) -> int:
    """Seconds are rounded to what is shown of them; all else is cut off."""
    digits = 0
    for index, token in enumerate(tokens):
        if token.kind == "point":
            run = tokens[index + 1 : index + 4]
            digits = sum(1 for item in run if item.kind == "digit")
    shows_seconds = any(token.kind in ("date", "elapsed") and "s" in token.text for token in tokens)
    return 10 ** (3 - min(digits, 3)) if shows_seconds else 1


def _date(day: int, *, is_1904: bool) -> datetime.date:
    if is_1904:
        day += DAYS_TO_1904
    elif day < _LEAP_DAY_THAT_NEVER_WAS:
        day += 1
    return datetime.date(1899, 12, 30) + datetime.timedelta(days=min(day, _LAST_SERIAL))


class _Moment:
    """One moment, and the section that shows it."""

    def __init__(self, date: datetime.date, in_day: int, ms: int, section: Section) -> None:
        self._date = date
        self._in_day = in_day
        self._ms = ms
        self._section = section
        self._tokens = section.tokens
        self._has_half_day = any(token.kind == "half_day" for token in self._tokens)
        self._is_japanese = section.is_japanese or self._names_era()

    def _names_era(self) -> bool:
        return any(token.kind == "date" and token.text[0] in "gr" for token in self._tokens)

    def show(self) -> str:
        pieces: list[str] = []
        after_point = False
        for index, token in enumerate(self._tokens):
            if token.kind == "point":
                after_point = self._is_fraction_of_second(index)
                pieces.append(".")
            elif token.kind == "digit" and after_point:
                pieces.append(self._fraction_digit(index))
            elif token.kind == "date":
                pieces.append(self._part(token.text, index))
            elif token.kind == "elapsed":
                pieces.append(self._elapsed(token.text))
            elif token.kind == "half_day":
                pieces.append(self._half_day(token.text))
            elif token.kind not in ("text", "general"):
                pieces.append(token.text)
        return "".join(pieces)

    def _is_fraction_of_second(self, index: int) -> bool:
        before = self._tokens[index - 1] if index else None
        return before is not None and before.kind in ("date", "elapsed") and "s" in before.text

    def _fraction_digit(self, index: int) -> str:
        place = 0
        while self._tokens[index - place].kind == "digit":
            place += 1
        return f"{self._in_day % 1000:03}"[place - 1] if place <= 3 else "0"

    def _elapsed(self, letters: str) -> str:
        unit = {"h": 3_600_000, "m": 60_000, "s": 1000}[letters[0]]
        return str(self._ms // unit).zfill(len(letters))

    def _half_day(self, written: str) -> str:
        first, second = written.split("/")
        return first if self._in_day < _MS_PER_DAY // 2 else second

    def _part(self, letters: str, index: int) -> str:
        letter, width = letters[0], len(letters)
        if letter == "m":
            return self._minute(width) if self._is_minute(index) else self._month(width)
        if letter == "y":
            return f"{self._date.year % 100:02}" if width <= 2 else str(self._date.year)
        if letter == "d":
            return self._day(width)
        if letter in "hs":
            return self._clock(letter).zfill(min(width, 2))
        if letter == "a":
            return _JA_WEEKDAYS[self._date.weekday()] + ("曜日" if width > 3 else "")
        return self._era_part(letter, width)

    def _is_minute(self, index: int) -> bool:
        """`m` beside hours before it, or seconds after it, is minutes."""
        before = [t for t in self._tokens[:index] if t.kind in ("date", "elapsed")]
        after = [t for t in self._tokens[index + 1 :] if t.kind in ("date", "elapsed")]
        return bool((before and "h" in before[-1].text) or (after and "s" in after[0].text))

    def _minute(self, width: int) -> str:
        return str(self._in_day // 60_000 % 60).zfill(min(width, 2))

    def _month(self, width: int) -> str:
        number = self._date.month
        if width <= 2:
            return str(number).zfill(width)
        if self._is_japanese:
            return f"{number}月"
        name = _MONTHS[number - 1]
        return name[:3] if width == 3 else name[0] if width == 5 else name

    def _day(self, width: int) -> str:
        if width <= 2:
            return str(self._date.day).zfill(width)
        weekday = self._date.weekday()
        if self._is_japanese:
            return _JA_WEEKDAYS[weekday] + ("曜日" if width > 3 else "")
        return _WEEKDAYS[weekday][: 3 if width == 3 else None]

    def _clock(self, letter: str) -> str:
        if letter == "s":
            return str(self._in_day // 1000 % 60)
        hour = self._in_day // 3_600_000
        return str((hour + 11) % 12 + 1 if self._has_half_day else hour)

    def _era_part(self, letter: str, width: int) -> str:
        era = next((era for era in _ERAS if era[0] <= self._date), None)
        if era is None or not self._is_japanese:
            return str(self._date.year) if letter == "e" else ""
        first, name, initial = era
        called = {1: initial, 2: name[0]}.get(width, name)
        year = self._date.year - first.year + 1
        numbered = str(year).zfill(min(width, 2))
        if year == 1 and self._section.counts_first_year_as_gannen:
            numbered = "元"
        if letter == "g":
            return called
        return {"e": numbered, "r": (name if width > 1 else "") + numbered}[letter]

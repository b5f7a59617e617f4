"""Days whose month is said once: 4, 5 and 8 February; 7月13-17日. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aspire_ingest.index.text.dates.dates import DateMention

_DAY = r"\d{1,2}"
_WEEKDAY_JA = r"(?:\([月火水木金土日]\))?"
_JOIN_JA = r"\s?(?:-|・|、|,|と|及び|および|から)\s?"
_NO_LENGTH = r"(?!間|以|前|後|分|ごと|につき|当)"
_DAYS_OF_MONTH = re.compile(
    rf"の?{_DAY}日?{_WEEKDAY_JA}(?:{_JOIN_JA}{_DAY}日?{_WEEKDAY_JA})*(?<=[日)]){_NO_LENGTH}"
)
_ONE_JA = re.compile(rf"(?P<day>{_DAY})日?")
_NEXT_JA = re.compile(rf"{_WEEKDAY_JA}{_JOIN_JA}(?P<day>{_DAY})日{_NO_LENGTH}")
_JOIN_EN = r"(?:, and|,| and| &)"
_NEXT_EN = re.compile(
    rf"{_JOIN_EN} (?P<day>{_DAY})(?:st|nd|rd|th)?"
    rf"(?=,? \d{{4}}\b|{_JOIN_EN} {_DAY}\b|\s*(?:[.;:)]|$))"
)
_BEFORE_EN = re.compile(rf"(?<![\w.,-])(?P<day>{_DAY})(?:st|nd|rd|th)?{_JOIN_EN} (?:the )?$")
_LAST_DAY = 31


def with_all_days(folded: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """Give the dates of a text with the days that share the month of one of them, in order."""
    found: list[DateMention] = []
    for one in dates:
        if one.day is not None:
            found += [*_before(folded, one, dates), one]
        else:
            found += list(_days_of(folded, one)) or [one]
        found += _after(folded, found[-1], dates)
    return found


def _days_of(folded: str, month: DateMention) -> Iterator[DateMention]:
    """The days that follow a month."""
    is_month = month.month is not None and folded[month.start : month.end].endswith("月")
    match = _DAYS_OF_MONTH.match(folded, month.end) if is_month else None
    if match is None:
        return
    start = month.start
    for one in _ONE_JA.finditer(folded, *match.span()):
        if 1 <= int(one["day"]) <= _LAST_DAY:
            yield replace(month, start=start, end=one.end(), day=int(one["day"]))
        start = one.end() + 1  # behind what joins it to the next
        while start < match.end() and not folded[start].isdigit():
            start += 1


def _after(folded: str, last: DateMention, known: Sequence[DateMention]) -> Iterator[DateMention]:
    """The days that follow a day."""
    while last.day and (
        match := _NEXT_JA.match(folded, last.end) or _NEXT_EN.match(folded, last.end)
    ):
        start = match.start("day")
        if _is_known(start, known) or int(match["day"]) > _LAST_DAY:
            return
        last = replace(last, start=start, end=match.end(), day=int(match["day"]))
        yield last


def _before(folded: str, first: DateMention, known: Sequence[DateMention]) -> Iterator[DateMention]:
    """The days that an English text says before a day and its month."""
    found: list[DateMention] = []
    while first.day and (match := _BEFORE_EN.search(folded, 0, first.start)):
        start, end = match.span("day")
        if _is_known(start, known) or int(match["day"]) > first.day:
            break
        first = replace(first, start=start, end=end, day=int(match["day"]))
        found.append(first)
    return reversed(found)


def _is_known(at: int, known: Sequence[DateMention]) -> bool:
    return any(one.start <= at < one.end for one in known)

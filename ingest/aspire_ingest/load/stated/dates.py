"""Reading dates only where they are certain. Pure; never raises on any text.

A date is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. A date in running text is most often the date of an
event, so a publication date is taken from text only where it is marked as one ("Published:",
掲載日, "Issued on") or stands alone on a line at the head or the foot. A fiscal year is no date.
What stands beside a publisher below the title is read by `byline`.
"""

import datetime
import re
import unicodedata

from aspire_ingest.index.text.dates.date_patterns import ERA_YEAR_ZERO, MONTH_NUMBERS, MONTHS
from aspire_ingest.index.text.numerals import fold_widths, japanese_number

EARLIEST_YEAR, LATEST_YEAR = 1950, 2100
HEAD_LINES, FOOT_LINES = 12, 3

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－：，", "0123456789./-:,")

_MONTH = rf"(?P<month>{MONTHS})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_JA_WEEKDAY = r"(?:\s*[(（][月火水木金土日](?:曜日?)?[)）])?"
_NOT_ALONE = r"(?![\d年度])"
_FORMS = (
    re.compile(
        r"(?P<year>\d{4})(?:(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2})"
        r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|JST|[+-]\d{2}:?\d{2})?)?)?)?"
        + _NOT_ALONE,
        re.IGNORECASE,
    ),
    re.compile(
        _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})", re.I
    ),
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r",?\s+(?P<year>\d{4})", re.I
    ),
    re.compile(_MONTH + r",?\s+(?P<year>\d{4})", re.I),
    re.compile(
        r"(?P<year>\d{4})\s*年(?!度)(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?"
        + _JA_WEEKDAY
    ),
    re.compile(
        r"(?P<era>令和|平成|昭和)\s*(?P<year>\d{1,2}|元)\s*年(?!度)"
        r"(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?" + _JA_WEEKDAY
    ),
    re.compile(
        r"(?P<era>[RHS])(?P<year>\d{1,2})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})" + _NOT_ALONE
    ),
    # a day that can be no month: only there it is certain which is which
    re.compile(
        r"(?P<day>1[3-9]|[23]\d)(?P<sep>[/.])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<year>\d{4})(?!\d)"
    ),
    re.compile(
        r"(?P<month>0?[1-9]|1[0-2])(?P<sep>[/.])(?P<day>1[3-9]|[23]\d)(?P=sep)(?P<year>\d{4})(?!\d)"
    ),
)
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十]{1,4}(?=\s*[年月日])")
_REMARK = re.compile(
    r"(?:(?:T|[\s,]\s*)(?:午[前後])?\s?\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|時(?:\d{1,2}分|半)?)"
    r"\s?(?:[ap]m)?\s?(?:Z|UTC|JST|[+-]\d{2}:?\d{2})?)?\s*(?:[(;].*)?",
    re.DOTALL | re.IGNORECASE,
)
"""What may follow a date in a metadata field: a time, and a remark set off by ( or ;."""

_PUBLISHED = re.compile(
    r"(?:\b(?:published|posted|issued|released|release date|publication date|date of issue)"
    r"(?:\s+(?:on|in))?|掲載日|公開日|発行日|発表日|公表日|登録日|配信日|発行)\s*[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:\b(?:last\s+)?(?:updated|modified|revised)(?:\s+on)?|更新日|最終更新日?|改訂日)\s*[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"(?:^|\W)(?!(?:was|were|been|is|first|originally|and|or|document|page|article|notice|version)\s)"
    r"[a-z]+\s$"
)
_GOES_ON = re.compile(r",?\s[a-z]")
"""Around a mark in a sentence: "the call issued on 3 May is …" says when something else was."""
_VERSION = re.compile(r"^第\s*[\d.]+\s*版\s*[,、]?\s*(?=\S)")

_URL_DATES = (
    re.compile(r"/(?P<year>20\d{2})/(?P<month>\d{2})/(?P<day>\d{2})(?=[/_.-]|$)"),
    re.compile(r"/(?P<year>20\d{2})/(?P<month>\d{2})(?=/)"),
    re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)
_URL_SHORT = re.compile(
    r"/(?P<folder>20\d{2})/(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:_[a-z]{1,3})?(?:\.\w+)?/?$"
)


def parse_date(value: str) -> str | None:
    """Read a metadata value that is a date, perhaps with a remark after it; None if it is not.

    "deadline 2024-05-28", "Oct. 6", "FY2025" and "03/04/2025" are None: no publication date, no
    year, no calendar year, two readings.
    """
    value = narrow(value)
    found = leading_date(value)
    if found is None:
        return None
    date, end = found
    return date if _REMARK.fullmatch(value[end:]) else None


def narrow(value: str) -> str:
    """A value with figures, signs and numerals of dates as ASCII: 令和八年二月 is 令和8年2月."""
    plain = unicodedata.normalize("NFKC", fold_widths(value)).strip()
    return _NUMERALS.sub(lambda match: str(japanese_number(match[0].replace("零", "〇"))), plain)


def last_day_of(text: str) -> tuple[datetime.date | None, int]:
    """The last day of the date that a text begins with, and where it ends; None without one."""
    text = text.translate(_FULL_WIDTH)
    found = leading_date(text)
    if found is None:
        return None, 0
    date, end = found
    parts = [int(part) for part in date.split("-")]
    if len(parts) == len(("year", "month", "day")):
        return datetime.date(*parts), end
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1), end


def date_from_url(url: str) -> str | None:
    """Read a date that the address spells out: `/2025/11/05/`, `/20230512`, `/2025/251111_e.html`.

    Six digits count only below a folder of their year, or, in January to March, of the fiscal
    year before it. A folder that is only a year may be a fiscal year: None.
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url, flags=re.IGNORECASE).split("?")[0].split("#")[0]
    short = _URL_SHORT.search(path)
    if short is not None:
        year, month = 2000 + int(short["year"]), int(short["month"])
        folder = int(short["folder"])
        if year == folder or (year == folder + 1 and month <= 3):
            return _compose(year, month, int(short["day"]))
    for form in _URL_DATES:
        match = form.search(path)
        if match is not None:
            parts = match.groupdict()
            day = int(parts["day"]) if parts.get("day") else None
            date = _compose(int(parts["year"]), int(parts["month"]), day)
            if date is not None:
                return date
    return None


def date_marked(text: str) -> str | None:
    """Find the publication date on a line of its own at the head or foot: "Published: 3 May"."""
    for line in _edges(text):
        mark = _PUBLISHED.match(line)
        found = leading_date(line[mark.end() :]) if mark else None
        if found is not None:
            return found[0]
    return None


def date_from_text(text: str) -> str | None:
    """Find the publication date that a text states of itself, at its head or foot."""
    edges = _edges(text)
    for mark in (_PUBLISHED, _VERSION):
        for line in edges:
            date = _marked(mark, line)
            if date is not None:
                return date
    for line in edges:
        bare = _without_brackets(line)
        found = leading_date(bare)
        if found is not None and len(found[0]) == len("2025-11-11") and found[1] == len(bare):
            return found[0]
    for line in edges:
        date = _marked(_UPDATED, line)
        if date is not None:
            return date
    return None


def _edges(text: str) -> list[str]:
    """The lines at the head and foot of a text."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    edges = lines[:HEAD_LINES]
    edges += lines[max(HEAD_LINES, len(lines) - FOOT_LINES) :]
    return [line.translate(_FULL_WIDTH)[:400] for line in edges]


def _without_brackets(line: str) -> str:
    """A line without the brackets around all of it: those of a weekday at its end stay."""
    is_set_off = line[0] in "(（[【" and line[-1] in ")）]】"
    return line[1:-1].strip() if is_set_off else line


def _marked(mark: re.Pattern[str], line: str) -> str | None:
    for match in mark.finditer(line):
        found = leading_date(line[match.end() :])
        is_of_another = _OF_ANOTHER.search(line, 0, match.start()) and match[0][:1].islower()
        if found is not None and not (
            is_of_another and _GOES_ON.match(line, match.end() + found[1])
        ):
            return found[0]
    return None


def leading_date(text: str) -> tuple[str, int] | None:
    """Give the date that `text` begins with, and where it ends; the longest reading wins."""
    best: tuple[str, int] | None = None
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        year = _year(parts["year"], parts.get("era"))
        date = _compose(year, _month(parts.get("month")), _number(parts.get("day")))
        if date is not None and (best is None or match.end() > best[1]):
            best = date, match.end()
    return best


def _year(digits: str, era: str | None) -> int:
    number = 1 if digits == "元" else int(digits)
    return number + ERA_YEAR_ZERO[era.upper()] if era else number


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    return int(name) if name.isdecimal() else MONTH_NUMBERS[name[:3].lower()]


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _compose(year: int, month: int | None, day: int | None) -> str | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    date = f"{year:04d}"
    if month is not None:
        date += f"-{month:02d}"
        if day is not None:
            date += f"-{day:02d}"
    return date

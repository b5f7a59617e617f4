"""Years as one calendar counts them: 令和7年度, R7 and FY25 are of 2025."""

import re

from aspire_ingest.index.text.dates.dates import DateMention, find_dates
from aspire_ingest.index.text.numerals import fold_widths

_MAY_BE = re.compile(
    r"令和|平成|昭和|大正|明治|[RHSFＲＨＳＦ][YＹ.．'’\s]{0,3}\d|\d年度", re.IGNORECASE
)
"""What any year has that is written in another way; most texts have none."""
_WRITTEN = re.compile(
    r"(?P<sign>FY)\s?'?\d\d(?!\d)"
    r"|(?:令和|平成|昭和|大正|明治|[RHS]\.?)\s?(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?P<again>\s?年?\s?\(\d{4}年?\)\s?年?)?"
    r"|\d{1,2}(?=年度)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<![\d.,/年])(?<!\d{4}-)[23]\d(?=年度(?![目間])|\s?(?:[・、と~-]|から)\s?[23]\d年度)"
)
"""The last figures of a year of this century: 25年度, 24・25年度."""


def in_calendar_years(text: str) -> str:
    """Give a text with its years of eras and its short fiscal years as those of the calendar.

    令和7年度 is 2025年度, R7 alone 2025年度, R7.4.1 2025.4.1, FY25 FY2025. What is no year stays.
    """
    if not _MAY_BE.search(text):
        return text
    mentions = [mention for mention in find_dates(text) if mention.year is not None]
    parts: list[str] = []
    rest = 0
    for mention in mentions:
        if mention.start >= rest:
            parts += [text[rest : mention.start], _in_full(text, mention)]
            rest = mention.end
    return "".join((*parts, text[rest:]))


def with_full_years(text: str) -> str:
    """Give a question with the short fiscal years that stand alone in full: 25年度 is 2025年度.

    Of a document it would be a guess: one of 2013 may mean 平成25年度.
    """
    if "年度" not in text:
        return text
    known = [(mention.start, mention.end) for mention in find_dates(text)]
    for match in reversed(list(_SHORT.finditer(fold_widths(text)))):
        start, end = match.span()
        if not any(first <= start < last for first, last in known):
            text = f"{text[:start]}20{match[0]}{text[end:]}"
    return text


def _in_full(text: str, mention: DateMention) -> str:
    said = text[mention.start : mention.end]
    written = _WRITTEN.match(fold_widths(said))
    if written is None:
        return said
    behind = said[written.end() :]
    if written["sign"]:
        return f"FY{mention.year}{behind}"
    if written["again"]:
        return f"{mention.year}年{behind}"
    return f"{mention.year}{behind or '年度'}"

"""The date in the line below a title, beside who published it there; of minutes, when they met.

Pure. "Fund for Forests, 3 May 2026", "Tokyo, 3 May 2026", "Version 2, 3 May 2026",
2026年5月3日 森林財団, 第2版 2026年5月3日 and 2026年5月3日公表 date the document, also below a
subtitle. Where the title is of an occasion, its place and day may stand there: no date is read
then, nor from a line that says anything else.
"""

import re

from aspire_ingest.index.text.dates import occasion_words, term_words
from aspire_ingest.load.stated.dates import leading_date, narrow

_TITLE = re.compile(r"#\s+(?=\S)")
_DAY = len("2026-05-03")
_STARTS = re.compile(r"(?<![\w.-])(?=[A-Z\d令平昭])")
_ALL_OF_A_SENTENCE = re.compile(r"^.*[a-z)]\.\s+(?=[A-Z])")
_NAME = r"(?:[A-Z][\w'’&-]*|\([A-Z][\w-]*\))"
_NAMES_EN = re.compile(rf"{_NAME}(?:,?\s(?:(?:the|of|for|and|in|de|&)\s){{0,2}}{_NAME}){{0,9}}")
"""A publisher or a place: names, and no word of a sentence."""
_BODY_JA = (
    r"[^\s。、:\d]{1,40}(?:財団|法人|機構|協会|学会|研究所|大学|会議|センター|省|庁|局|課|部|室|委員会|会社|振興会)"
    r"(?:\([A-Z]{2,}\))?"
)
_NAMES_JA = re.compile(rf"{_BODY_JA}(?:[\s・]+{_BODY_JA}){{0,3}}")
_MADE_PUBLIC_JA = re.compile(
    r"(?:に|付け?で?)?(?:公表|発表|公開|掲載|発行|配信|告示|改[訂定]|制定|版)"
)
_VERSION = re.compile(
    r"\b(?:version|edition|ver\.?|rev(?:ision|\.)?|v(?=\d))\s?\d+(?:\.\d+)*\b|第\s?\d+(?:\.\d+)*\s?版",
    re.IGNORECASE,
)
_OF_ELSE = re.compile(
    rf"{term_words.DEADLINE.pattern}|{term_words.CLOSES.pattern}|{term_words.OPENING.pattern}"
    rf"|{term_words.VALIDITY.pattern}|{term_words.APPLYING.pattern}",
    re.IGNORECASE,
)
"""Says that a date is of a term."""
_SUBTITLE = re.compile(r"(?![#|>*+-])[^\d.。:]+")
"""A line without figures that is neither a sentence nor a heading."""
_MINUTES = re.compile(r"\bminutes of\b|\bminutes\s*$|議事(?:録|要旨|概要)", re.IGNORECASE)
_HELD = re.compile(
    r"[\s\-*+・■●◆○]*\**(?:(?:開催)?日\s?時|開催日|date(?: and time)?|held(?: on)?)\**\s*:\**\s*",
    re.IGNORECASE,
)


def date_under_title(text: str) -> str | None:
    """Give the date that the first line below a title gives its document; None where it is not so.

    Of minutes it may stand in the second, too, behind "Date:" or 日時.
    """
    lines = [narrow(line)[:200] for line in text[:4_000].split("\n") if line.strip()][:3]
    if len(lines) < 2 or not _TITLE.match(lines[0]):
        return None
    if _MINUTES.search(lines[0]):
        return next(filter(None, map(_day_of_meeting, lines[1:])), None)
    is_of_occasion = occasion_words.KIND.search(lines[0]) is not None
    below = lines[1:] if _SUBTITLE.fullmatch(lines[1]) else lines[1:2]
    dates = (_date_of_byline(line, is_of_occasion=is_of_occasion) for line in below)
    return next(filter(None, dates), None)


def _date_of_byline(line: str, *, is_of_occasion: bool) -> str | None:
    line = _ALL_OF_A_SENTENCE.sub("", line).strip("*_ ").rstrip(".")
    line = line[1:-1] if line[:1] in "([" and line[-1:] in ")]" else line
    bare = _VERSION.sub("", line).strip(" ,、|/")
    bare = bare[1:-1] if bare[:1] == "(" and bare[-1:] == ")" else bare
    for start in _STARTS.finditer(bare):
        found = leading_date(bare[start.start() :])
        if found is not None:
            before, behind = bare[: start.start()], bare[start.start() + found[1] :]
            is_whole = bare != line and not (before + behind).strip()
            is_byline = is_whole or _is_byline(before, behind, is_of_occasion=is_of_occasion)
            return found[0] if is_byline else None
    return None


def _day_of_meeting(line: str) -> str | None:
    label = _HELD.match(line)
    found = leading_date(line[label.end() :]) if label else None
    return found[0] if found and len(found[0]) == _DAY else None


def _is_byline(before: str, behind: str, *, is_of_occasion: bool) -> bool:
    """Whether what stands around a date in its line is who published it, and nothing else."""
    around = f"{before} {behind}"
    if any(map(str.isdigit, around)) or _OF_ELSE.search(around):
        return False
    if _MADE_PUBLIC_JA.fullmatch(behind.strip()):
        return True
    who = before.strip(" ,、|/") if not behind.strip() else behind.strip(" ,、|/")
    if is_of_occasion or (before.strip() and behind.strip()) or occasion_words.KIND.search(who):
        return False
    if _NAMES_JA.fullmatch(who):
        return True
    return bool(_NAMES_EN.fullmatch(who)) and around.strip().startswith(who) and "," in around

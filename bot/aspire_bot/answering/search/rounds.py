"""The second call, 第3版, phase 2: whether a sentence is of the one that a question names. Pure."""

import re
from collections.abc import Iterable

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index.text.numerals import ORDINALS, fold_widths

_KINDS = {
    "round": ("回", "次", "call", "round", "meeting", "symposium", "workshop"),
    "edition": ("版", "edition", "version"),
    "phase": ("期", "phase", "stage"),
    "issue": ("号", "issue"),
    "chapter": ("章", "chapter"),
    "article": ("条", "article"),
}
"""What is counted; the words of one kind stand for each other, also across languages."""
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_ENGLISH = "|".join(word for word in _KIND_OF if word.isascii())
_JAPANESE = "|".join(word for word in _KIND_OF if not word.isascii())
_NUMBERED_BEHIND = ("round", "edition", "version", "phase", "stage", "issue", "chapter", "article")
"""What is followed by its number: behind a meeting a day may stand."""
_KANJI = "一二三四五六七八九"
_NUMBERED = re.compile(
    rf"第\s?(?P<ja>\d+|[{_KANJI}十]+)\s?(?P<of_ja>{_JAPANESE})"
    rf"|\b(?P<en>{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?:\w+\s+)?(?P<of_en>{_ENGLISH})s?\b"
    rf"|\b(?P<of_number>{'|'.join(_NUMBERED_BEHIND)})\s+(?:no\.\s?)?(?P<number>\d{{1,2}})\b",
    re.IGNORECASE,
)


_NUMBER = re.compile(
    rf"\b(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\b"
    rf"|(?:\d+|[{_KANJI}十]+)\s?(?:{_JAPANESE})",
    re.IGNORECASE,
)


def is_of_another_round(query: Query, one: Evidence) -> bool:
    """Whether a question names one round, edition or phase, and a sentence others alone.

    Its headings, title and edition, those of its document, speak for it, too: below "Phase 2" may
    stand who has finished phase 1. Who names two numbers compares.
    """
    if len({match[0].lower() for match in _NUMBER.finditer(fold_widths(query.text))}) > 1:
        return False
    asked = _numbers((query.text,))
    document, passage = one.passage.document, one.passage.passage
    said = _numbers((document.title, document.edition or "", *passage.heading, one.text))
    return any(
        len(numbers) == 1 and kind in said and not numbers & said[kind]
        for kind, numbers in asked.items()
    )


def _numbers(texts: Iterable[str]) -> dict[str, set[int]]:
    """Give the numbers that texts name, by what is counted."""
    found: dict[str, set[int]] = {}
    for text in texts:
        for match in _NUMBERED.finditer(fold_widths(text)):
            word = match["of_ja"] or match["of_en"] or match["of_number"]
            written = match["ja"] or match["en"] or match["number"]
            found.setdefault(_KIND_OF[word.lower()], set()).add(_number(written.lower()))
    return found


def _number(written: str) -> int:
    """Read 3, 3rd, third and 十三."""
    if written in ORDINALS:
        return ORDINALS.index(written) + 1
    if written[0].isdigit():
        return int(written.rstrip("stndrh"))
    tens, ten, ones = written.rpartition("十")
    return (_KANJI.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (
        _KANJI.index(ones) + 1 if ones else 0
    )

"""Whether the numbers, dates and names of a sentence stand in the words it cites. Pure.

A second opinion: plain code that shares nothing with what verifies answers, so that a mistake
there does not hide itself here. It knows less: it misses what is said in other words, and takes
another word for the same thing as a fault.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aspire_bot.answering.types import Answer, Citation
from aspire_ingest.index.text.dates.date_patterns import ERA_YEAR_ZERO

_MARKERS = re.compile(r"(?:\s?\[\d{1,3}\])+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?=\s*\d|,)"
    r"|(?<=\d )(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
"""Without one: it is said of anything."""
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_NUMBER = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(thousand|million|billion|trillion|百万|千|万|億|兆))?",
    re.IGNORECASE,
)
_KANJI_NUMBER = re.compile(r"[一二三四五六七八九十](?=[年月日名人件回か箇課億万社])")
_KANJI = "〇一二三四五六七八九十"
_ERA = re.compile(r"(令和|平成|昭和)\s?(\d{1,2}|元)(?=年)")
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w’'])[A-Z][\w’'-]*[a-zA-Z0-9]")
_NO_NAMES = re.compile(
    r"i|the|an?|in|on|at|its?|this|that|these|those|and|or|of|for|dr|prof|mrs?|ms|phd|fy"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSentence:
    """One sentence of an answer with what it cites."""

    text: str
    citations: tuple[Citation, ...]


def sentences_of(answer: Answer) -> Iterator[CitedSentence]:
    """Take an answer apart at its markers; what has none is left out."""
    known = {citation.marker: citation for citation in answer.citations}
    at = 0
    for match in _MARKERS.finditer(answer.text):
        numbers = [int(number) for number in re.findall(r"\d+", match.group())]
        cited = tuple(known[number] for number in numbers if number in known)
        text = answer.text[at : match.start()].strip(" \n-.。")
        at = match.end()
        if text:
            yield CitedSentence(text=text, citations=cited)


def unstated(said: CitedSentence, asked: str = "") -> tuple[str, ...]:
    """Give the numbers, parts of dates and names that neither the quotes nor `asked` hold.

    Beside a quote a reader sees its document's title, date, edition and heading: they count too.
    Names are compared where sentence and sources share their letters.
    """
    stated = _fold("\n".join((asked, *(_seen(citation) for citation in said.citations))))
    text = _fold(said.text)
    missing = sorted(_values(text) - _values(stated))
    return (*map(str, missing), *_missing_names(text, stated))


def _seen(citation: Citation) -> str:
    info = citation.document
    parts: Sequence[str | None] = (
        citation.quote, info.title, info.published, info.edition, info.publisher, *citation.heading
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _values(text: str) -> set[Decimal]:
    """All numbers of a text: digits, words, months and years of eras; scaled and as written."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        value = Decimal(match[1].replace(",", ""))
        scale = _SCALES.get((match[2] or "").lower(), 1)
        found.add((value * scale).normalize())
    for match in _ERA.finditer(text):
        year = 1 if match[2] == "元" else int(match[2])
        found |= {Decimal(ERA_YEAR_ZERO[match[1]] + year).normalize(), Decimal(year).normalize()}
    for match in _MONTH.finditer(text):
        name = (match[1] or match[2]).lower()[:3]
        found.add(Decimal(_MONTHS.index(name) + 1).normalize())
    words = re.findall(r"[a-z]+", text.lower())
    found |= {Decimal(_WORDS[word]).normalize() for word in words if word in _WORDS}
    found |= {Decimal(_KANJI.index(m.group())).normalize() for m in _KANJI_NUMBER.finditer(text)}
    return found


def _missing_names(text: str, stated: str) -> Iterator[str]:
    small = stated.casefold()
    for match in _NAME.finditer(text):
        name = re.sub(r"[’']s$", "", match.group())
        folded = name.casefold()
        if _NO_NAMES.fullmatch(folded) or folded[:3] in _MONTHS:
            continue
        stem = folded[:-1] if folded.endswith("s") and len(folded) > 4 else folded
        if stem not in small and any("a" <= sign <= "z" for sign in small):
            yield name

"""The markers of a model's answer, in all the forms that models write them. Pure."""

import re
from dataclasses import dataclass

_MOST_IN_RANGE = 20
"""`[1-999]` is no list of sources."""
_DIGITS = r"[0-9０-９]{1,3}"
_WORD = r"(?:sources?|passages?|documents?|refs?\.?|references?|出典|資料|参照|文献|パッセージ)"
_AND = r"\s*(?:[,、，;&・]|-|–|—|〜|～|~|and|と|to)\s*"
_LISTED = rf"\^?{_DIGITS}(?:{_AND}(?:{_WORD}\s*[:：]?\s*)?\^?{_DIGITS})*"
_SQUARE = rf"[\[［【〔]{{1,2}}\s*(?:{_WORD}\s*[:：#]?\s*)?{_LISTED}\s*[\]］】〕]{{1,2}}"
_ROUND = rf"[(（]\s*{_WORD}\s*[:：#]?\s*{_LISTED}\s*[)）]"
MARKER = re.compile(rf"(?:{_SQUARE}|{_ROUND})(?!\()", re.IGNORECASE)
"""Not before a round bracket: that is a link, which is nobody's marker."""
MAY_BEGIN_MARKER = re.compile(
    r"[\[［【〔(（][^\[\]［］【】〔〕()（）\n]{0,40}$|[\[［【〔]{2}[^\n]{0,40}$"
)
"""The end of a text that more text may turn into a marker."""
_RANGE = re.compile(
    rf"({_DIGITS})\s*(?:-|–|—|〜|～|~|to)\s*(?:{_WORD}\s*[:：]?\s*)?({_DIGITS})", re.I
)
_NUMBER = re.compile(_DIGITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One marker that was taken out: where in the text without markers, and its length there."""

    at: int
    length: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """A text without its markers."""

    text: str
    marks: tuple[Mark, ...]


def take_out_markers(text: str) -> Unmarked:
    """Take all markers out of a text."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = rest = 0
    for match in MARKER.finditer(text):
        before = text[rest : match.start()]
        pieces.append(before)
        length += len(before)
        size = match.end() - match.start()
        marks.append(Mark(at=length, length=size, numbers=numbers_of(match.group())))
        rest = match.end()
    return Unmarked(text="".join((*pieces, text[rest:])), marks=tuple(marks))


def numbers_of(marker: str) -> tuple[int, ...]:
    """Give the numbers of one marker, ranges spelt out, each once."""
    found: dict[int, None] = {}
    for at in _RANGE.finditer(marker):
        first, last = int(at[1]), int(at[2])
        if first < last <= first + _MOST_IN_RANGE:
            found.update(dict.fromkeys(range(first, last + 1)))
    found.update(dict.fromkeys(int(n) for n in _NUMBER.findall(marker)))
    return tuple(sorted(found))

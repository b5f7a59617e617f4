"""The entries of a list in a message → labels of its pieces, put right. Pure.

Whoever writes "1) … 2) … 3) …" or a line for each thing asks all of them alike: an entry among
others that ask, asks, too. "First, …" and まず、 only say in which order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.types import Label
from aspire_ingest.index.text.dates.dates import find_dates

MARK = re.compile(
    r"^(?:[-*•・◦●○■□]|[(（]?(?:\d{1,2}|[a-z])[.)）．:](?!\d)|[①-⑳⑴-⒇]"
    r"|(?:Q|問い?|質問|その)\s*\d{1,2}(?:\s*[.)）．:：、]|[ \u3000](?=[\u3041-\u9fff]))"
    r"|(?:\d{1,2}|[一二三四五])(?:点|つ)目[:：、])\s*",
    re.IGNORECASE,
)
"""Stands before an entry of a list."""
_LINE_MARK = re.compile(rf"^[ \t\u3000>]*(?:{MARK.pattern[1:]})", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(
    r"(?:^|(?<=[\s、。,;:：」?？]))"
    r"(?:[(（]?(?P<number>\d{1,2})[)）.．]|[(（](?P<letter>[a-e])[)）])(?![\d\w])\s*"
    r"|[①-⑳⑴-⒇]\s*"
)
"""A number or a letter before an entry within a line."""
_ORDER = re.compile(
    r"(?:first(?:ly| of all)?|second(?:ly)?|third(?:ly)?|last(?:ly)?|finally|next"
    r"|まず|はじめに|最初に|次に|続いて|最後に|(?:\d|[一二三四五])(?:点|つ)目に?|もうひとつは|ひとつは)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"教え|知りた|質問|教示|伺|聞き|尋ね|お願い|\b(?:questions?|tell|know|help|advise|explain|send|need)\b",
    re.IGNORECASE,
)
"""Says before a list that its entries are asked."""
_STATES = re.compile(
    r"(?:まし|です|ます|だっ)?(?:た|です|ます|だ|ません|でした)[。.!！]*$"
    r"|\b(?:is|are|was|were|has|have|had|will|can|could|may|must|should)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]|\b(?:who|whom|whose|when|where|what|which|why|how)\b|教え|か。?$", re.I)
_SURELY_OTHER = 0.97
"""From this probability on an entry among others that ask does not ask."""
_LIKELY_OTHER = 0.8
"""The same of what stands behind "first,"."""
_FEWEST = 2
_TIME_OF_DAY = re.compile(
    r"[\W\d_]|[月火水木金土日](?:曜日?)?|[時分半頃]|午前|午後|正午|まで|\b(?:by|until|on|at|am|pm|mon|tues?"
    r"|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|day|noon|jst|\d{1,2}(?:am|pm))(?:day)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry stands: its mark from `mark` on, what it says from `start` on."""

    mark: int
    start: int
    end: int
    is_line: bool


def with_entries(
    text: str, pieces: Sequence[Piece], labels: Sequence[Label], other: Sequence[float]
) -> list[Label]:
    """Give the labels with those of list entries put right.

    `other`: the probability that a piece asks nothing, in the order of `pieces`.
    """
    right = _without_order(text, pieces, labels, other)
    for entries in (_line_entries(text), _numbered_entries(text)):
        parts = [_pieces_in(entry, pieces[: len(right)]) for entry in entries]
        if len(entries) < _FEWEST:
            continue
        asked = sum(any(right[at] != "other" for at in part) for part in parts)
        is_enough = asked * 2 >= len(parts) if entries[0].is_line else asked > 0
        if not is_enough and not _REQUEST.search(text[: entries[0].start]):
            continue
        for entry, part in zip(entries, parts, strict=True):
            for at in _marks_of(entry, pieces[: len(right)]):
                right[at] = "other"
            words = text[entry.start : entry.end].strip()
            asking = [at for at in part if right[at] != "other"]
            if asking:
                right[asking[0]] = "begins"
                if text[pieces[asking[0]].start - 1] in "(（":
                    _take_in(part, asking[0], pieces, right)
            elif part and _may_ask(words) and min(other[at] for at in part) < _SURELY_OTHER:
                for at in part:
                    right[at] = "begins" if at == part[0] else "goes on"
    return right


def _take_in(part: Sequence[int], first: int, pieces: Sequence[Piece], right: list[Label]) -> None:
    """Make what stands before the first piece of an entry that asks a part of what it asks."""
    whole = [at for at in part if at <= first and pieces[at].sentence == pieces[first].sentence]
    for at in whole:
        right[at] = "begins" if at == whole[0] else "goes on"


def is_mere_date(words: str) -> bool:
    """Whether words name but a day or an hour, as that until which a reply is awaited."""
    rest = words
    for date in reversed(find_dates(words)):
        if date.day:
            rest = rest[: date.start] + rest[date.end :]
    return not _TIME_OF_DAY.sub("", rest) and not find_dates(rest)


def _without_order(
    text: str, pieces: Sequence[Piece], labels: Sequence[Label], other: Sequence[float]
) -> list[Label]:
    """What "first," was said to ask is asked by what stands behind it."""
    right = list(labels)
    for at, (piece, label) in enumerate(zip(pieces, labels, strict=False)):
        if not _ORDER.fullmatch(text[piece.start : piece.end].strip(" ,、")):
            continue
        right[at] = "other"
        behind = at + 1
        if behind >= len(right) or pieces[behind].sentence != piece.sentence:
            continue
        if label != "other" or right[behind] != "other" or other[behind] < _LIKELY_OTHER:
            right[behind] = "begins"
    return right


def _line_entries(text: str) -> list[_Entry]:
    """The lines of the first list; a line between two of them ends it."""
    found: list[_Entry] = []
    for mark in _LINE_MARK.finditer(text):
        end = text.find("\n", mark.end())
        end = len(text) if end < 0 else end
        if found and text[found[-1].end : mark.start()].strip():
            if len(found) >= _FEWEST:
                break
            found.clear()
        found.append(_Entry(mark.start(), mark.end(), end, is_line=True))
    return found


def _numbered_entries(text: str) -> list[_Entry]:
    """What stands behind 1, 2, 3 … within lines, each up to the next or the end of its line."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        number = _number_of(mark)
        if number == len(marks) + 1:
            marks.append(mark)
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    return [
        _Entry(
            mark.start(), mark.end(), min(end, (text + "\n").find("\n", mark.end())), is_line=False
        )
        for mark, end in zip(marks, ends, strict=True)
    ]


def _number_of(mark: re.Match[str]) -> int:
    if mark["number"]:
        return int(mark["number"])
    if mark["letter"]:
        return ord(mark["letter"]) - ord("a") + 1
    sign = mark[0].strip()
    return ord(sign) - ord("①" if sign <= "⑳" else "⑴") + 1


def _marks_of(entry: _Entry, pieces: Sequence[Piece]) -> list[int]:
    """The pieces that are but the mark of an entry: the "b" of "b) the form"."""
    return [
        at
        for at, piece in enumerate(pieces)
        if entry.mark <= piece.start and piece.end <= entry.start
    ]


def _pieces_in(entry: _Entry, pieces: Sequence[Piece]) -> list[int]:
    """The pieces of an entry; of one within a line, those of its first sentence."""
    found = [
        at
        for at, piece in enumerate(pieces)
        if piece.end > entry.start and entry.mark <= piece.start < entry.end
    ]
    if entry.is_line or not found:
        return found
    return [at for at in found if pieces[at].sentence == pieces[found[0]].sentence]


def _may_ask(words: str) -> bool:
    """Whether an entry has the form of something asked: a question, or but a name of something."""
    return bool(_ASKS.search(words)) or not (_STATES.search(words) or is_mere_date(words))

"""From glyphs to words and lines, with the letters normalised that only fonts tell apart."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from aspire_ingest.load.pdf.paint.ink import UNREADABLE, Glyph

ENDS_SENTENCE = re.compile(r"[.。．!?！？:：;；]['\"”’」』)）]*$")
"""A line whose sentence ends with it; a colon or semicolon ends one too."""
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]W[6-9]\b", re.IGNORECASE)
_SYMBOLS = {
    "\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf0a7": "▪", "\uf0d8": "➢", "\uf076": "❖",
    "\uf0fc": "✓", "\uf0fb": "✗", "\uf0fe": "☑", "\uf0fd": "☒", "\uf0a8": "☐", "\uf06f": "☐",
    "\uf071": "☐", "\uf0a3": "☐", "\uf0e0": "→", "\uf0ae": "→", "\uf0e8": "➔", "\uf0b4": "×",
    "\uf0b1": "±", "\uf0b3": "≥", "\uf020": " ",
}  # fmt: skip
"""Private codes that the Symbol and Wingdings fonts of office programs give to their signs."""
_RADICALS = dict(
    zip("⺁⺟⺠⻁⻄⻅⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲", "厂母民虎西見角長青食鬼麦黄斉歯竜亀", strict=True)
)
"""Radicals that stand for whole letters in fonts, and that Unicode does not map to them itself."""
_LIGATURES = range(0xFB00, 0xFB07)
_KANGXI = range(0x2F00, 0x2FE0)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters of one font that stand together; lengths in points from the page's corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    is_bold: bool
    is_entry: bool = False
    """Whether it is the value of a form's field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text; lengths in points from the page's top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    is_entry: bool = False
    """Whether a form's field stands on it: such a line is not wrapped."""


def to_words(glyphs: Sequence[Glyph]) -> list[Word]:
    """Gather glyphs, in any order, into words from left to right on their baselines."""
    words: list[Word] = []
    for row in _rows(glyphs):
        gathered: list[Glyph] = []
        for glyph in row:
            if gathered and _parts(gathered[-1], glyph):
                words += _word(gathered)
                gathered = []
            if not glyph.text.isspace():
                gathered.append(glyph)
        words += _word(gathered)
    return words


def to_lines(words: Sequence[Word]) -> list[Line]:
    """Words on one baseline as one line, from top to bottom."""
    return [_line(sorted(row, key=lambda word: word.x0)) for row in to_rows(words)]


def to_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one baseline, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.x0)):
        if rows and word.bottom - rows[-1][0].bottom <= 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def normalized(text: str) -> str:
    """The letters that a reader takes a glyph for; `UNREADABLE` for what stands for none."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    code = ord(letter)
    if code in _LIGATURES or code in _KANGXI:
        return unicodedata.normalize("NFKC", letter)
    if (known := _RADICALS.get(letter) or _SYMBOLS.get(letter)) is not None:
        return known
    category = unicodedata.category(letter)
    if category in ("Co", "Cn", "Cs") or (category == "Cc" and not letter.isspace()):
        return UNREADABLE
    return letter


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= max(1.0, 0.1 * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
    return rows


def _parts(before: Glyph, glyph: Glyph) -> bool:
    return (
        glyph.text.isspace()
        or glyph.x0 - before.x1 > 0.2 * before.size
        or abs(glyph.size - before.size) > 0.01
        or glyph.font != before.font
    )


def _word(glyphs: Sequence[Glyph]) -> list[Word]:
    text = "".join(normalized(glyph.text) for glyph in glyphs)
    if not text:
        return []
    first = glyphs[0]
    return [
        Word(
            text=text,
            x0=first.x0,
            x1=max(glyph.x1 for glyph in glyphs),
            top=min(glyph.top for glyph in glyphs),
            bottom=max(glyph.bottom for glyph in glyphs),
            baseline=first.baseline,
            size=first.size,
            is_bold=bool(_BOLD.search(first.font)),
        )
    ]


def _line(words: Sequence[Word]) -> Line:
    longest = max(words, key=lambda word: len(word.text))
    text = ""
    end = 0.0
    for word in words:
        if text and word.x0 - end > _space(text[-1], word.text[0], word.size):
            text += " "
        text += word.text
        end = word.x1
    heavy = sum(len(word.text) for word in words if word.is_bold)
    return Line(
        text=text,
        x0=words[0].x0,
        x1=words[-1].x1,
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        size=round(longest.size, 1),
        is_bold=heavy > 0.7 * len(text.replace(" ", "")),
        is_entry=any(word.is_entry for word in words),
    )


def _space(before: str, after: str, size: float) -> float:
    """The gap, in points, from which two words are apart; Japanese sets its letters wider."""
    return size * (0.1 if before.isascii() and after.isascii() else 0.2)

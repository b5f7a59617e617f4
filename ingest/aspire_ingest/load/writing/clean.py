"""Pure cleaning of text, shared by the loaders. Nothing here normalises what a reader sees.

Two strengths: `scrub` takes out only what no text can hold, so Markdown, text and bulk lines stay
as they came; `tidy` is for text that a loader lays out anew (HTML, PDF, Office files).
"""

import re
from collections.abc import Iterable

_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space, word joiner, BOM: layout hints without meaning in plain text."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile("[ \t\r\n\u00a0\u2002-\u200a\u202f\u205f]+")
_CJK = re.compile(
    "[\u2e80-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
)
_BULLET = re.compile(r"^\s*[•‣・*-]\s+(?=\S)")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


def scrub(text: str) -> str:
    """Remove NUL and a leading BOM, replace lone surrogates, make all line ends LF.

    The result can be encoded as UTF-8 and stored anywhere.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", text.replace("\x00", ""))


def tidy(text: str) -> str:
    """Bring one run of text onto one line: single spaces, no control or zero-width characters.

    The ideographic space (U+3000) is kept: in Japanese it separates words on purpose.
    """
    text = _CONTROLS.sub(" ", _INVISIBLE.sub("", _SURROGATES.sub("\ufffd", text)))
    return _SPACES.sub(" ", text).strip(" ")


def is_cjk(character: str) -> bool:
    """Tell whether a character is of a script that is written without spaces."""
    return bool(_CJK.match(character))


def join_wrapped(lines: Iterable[str]) -> str:
    """Join the lines of one wrapped paragraph: a space, or nothing beside Japanese text."""
    pieces: list[str] = []
    for line in filter(None, map(tidy, lines)):
        if pieces and not (is_cjk(pieces[-1][-1]) or is_cjk(line[0])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def without_repeated_captions(text: str) -> str:
    """Drop a paragraph that only repeats the list item before it, however it is wrapped.

    Web pages saved as text give each figure's caption twice, once as an item and once indented:
    the item stays, to the letter. Nothing else is touched.
    """
    kept: list[str] = []
    position = 0
    previous = ""
    separators = [*_BLANK_LINES.finditer(text), None]
    for separator in separators:
        end = separator.start() if separator else len(text)
        block = text[position:end]
        bullet = _BULLET.match(previous)
        flat = " ".join(block.split())
        repeated = bullet is not None and flat == " ".join(previous[bullet.end() :].split())
        if repeated and flat:
            kept.pop()  # the blank line before it goes with it
        else:
            kept.append(block)
            previous = block
        if separator:
            kept.append(separator.group())
            position = separator.end()
    return "".join(kept)

"""What is filled into a form: values of its fields, ticks, typed notes, as words in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.utils.pdfinternals import decode_text

from aspire_ingest.load.pdf.paint.area import Area
from aspire_ingest.load.pdf.paint.ink import Ink
from aspire_ingest.load.pdf.words.words import Word
from aspire_ingest.load.writing.clean import tidy

_NOT_SEEN = 2 | 32
"""Flags of an annotation: hidden, not shown on screen."""
_PASSWORD = 1 << 13
_PUSH_BUTTON = 1 << 16
_MOST_PARENTS = 16
_MOST_LETTERS = 5000
TICKED, EMPTY = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Filled:
    """The words of a page's fields, and how many filled fields are not shown."""

    words: list[Word]
    hidden: int


def read_form(ink: Ink, words: Sequence[Word]) -> Filled:
    """Read the fields of one page; `words` are those printed on it, that fields stand beside."""
    found: list[Word] = []
    hidden = 0
    for place, annotation in ink.annotations:
        if _name(annotation.get("Subtype")) not in ("Widget", "FreeText"):
            continue
        field = _inherited(annotation)
        text = _value(field)
        if _flags(field, "F") & _NOT_SEEN:
            hidden += bool(text) and text != EMPTY
        elif text:
            found += _words(text, place, words)
    return Filled(found, hidden)


def _flags(field: Mapping[str, object], key: str) -> int:
    flags = resolve1(field.get(key))
    return flags if isinstance(flags, int) else 0


def _inherited(field: Mapping[str, object]) -> dict[str, object]:
    """A field with what its parents say for it."""
    found = dict(field)
    parent = resolve1(field.get("Parent"))
    for _ in range(_MOST_PARENTS):
        if not isinstance(parent, dict):
            break
        above = cast("dict[str, object]", parent)
        for key in ("FT", "V", "Ff", "Opt"):
            if key in above:
                found.setdefault(key, resolve1(above[key]))
        parent = resolve1(above.get("Parent"))
    return found


def _value(field: Mapping[str, object]) -> str:
    if _name(field.get("Subtype")) == "FreeText":
        return _text(field.get("Contents"))
    kind = _name(field.get("FT"))
    flags = _flags(field, "Ff")
    if kind == "Btn":
        if flags & _PUSH_BUTTON:
            return ""
        state = _name(field.get("AS")) or _name(field.get("V")) or "Off"
        return EMPTY if state == "Off" else TICKED
    if kind not in ("Tx", "Ch") or flags & _PASSWORD:
        return ""
    value = resolve1(field.get("V"))
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    shown = _choices(field) if kind == "Ch" else {}
    return ", ".join(shown.get(text, text) for text in map(_text, values) if text)


def _choices(field: Mapping[str, object]) -> dict[str, str]:
    """What a list shows for each value that it exports."""
    options = resolve1(field.get("Opt"))
    pairs = map(resolve1, cast("list[object]", options) if isinstance(options, list) else [])
    lists = [cast("list[object]", pair) for pair in pairs if isinstance(pair, list)]
    return {_text(pair[0]): _text(pair[1]) for pair in lists if len(pair) > 1}


def _text(value: object) -> str:
    value = resolve1(value)
    return decode_text(value)[:_MOST_LETTERS] if isinstance(value, bytes | str) else ""


def _words(text: str, place: Area, printed: Sequence[Word]) -> Iterator[Word]:
    """A value on the line of its label; further lines of it below."""
    x0, top, x1, bottom = place.x0, place.top, place.x1, place.bottom
    lines = [line for line in map(tidy, text.replace("\r", "\n").split("\n")) if line]
    middle = (top + bottom) / 2
    beside = [word for word in printed if top <= (word.top + word.bottom) / 2 <= bottom]
    label = min(beside, key=lambda word: min(abs(word.x1 - x0), abs(word.x0 - x1)), default=None)
    size = label.size if label else min(12.0, max(4.0, 0.7 * (bottom - top)))
    base = label.bottom if label else (middle + size / 2 if len(lines) == 1 else top + size)
    for number, line in enumerate(lines):
        below = base + number * 1.2 * size
        yield Word(
            text=line,
            x0=x0,
            x1=max(x0 + 1, min(x1, x0 + size * len(line))),
            top=below - size,
            bottom=below,
            baseline=below,
            size=size,
            is_bold=False,
            is_entry=True,
        )


def _name(value: object) -> str | None:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return str(value.name)
    return value if isinstance(value, str) else None

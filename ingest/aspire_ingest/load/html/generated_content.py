"""Text that style rules put before or after elements: "Not ", "✗ ", "Article 3: ".

A reader of the page sees it as any other text. What only decorates (a dot, an arrow) is no text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aspire_ingest.load.html.list import first_and_step, step_of, whole_number
from aspire_ingest.load.html.tree import Element, tag_of
from aspire_ingest.load.writing.bullet_signs import saying_bullet
from aspire_ingest.load.writing.list_numbers import format_number

LISTS = frozenset({"ul", "ol", "menu", "dir"})
OWN_NUMBER, NUMBER_FORM = "data-own-number", "data-number-form"
"""Set on items of lists that show no number of their own, or count in another form."""
_PIECE = re.compile(
    r"\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|attr\(\s*(?P<attr>[\w-]+)\s*\)"
    r"|counter\(\s*(?P<counter>[\w-]+)\s*(?:,\s*(?P<form>[\w-]+)\s*)?\)"
    r"|counters\(\s*(?P<counters>[\w-]+)\s*,\s*[\"'](?P<joint>[^\"']*)[\"']\s*"
    r"(?:,\s*(?P<forms>[\w-]+)\s*)?\)|(?P<open>open-quote)|(?P<close>close-quote)|(?P<alt>/)"
    r"|(?<![\w-])[\w-]{1,40}\((?:[^()\"']|\"[^\"]*\"|'[^']*')*\)?",
    re.IGNORECASE,
)
"""The last is any other function: a picture's address (`url("tick.png")`) is no text."""
_ESCAPED = re.compile(r"\\(?:(?P<code>[0-9a-fA-F]{1,6})\s?|(?P<letter>.))", re.DOTALL)
_PAIR = re.compile(r"(?P<name>[a-zA-Z_][\w-]*)(?:\s+(?P<number>-?\d{1,6}))?")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LONGEST = 300
_MOST_NESTED = 30
_FORMS = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "japaneseCounting", "japanese-informal": "japaneseCounting",
    "japanese-formal": "japaneseLegal", "katakana": "aiueoFullWidth",
    "katakana-iroha": "irohaFullWidth", "decimal-leading-zero": "decimalZero",
}  # fmt: skip


@dataclass(slots=True)
class Counters:
    """The counters of a page where a walk through it stands; each entry is a depth and a value."""

    _entries: dict[str, list[tuple[int, int]]] = field(
        default_factory=dict[str, list[tuple[int, int]]]
    )

    def count_lists(self, element: Element, depth: int) -> None:
        """Count `list-item`: each list begins it and each item counts it, without any rule."""
        if tag_of(element) in LISTS:
            number, step = first_and_step(element)
            self._reset("list-item", number - step, depth)
        entries = self._entries.get("list-item")
        parent = element.getparent()
        if tag_of(element) == "li" and entries and parent is not None:
            level, value = entries[-1]
            entries[-1] = level, whole_number(element.get("value"), value + step_of(parent))

    def apply(self, own: Mapping[str, str], depth: int) -> None:
        """Begin and count what an element, or what is put before it, says."""
        for name, number in _pairs(own.get("counter-reset", ""), 0):
            self._reset(name, number, depth)
        for name, number in _pairs(own.get("counter-increment", ""), 1):
            if not self._entries.get(name):
                self._reset(name, 0, depth)
            level, value = self._entries[name][-1]
            self._entries[name][-1] = level, value + number

    def leave(self, depth: int) -> None:
        """Forget what was begun inside an element of this depth."""
        for entries in self._entries.values():
            while entries and entries[-1][0] > depth:
                entries.pop()

    def shown(self, name: str, form: str, joint: str | None) -> str:
        """A counter as it is written, or with `joint` all of its levels."""
        entries = self._entries.get(name) or [(0, 0)]
        values = [value for _, value in (entries if joint is not None else entries[-1:])]
        return (joint or "").join(format_number(value, _FORMS.get(form, form)) for value in values)

    def _reset(self, name: str, number: int, depth: int) -> None:
        entries = self._entries.setdefault(name, [])
        if entries and entries[-1][0] >= depth:
            entries.pop()
        if len(entries) < _MOST_NESTED:
            entries.append((depth, number))


def generated_text(content: str, element: Element, counters: Counters) -> str:
    """What a `content` puts beside an element; "" where it says nothing."""
    pieces: list[str] = []
    for match in _PIECE.finditer(content):
        if match["alt"]:
            break  # what follows is for those who hear the page
        pieces.append(_piece(match, element, counters))
    text = _PRIVATE.sub("", "".join(pieces))[:_LONGEST]
    return text if any(map(str.isalnum, text)) or saying_bullet(text.strip()) else ""


def counts(content: str) -> bool:
    """Whether a `content` shows a counter."""
    return "counter" in content.lower()


def marker_text(style: str) -> str:
    """What a list puts before its items by a text of its own (`list-style-type: "✗ "`)."""
    match = _PIECE.search(style)
    text = _unescaped(match["double"] or match["single"] or "") if match else ""
    return text if any(map(str.isalnum, text)) or saying_bullet(text.strip()) else ""


def number_form(style: str) -> str:
    """The form in which a list counts, named as in Word; "" where style says none that is known."""
    return next((_FORMS[word] for word in style.lower().split() if word in _FORMS), "")


def _piece(match: re.Match[str], element: Element, counters: Counters) -> str:
    if match["attr"]:
        return element.get(match["attr"].lower()) or ""
    if match["counter"]:
        return counters.shown(match["counter"], (match["form"] or "").lower(), None)
    if match["counters"]:
        return counters.shown(match["counters"], (match["forms"] or "").lower(), match["joint"])
    if match["open"] or match["close"]:
        return "“" if match["open"] else "”"
    return _unescaped(match["double"] or match["single"] or "")


def _unescaped(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        if not match["code"]:
            return match["letter"]
        code = int(match["code"], 16)
        return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"

    return _ESCAPED.sub(shown, text)


def _pairs(written: str, default: int) -> list[tuple[str, int]]:
    return [
        (match["name"], default if match["number"] is None else int(match["number"]))
        for match in _PAIR.finditer(written)
    ]

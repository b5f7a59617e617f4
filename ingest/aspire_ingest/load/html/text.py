"""From an element tree to block Markdown: HTML as pages write it, and Trafilatura's own tags."""

import re

from aspire_ingest.load.html.generated_content import NUMBER_FORM, OWN_NUMBER
from aspire_ingest.load.html.list import (
    counted,
    definition_groups,
    definition_line,
    first_and_step,
    whole_number,
)
from aspire_ingest.load.html.table import is_data, read_grid
from aspire_ingest.load.html.tree import Element, tag_of
from aspire_ingest.load.writing.blocks import BlockWriter, flat

__all__ = [
    "INLINE",
    "JAPANESE_WRAP",
    "MAX_DEPTH",
    "SKIPPED",
    "Element",
    "inline_text",
    "render",
    "tag_of",
]

SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "rt",
        "rp",
        "map",
        "img",
        "graphic",
        "link",
        "meta",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "hi",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ref",
        "rb",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir", "list"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_JA = "\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"
JAPANESE_WRAP = re.compile(rf"(?<=[{_JA}])[ \t]*[\r\n]\s*(?=[{_JA}])")
"""A line end inside Japanese, where a browser would show a gap that nobody meant."""
MAX_DEPTH = 250
"""libxml2 drops what lies deeper than 256: such a page is refused rather than cut."""


_LINE = INLINE | SKIPPED | {"p", "br", "lb"}


def render(root: Element) -> str:
    """The text of an element as block Markdown."""
    renderer = _Renderer()
    renderer.children(root)
    renderer.flush()
    return renderer.writer.text


def inline_text(element: Element) -> str:
    """All text of an element on one line, without scripts and readings (ruby)."""
    pieces: list[str] = []
    _collect(element, pieces)
    return flat("".join(pieces))


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", JAPANESE_WRAP.sub("", text)) if text else ""


def _whole(element: Element) -> str:
    """The text of an element with its own line breaks, for `pre`."""
    pieces = [element.text or ""]
    for child in element:
        inner = "" if tag_of(child) in SKIPPED else _whole(child)
        pieces += ["\n" if tag_of(child) == "br" else inner, child.tail or ""]
    return "".join(pieces)


def _collect(element: Element, pieces: list[str]) -> None:
    tag = tag_of(element)
    if tag in ("br", "lb"):
        pieces.append("\n")
    elif tag and tag not in SKIPPED:
        is_block = tag not in INLINE
        pieces.append(("\n" if is_block else "") + _text(element.text))
        for child in element:
            _collect(child, pieces)
            pieces.append(_text(child.tail))
        if is_block:
            pieces.append("\n")


class _Renderer:
    """Walks a tree once; inline text gathers until a block ends."""

    def __init__(self) -> None:
        self.writer = BlockWriter()
        self._inline: list[str] = []

    def flush(self) -> None:
        """End the paragraph that was gathering."""
        text = "".join(self._inline)
        self._inline.clear()
        self.writer.paragraph(text)

    def children(self, element: Element) -> None:
        self._inline.append(_text(element.text))
        for child in element:
            self._element(child)
            self._inline.append(_text(child.tail))

    def _element(self, element: Element) -> None:
        tag = tag_of(element)
        if not tag or tag in SKIPPED:
            return
        if tag in ("br", "lb"):
            self._inline.append("\n")
        elif tag in INLINE:
            self.children(element)
        else:
            self.flush()
            self._block(element, tag)
            self.flush()

    def _block(self, element: Element, tag: str) -> None:
        if tag in _HEADINGS or tag == "head":
            level = _HEADINGS.get(tag) or _HEADINGS.get(element.get("rend") or "", 2)
            self.writer.heading(level, inline_text(element))
        elif tag in _LISTS:
            self.writer.end_list()
            self._list(element, depth=0)
            self.writer.end_list()
        elif tag == "table" and is_data(element):
            self._table(element)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "pre":
            self.writer.paragraph(_whole(element))
        else:
            self.children(element)

    def _list(self, element: Element, depth: int) -> None:
        is_ordered = tag_of(element) == "ol" or element.get("rend") == "ol"
        number, step = first_and_step(element)
        for child in element:
            if tag_of(child) in _LISTS:
                self._list(child, depth + 1)
            elif tag_of(child) not in SKIPPED:
                number = whole_number(child.get("value"), number)
                has_number = is_ordered and child.get(OWN_NUMBER) is None
                form = child.get(NUMBER_FORM) or child.get("type") or element.get("type")
                self._item(child, depth, number if has_number else None, form)
                number += step

    def _item(self, element: Element, depth: int, number: int | None, form: str | None) -> None:
        sign = counted(number, form)
        pieces = [f"{sign} " if sign else "", _text(element.text)]
        number = None if sign else number
        nested: list[Element] = []
        for child in element:
            if tag_of(child) in _LISTS:
                nested.append(child)
                pieces.append("\n")
            else:
                _collect(child, pieces)
            pieces.append(_text(child.tail))
        self.writer.item("".join(pieces), depth=depth, number=number)
        for child in nested:
            self._list(child, depth + 1)

    def _table(self, element: Element) -> None:
        for caption in element.iterchildren("caption"):
            self.writer.paragraph(inline_text(caption))
        grid = read_grid(element, inline_text)
        for title in grid.titles:
            self.writer.paragraph(title)
        self.writer.table(grid.rows)

    def _definitions(self, element: Element) -> None:
        """Each `term: definition` as a paragraph; what is longer than a line follows its term."""
        for terms, definitions in definition_groups(element):
            names = [name for name in map(inline_text, terms) if name]
            lines = [definition_line(names, inline_text(part)) for part in definitions]
            written = [line for line in lines if line is not None]
            if written and len(written) == len(lines) and all(map(_is_one_line, definitions)):
                for line in written:
                    self.writer.paragraph(line)
                continue
            for part in (*terms, *definitions):
                self.children(part)
                self.flush()


def _is_one_line(element: Element) -> bool:
    tags = [tag_of(inner) for inner in element.iterdescendants()]
    return set(tags) <= _LINE and tags.count("p") < 2

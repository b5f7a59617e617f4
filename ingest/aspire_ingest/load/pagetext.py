"""From an element tree to block Markdown: HTML as pages write it, and Trafilatura's own tags."""

import re

from lxml import etree

from aspire_ingest.load.blocks import BlockWriter, flat

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml has no public name for it

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
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
_INLINE = frozenset(
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
_ROWS, _CELLS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_JA = "\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"
JAPANESE_WRAP = re.compile(rf"(?<=[{_JA}])[ \t]*[\r\n]\s*(?=[{_JA}])")
"""A line end inside Japanese, where a browser would show a gap that nobody meant."""
_MAX_SPAN = 60
MAX_DEPTH = 250
"""libxml2 drops what lies deeper than 256: such a page is refused rather than cut."""


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


def tag_of(element: Element) -> str:
    """The tag in lower case without namespace; empty for comments and instructions."""
    tag: object = element.tag  # the stubs say str; comments have a function here
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""  # pyright: ignore[reportUnnecessaryIsInstance]


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", JAPANESE_WRAP.sub("", text)) if text else ""


def _whole(element: Element) -> str:
    """The text of an element with its own line breaks, for `pre`."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["\n" if tag_of(child) == "br" else _whole(child), child.tail or ""]
    return "".join(pieces)


def _collect(element: Element, pieces: list[str]) -> None:
    tag = tag_of(element)
    if tag in ("br", "lb"):
        pieces.append("\n")
    elif tag and tag not in _SKIPPED:
        is_block = tag not in _INLINE
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
        if not tag or tag in _SKIPPED:
            return
        if tag in ("br", "lb"):
            self._inline.append("\n")
        elif tag in _INLINE:
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
        elif tag == "table" and _is_data(element):
            self._table(element)
        elif tag == "pre":
            self.writer.paragraph(_whole(element))
        else:
            self.children(element)

    def _list(self, element: Element, depth: int) -> None:
        is_ordered = tag_of(element) == "ol" or element.get("rend") == "ol"
        number = _integer(element.get("start"), 1)
        for child in element:
            if tag_of(child) in _LISTS:
                self._list(child, depth + 1)
            elif tag_of(child) not in _SKIPPED:
                self._item(child, depth, number if is_ordered else None)
                number += 1

    def _item(self, element: Element, depth: int, number: int | None) -> None:
        pieces = [_text(element.text)]
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
        self.writer.table(_grid(element))


def unwrap_layout(tree: Element) -> None:
    """Make plain boxes of the tables that only lay out the page, the innermost ones last."""
    for table in [table for table in tree.iter("table") if not _is_data(table)]:
        for element in list(table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th")):
            owner = next((box for box in element.iterancestors("table")), None)
            if element is table or owner is None or owner is table:
                element.tag = "div"


def _is_data(table: Element) -> bool:
    """Tell a table of values from one that lays out a page."""
    rows = [row for row in table.iter() if tag_of(row) in _ROWS]
    if any(tag_of(inner) == "table" for inner in table.iterdescendants()):
        return False
    if any(tag_of(inner) in _HEADINGS for inner in table.iterdescendants()):
        return False
    widths = [sum(tag_of(cell) in _CELLS for cell in row) for row in rows]
    return len(rows) >= 2 and max(widths, default=0) >= 2


def _grid(table: Element) -> list[list[str]]:
    """Cells by row; a cell that spans rows is repeated in each, so that a row stands alone."""
    grid: list[list[str]] = []
    carried: dict[int, tuple[str, int]] = {}
    for row in (row for row in table.iter() if tag_of(row) in _ROWS):
        cells: list[str] = []
        for cell in (cell for cell in row if tag_of(cell) in _CELLS):
            _carry(cells, carried)
            text = inline_text(cell)
            rows_down = min(_integer(cell.get("rowspan"), 1), _MAX_SPAN) - 1
            for offset in range(max(1, min(_integer(cell.get("colspan"), 1), _MAX_SPAN))):
                if rows_down > 0:
                    carried[len(cells)] = (text if offset == 0 else "", rows_down)
                cells.append(text if offset == 0 else "")
        _carry(cells, carried)
        grid.append(cells)
    return grid


def _carry(cells: list[str], carried: dict[int, tuple[str, int]]) -> None:
    while len(cells) in carried:
        column = len(cells)
        text, left = carried.pop(column)
        cells.append(text)
        if left > 1:
            carried[column] = (text, left - 1)


def _integer(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else default

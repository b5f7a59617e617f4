"""From lines and tables on pages to block Markdown. Pure: it knows nothing of PDF itself."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aspire_ingest.clean import join_wrapped
from aspire_ingest.load.blocks import BlockWriter, flat

_MARGIN = 0.12
"""Share of the page height at top and bottom where running headers and footers stand."""
_HEADING_MAX = 200
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:page|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|ページ)\s*\d{0,4})?[-–—\s]*", re.I
)
_BULLET = re.compile(r"^[•●○◦▪■□◆◇‣・*–-]\s+(?=\S)|^[•●○◦▪■◆◇‣・](?=\S)")
_STARTS_BLOCK = re.compile(
    r"^(?:[(（]?\d{1,2}[.)）]\s|[①-⑳]|[(（][a-zivx]{1,4}[)）]\s|[QA]\d{0,3}[.:．：]\s|[問答]\s?\d|※|\*\d)"
)
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s|第[\d一二三四五六七八九十]+[章節条]|[IVX]+\.\s|Appendix|別[表紙添])"
)
_ENDS_SENTENCE = re.compile(r"[.。．!?！？:：;；]['\"”’」』)）]*$")
_CAPTION = re.compile(r"^(?:table|figure|fig\.|表|図)\s*[\d.１-９]+", re.IGNORECASE)
_HYPHEN = re.compile(r"(?P<head>[A-Za-z]{2,})-$")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One ruled table, cells by row."""

    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, word: dict[str, object]) -> bool:
        """Tell whether the middle of a word lies inside."""
        left, right, top, bottom = (word[key] for key in ("x0", "x1", "top", "bottom"))
        numbers = [
            float(edge) for edge in (left, right, top, bottom) if isinstance(edge, int | float)
        ]
        x, y = sum(numbers[:2]) / 2, sum(numbers[2:]) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What stands on one page."""

    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    has_image: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What is normal in this document."""

    body_size: float
    pitch: float
    heading_levels: dict[tuple[float, int], int]
    """By font size and depth of the number: many documents set 1. and 1.1 in one size."""
    words: frozenset[str]


def lay_out(pages: Sequence[PageContent]) -> BlockWriter:
    """Write all pages, each page's beginning marked."""
    running = _running_lines(pages)
    bodies = [
        [line for line in page.lines if not _is_running(line, page, running)] for page in pages
    ]
    style = _style(bodies)
    layout = _Layout(style)
    for page, lines in zip(pages, bodies, strict=True):
        layout.page(lines, page.tables)
    layout.end_block()
    return layout.writer


def _in_margin(line: Line, page: PageContent) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _shape(line: Line) -> tuple[str, int]:
    """What stays the same in a running line: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)


def _running_lines(pages: Sequence[PageContent]) -> frozenset[tuple[str, int]]:
    counts = Counter(
        shape
        for page in pages
        for shape in {_shape(line) for line in page.lines if _in_margin(line, page)}
    )
    needed = max(2, len(pages) // 2)
    return frozenset(shape for shape, count in counts.items() if count >= needed)


def _is_running(line: Line, page: PageContent, running: frozenset[tuple[str, int]]) -> bool:
    if not _in_margin(line, page):
        return False
    return _shape(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text))


def _style(bodies: Sequence[Sequence[Line]]) -> _Style:
    sizes: Counter[float] = Counter()
    words: Counter[str] = Counter()
    for line in (line for lines in bodies for line in lines):
        sizes[line.size] += len(line.text)
        words.update(word.lower() for word in _WORD.findall(line.text))
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    pitches = Counter(
        round(below.top - above.top, 0)
        for lines in bodies
        for above, below in pairwise(lines)
        if above.size == below.size == body and 0 < below.top - above.top < 3 * body
    )
    pitch = pitches.most_common(1)[0][0] if pitches else 1.4 * body
    heads = {_rank(line) for lines in bodies for line in lines if _looks_heading(line, body)}
    ranks = sorted(heads, key=lambda rank: (-rank[0], rank[1]))
    levels = {rank: min(level, 6) for level, rank in enumerate(ranks, start=1)}
    return _Style(body_size=body, pitch=pitch, heading_levels=levels, words=frozenset(words))


def _rank(line: Line) -> tuple[float, int]:
    """Size of a heading and depth of its number: 1 for "2." and for none, 2 for "2.1"."""
    number = re.match(r"\d{1,2}(?:\.\d{1,2})*", line.text)
    return line.size, number[0].count(".") + 1 if number else 1


def _looks_heading(line: Line, body: float) -> bool:
    if len(line.text) > _HEADING_MAX or _CAPTION.match(line.text) or _BULLET.match(line.text):
        return False
    if line.size >= 1.15 * body and not line.text.endswith(("。", ".")):
        return True
    if not line.is_bold or line.size < 0.97 * body:
        return False
    return bool(_NUMBERED.match(line.text)) or not _ENDS_SENTENCE.search(line.text)


class _Layout:
    """Gathers lines into blocks, and blocks into the writer."""

    def __init__(self, style: _Style) -> None:
        self.writer = BlockWriter()
        self._style = style
        self._block: list[Line] = []
        self._last_table: Table | None = None
        self._continues = False

    def page(self, lines: Sequence[Line], tables: Iterable[Table]) -> None:
        waiting = sorted(tables, key=lambda table: table.top)
        self._turn_page(lines, waiting)
        for line in lines:
            while waiting and waiting[0].top < line.top:
                self._table(waiting.pop(0))
            if self._breaks_before(line):
                self.end_block()
            self._block.append(line)
            self._last_table = None
        for table in waiting:
            self._table(table)

    def end_block(self) -> None:
        """Write the lines gathered so far as one block."""
        lines, self._block = self._block, []
        if not lines:
            return
        text = self._joined(lines)
        bullet = _BULLET.match(text)
        if self._continues:
            self.writer.extend(text)
        elif self._is_heading(lines[0]):
            self.writer.heading(self._style.heading_levels[_rank(lines[0])], text)
        elif bullet is not None:
            self.writer.item(text[bullet.end() :])
        else:
            self.writer.paragraph(text)
        self._continues = False

    def _turn_page(self, lines: Sequence[Line], tables: Sequence[Table]) -> None:
        """End the page before; note whether its last paragraph goes on."""
        last = self._block[-1] if self._block else None
        first = lines[0] if lines else None
        goes_on = (
            last is not None
            and first is not None
            and not (tables and tables[0].top < first.top)
            and abs(last.size - first.size) < 0.2
            and not self._is_heading(last)
            and not self._is_heading(first)
            and not _ENDS_SENTENCE.search(last.text)
            and not _BULLET.match(first.text)
            and not _STARTS_BLOCK.match(first.text)
        )
        self.end_block()
        self._continues = goes_on
        self.writer.page()

    def _table(self, table: Table) -> None:
        self.end_block()
        before = self._last_table
        rows = table.rows
        if (
            before is not None
            and len(before.rows[0]) == len(rows[0])
            and abs(before.x0 - table.x0) < 3
        ):
            same_head = [flat(cell) for cell in rows[0]] == [flat(cell) for cell in before.rows[0]]
            self.writer.rows(rows[1:] if same_head else rows)
        else:
            self.writer.table(rows)
            self._last_table = table

    def _is_heading(self, line: Line) -> bool:
        return _looks_heading(line, self._style.body_size)

    def _breaks_before(self, line: Line) -> bool:
        if not self._block:
            return False
        last = self._block[-1]
        if self._is_heading(line) != self._is_heading(last) or abs(line.size - last.size) > 0.6:
            return True
        pitch = self._style.pitch * max(line.size, last.size) / self._style.body_size
        if line.top - last.top > 1.22 * pitch or line.top < last.top - 2:
            return True
        if _BULLET.match(line.text) or _STARTS_BLOCK.match(line.text):
            return True
        if self._is_heading(line):
            return bool(_NUMBERED.match(line.text))
        ended = bool(_ENDS_SENTENCE.search(last.text))
        right = max(known.x1 for known in self._block)
        return ended and (last.x1 < right - 4 * line.size or line.x0 > last.x0 + 0.8 * line.size)

    def _joined(self, lines: Sequence[Line]) -> str:
        text = lines[0].text
        for line in lines[1:]:
            match = _HYPHEN.search(text)
            if match is None or not line.text[:1].islower():
                text = join_wrapped((text, line.text))
                continue
            tail = re.match(r"[a-z]+", line.text)
            rest = tail[0] if tail else ""
            text = (
                text if self._keeps_hyphen(match["head"].lower(), rest) else text[:-1]
            ) + line.text
        return text

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether a hyphen at a line end belongs to the word: asked of the document's own words."""
        if f"{head}{tail}" in self._style.words:
            return False
        if f"{head}-{tail}" in self._style.words:
            return True
        return head in self._style.words and tail in self._style.words

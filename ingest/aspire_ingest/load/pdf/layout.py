"""From lines and tables on pages to block Markdown. Pure: it knows nothing of PDF itself."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aspire_ingest.load.pdf.list_marks import marked_lines
from aspire_ingest.load.pdf.tables import Table
from aspire_ingest.load.pdf.words.words import ENDS_SENTENCE, Line
from aspire_ingest.load.writing.blocks import BlockWriter, flat
from aspire_ingest.load.writing.bullet_signs import saying_bullet
from aspire_ingest.load.writing.clean import join_wrapped

_HEADING_MAX = 200
_SAME_PLACE = 1.0
"""Points by which lines that begin at one place may differ."""
_BULLET = re.compile(r"^[•●○◦▪■□◆◇‣・*–-]\s+(?=\S)|^[•●○◦▪■◆◇‣・](?=\S)")
_STARTS_BLOCK = re.compile(
    r"^(?:[(（]?\d{1,2}[.)）]\s|[①-⑳]|[(（][a-zivx]{1,4}[)）]\s"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}\s|[(（]?[ア-ン][)）]|[ア-ン]\s"
    r"|[QA]\d{0,3}[.:．：]\s|[問答]\s?\d|※|\*\d|[☐☑☒✓✔✗✘❏❑❒])"
)
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s|第[\d一二三四五六七八九十]+[章節条]|[IVX]+\.\s|Appendix|別[表紙添])"
)
_RATING = re.compile(r"^(?P<sign>[○◯◎△×✕✖](?=\s)|[■□])\s*(?=\S)")
_SQUARES = frozenset("■□")
_LEADER = re.compile(r"(?:\.\s?){6,}\s*\d{1,4}\s*$|[…‥]{2,}\s*\d{1,4}\s*$|・{6,}\s*\d{1,4}\s*$")
"""A line of a table of contents: dots up to the number of a page."""
_CAPTION = re.compile(r"^(?:table|figure|fig\.|表|図)\s*[\d.１-９]+", re.IGNORECASE)
_HYPHEN = re.compile(r"(?P<before>-?)(?P<head>[A-Za-z]{2,})-$")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables that are read from top to bottom."""

    items: tuple[Line | Table, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines alone."""
        return tuple(item for item in self.items if isinstance(item, Line))

    def is_as_wide_as(self, other: "Column") -> bool:
        """Whether a paragraph of one may go on in the other."""
        return abs(self._width - other._width) <= 0.2 * max(self._width, other._width)

    @property
    def _width(self) -> float:
        lines = self.lines
        return max(line.x1 for line in lines) - min(line.x0 for line in lines) if lines else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """What is normal in this document."""

    body_size: float
    pitch: float
    heading_levels: dict[tuple[float, int], int]
    """By font size and depth of the number: many documents set 1. and 1.1 in one size."""
    words: frozenset[str]
    ratings: frozenset[str]
    """Circles, crosses and squares that lines begin with, where they rate or choose."""

    def rating(self, text: str) -> str:
        """The sign that a line begins with where such signs say something; "" else."""
        found = _RATING.match(text)
        if found is None:
            return ""
        if found["sign"] in _SQUARES:
            return found["sign"] if found["sign"] in self.ratings else ""
        return saying_bullet(found["sign"], self.ratings)


def lay_out(pages: Sequence[Sequence[Column]]) -> BlockWriter:
    """Write all pages, each page's beginning marked; a page is its columns in reading order."""
    style = _style([column.lines for page in pages for column in page])
    lines = (line for page in pages for column in page for line in column.lines)
    layout = _Layout(style, marked_lines(lines, style.body_size))
    for page in pages:
        layout.page(page)
    layout.end_block()
    return layout.writer


def _style(bodies: Sequence[Sequence[Line]]) -> _Style:
    sizes: Counter[float] = Counter()
    for line in (line for lines in bodies for line in lines):
        sizes[line.size] += len(line.text)
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
    return _Style(
        body_size=body,
        pitch=pitch,
        heading_levels=levels,
        words=_words(bodies),
        ratings=_ratings(bodies),
    )


def _ratings(bodies: Sequence[Sequence[Line]]) -> frozenset[str]:
    found = (_RATING.match(line.text) for lines in bodies for line in lines)
    signs = frozenset(match["sign"] for match in found if match is not None) - _SQUARES
    signs = signs if len(signs) > 1 else frozenset[str]()
    return signs | _SQUARES if any(map(_chooses, bodies)) else signs


def _chooses(lines: Sequence[Line]) -> bool:
    """Whether full and empty squares are choices: side by side, or one below the other.

    The bullets of two levels of a list stand at two places.
    """
    if any(_SQUARES.issubset(line.text) for line in lines):
        return True
    return any(
        abs(above.x0 - below.x0) <= _SAME_PLACE
        and frozenset((above.text[:1], below.text[:1])) == _SQUARES
        for above, below in pairwise(lines)
    )


def _words(bodies: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words of a document in small letters, without the halves that a line end parts."""
    words: set[str] = set()
    is_parted = False
    for line in (line for lines in bodies for line in lines):
        found = _WORD.findall(line.text)[1 if is_parted else 0 :]
        is_parted = _HYPHEN.search(line.text) is not None
        words.update(word.lower() for word in (found[:-1] if is_parted else found))
    return frozenset(words)


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
    return bool(_NUMBERED.match(line.text)) or not ENDS_SENTENCE.search(line.text)


class _Layout:
    """Gathers lines into blocks, and blocks into the writer."""

    def __init__(self, style: _Style, marked: Mapping[int, str]) -> None:
        """`marked`: lines that begin entries by their places, as they are written."""
        self.writer = BlockWriter()
        self._style = style
        self._marked = marked
        self._block: list[Line] = []
        self._last_table: Table | None = None
        self._continues = False
        self._right = 0.0
        self._entries: list[float] = []
        """Where the entries begin that the last one stands in, and where itself does: points."""

    def page(self, columns: Sequence[Column]) -> None:
        """Write a page, its columns one after the other."""
        self._turn_to(columns[0] if columns else Column(()))
        self.writer.page()
        for number, column in enumerate(columns):
            if number:
                self._turn_to(column)
                self._continues &= column.is_as_wide_as(columns[number - 1])
            self._right = max((line.x1 for line in column.lines), default=0.0)
            for item in column.items:
                self._add(item)

    def _add(self, item: Line | Table) -> None:
        if isinstance(item, Table):
            self._table(item)
            return
        if self._breaks_before(item):
            self.end_block()
        self._block.append(item)
        self._last_table = None

    def end_block(self) -> None:
        """Write the lines gathered so far as one block."""
        lines, self._block = self._block, []
        if not lines:
            return
        text = self._joined(lines)
        bullet = _BULLET.match(text)
        depth = self._depth(lines[0])
        if self._continues:
            self.writer.extend(text)
        elif self._is_heading(lines[0]):
            self.writer.heading(self._style.heading_levels[_rank(lines[0])], text)
        elif bullet is not None:
            rating = self._style.rating(text)
            rest = text[bullet.end() :]
            self.writer.item(f"{rating} {rest}" if rating else rest, depth=depth)
        else:
            self.writer.paragraph(text)
        self._continues = False

    def _depth(self, first: Line) -> int:
        """How deep the entry stands that a line begins; what is no entry ends the list."""
        if not self._begins_entry(first) or self._is_heading(first):
            self._entries.clear()
            return 0
        while self._entries and self._entries[-1] > first.x0 + _SAME_PLACE:
            self._entries.pop()
        if not self._entries or self._entries[-1] < first.x0 - _SAME_PLACE:
            self._entries.append(first.x0)
        return len(self._entries) - 1

    def _turn_to(self, column: Column) -> None:
        """End the page or column before; note whether its last paragraph goes on."""
        last = self._block[-1] if self._block else None
        first = column.items[0] if column.items else None
        goes_on = (
            last is not None
            and isinstance(first, Line)
            and abs(last.size - first.size) < 0.2
            and not self._is_heading(last)
            and not self._is_heading(first)
            and not ENDS_SENTENCE.search(last.text)
            and not _LEADER.search(last.text)
            and not self._begins_entry(first)
        )
        self.end_block()
        self._entries.clear()
        self._continues = goes_on

    def _table(self, table: Table) -> None:
        self.end_block()
        self._entries.clear()
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

    def _begins_entry(self, line: Line) -> bool:
        is_marked = id(line) in self._marked or _BULLET.match(line.text)
        return bool(is_marked or _STARTS_BLOCK.match(line.text))

    def _is_heading(self, line: Line) -> bool:
        return _looks_heading(line, self._style.body_size)

    def _breaks_before(self, line: Line) -> bool:  # noqa: PLR0911 - one line per reason
        if not self._block:
            return False
        last = self._block[-1]
        if self._is_heading(line) != self._is_heading(last) or abs(line.size - last.size) > 0.6:
            return True
        pitch = self._style.pitch * max(line.size, last.size) / self._style.body_size
        step = line.top - last.top
        if step > 1.22 * pitch or step < -2 or self._has_room(last, line):
            return True
        if _LEADER.search(last.text) or (_LEADER.search(line.text) and _NUMBERED.match(line.text)):
            return True
        if self._style.ratings and self._style.rating(line.text):
            return True
        if line.is_entry or self._begins_entry(line):
            return True
        if self._is_heading(line):
            return bool(_NUMBERED.match(line.text))
        if self._is_out_of_entry(last, line):
            return True
        ended = bool(ENDS_SENTENCE.search(last.text))
        right = max(known.x1 for known in self._block)
        return ended and (last.x1 < right - 4 * line.size or line.x0 > last.x0 + 0.8 * line.size)

    def _is_out_of_entry(self, last: Line, line: Line) -> bool:
        """Whether a line stands left of the bullet before it, whose last line is not full.

        An entry that goes on stands below its bullet or right of it, or at the margin where its
        line was full.
        """
        first = self._block[0]
        is_left = line.x0 < first.x0 - 0.8 * line.size
        return (
            is_left
            and (_BULLET.match(first.text) is not None or id(first) in self._marked)
            and last.x1 < self._right - 2 * line.size
        )

    def _has_room(self, last: Line, line: Line) -> bool:
        """Whether a line stands apart though its first word had room on the line before.

        After the field of a form it is apart in any case.
        """
        if last.is_entry:
            return True
        if line.top - last.bottom <= 0.9 * line.size:
            return False
        letters = max(len(line.text), 1)
        first = len(line.text.split(maxsplit=1)[0]) if line.text.strip() else 0
        width = (line.x1 - line.x0) * (min(first, 30) + 1) / letters
        return not line.text[:1].islower() and last.x1 + width < self._right

    def _joined(self, lines: Sequence[Line]) -> str:
        text = self._marked.get(id(lines[0]), lines[0].text)
        for line in lines[1:]:
            match = _HYPHEN.search(text)
            if match is None or not line.text[:1].islower():
                text = join_wrapped((text, line.text))
                continue
            tail = re.match(r"[a-z]+-?", line.text)
            rest = tail[0] if tail else ""
            text = (
                text
                if self._keeps_hyphen(match["head"].lower(), rest, is_part=bool(match["before"]))
                else text[:-1]
            ) + line.text
        return text

    def _keeps_hyphen(self, head: str, tail: str, *, is_part: bool) -> bool:
        """Whether a hyphen at a line end belongs to the word: asked of the document's own words.

        A word of several parts ("state-of-the-art") is parted at its own hyphens, unless the two
        pieces are known as one.
        """
        known, has_more = self._style.words, tail.endswith("-")
        tail = tail.removesuffix("-")
        if f"{head}{tail}" in known:
            return False
        if has_more or f"{head}-{tail}" in known:
            return True
        return head in known and (is_part or tail in known)

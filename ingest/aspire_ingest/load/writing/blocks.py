"""Writing block Markdown: headings, paragraphs, items, table rows; and where pages begin.

Blocks are separated by a blank line, the items of one list and the rows of one table by a line end.
Nothing inside a line is marked up, so a quote reads as the document does.
"""

from collections.abc import Sequence
from typing import Literal

from aspire_ingest.load.writing.clean import is_cjk, tidy
from aspire_ingest.load.writing.table_heads import titles_of, with_one_head

_Form = Literal["block", "item", "row"]
MAX_HEADING_LEVEL = 6


class BlockWriter:
    """Collects blocks in reading order."""

    def __init__(self) -> None:
        """Start with no text and no pages."""
        self._parts: list[str] = []
        self._length = 0
        self._last: _Form | None = None
        self._page_starts: list[int] = []
        self._pages_waiting = 0

    @property
    def text(self) -> str:
        """All blocks so far."""
        return "".join(self._parts)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """Offset at which each page begins; an empty page begins where the next one does."""
        return (*self._page_starts, *[self._length] * self._pages_waiting)

    def page(self) -> None:
        """Begin a page: the next block is its first."""
        self._pages_waiting += 1

    def heading(self, level: int, text: str) -> None:
        """Add a heading; 1 is the outermost level."""
        line = tidy(text)
        if line:
            self._add("block", f"{'#' * max(1, min(level, MAX_HEADING_LEVEL))} {line}")

    def paragraph(self, text: str) -> None:
        """Add a paragraph; its line breaks are kept as such."""
        lines = [line for line in map(tidy, text.split("\n")) if line]
        if lines:
            self._add("block", "\n".join(lines))

    def written(self, text: str) -> None:
        """Add blocks that are written already, by the parser of a file inside this one."""
        if text.strip():
            self._add("block", text.strip("\n"))

    def extend(self, text: str) -> None:
        """Continue the last block, as a paragraph does on the next page."""
        line = flat(text)
        if not line or not self._parts:
            self.paragraph(line)
            return
        if not (is_cjk(self._parts[-1][-1]) or is_cjk(line[0])):
            self._push(" ")
        self._begin_pages()
        self._push(line)

    def item(self, text: str, *, depth: int = 0, number: int | None = None) -> None:
        """Add a list item on one line; `depth` 0 is the outermost list."""
        line = flat(text)
        if line:
            marker = "-" if number is None else f"{number}."
            self._add("item", f"{'  ' * min(depth, 8)}{marker} {line}")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, its first row as the header; rows are made equally long.

        Rows of one text over the whole width before it are lines of their own, and the rows of a
        header with merged cells become one.
        """
        rows = [[flat(cell) for cell in row] for row in rows]
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        width = max(map(len, rows))
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
        titles = titles_of(rows)
        for title in titles:
            self.paragraph(title)
        rows = with_one_head(rows[len(titles) :])
        self._add("block", _row(rows[0]))
        self._last = "row"
        self._add("row", _row(["---"] * width))
        self.rows(rows[1:])

    def rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Add rows to the table that was written last."""
        for row in rows:
            cells = [flat(cell) for cell in row]
            if any(cells):
                self._add("row", _row(cells))

    def end_list(self) -> None:
        """Keep the next item from joining the list before it."""
        self._last = "block"

    def _add(self, form: _Form, text: str) -> None:
        if self._parts:
            self._push("\n" if form != "block" and form == self._last else "\n\n")
        self._begin_pages()
        self._push(text)
        self._last = form

    def _begin_pages(self) -> None:
        self._page_starts += [self._length] * self._pages_waiting
        self._pages_waiting = 0

    def _push(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def flat(text: str) -> str:
    """One line of text: line breaks become spaces, or nothing inside Japanese."""
    pieces: list[str] = []
    for line in filter(None, map(tidy, text.split("\n"))):
        if pieces and not (is_cjk(pieces[-1][-1]) and is_cjk(line[0])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

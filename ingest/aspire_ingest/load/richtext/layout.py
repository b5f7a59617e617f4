"""Paragraphs, list items, tables and notes of RTF, as they are completed."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from aspire_ingest.errors import LoadError
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.bullet_signs import saying_bullet
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.limits import MAX_CELLS
from aspire_ingest.load.writing.list_numbers import plain_number
from aspire_ingest.load.writing.superscripts import Run, join_runs

_NEAR = 30
"""Twentieths of a point by which programs let edges of one column differ."""
_OWN_MARK = re.compile(r"\s*[\d*†‡a-z]{0,3}\s*")


@dataclass(slots=True)
class RichParagraph:
    """The paragraph that is being read."""

    runs: list[Run] = field(default_factory=list[Run])
    label: str = ""
    level: int | None = None
    """Of a heading, 1 the title."""
    depth: int = 0
    in_table: bool = False


Merged = Literal["", "up", "left"]


@dataclass(slots=True)
class RichRow:
    """The row that is being read, and what is defined of its cells.

    `edges` are where they end, in twentieths of a point; `merged` says to what each is merged.
    """

    cells: list[str] = field(default_factory=list[str])
    edges: list[int] = field(default_factory=list[int])
    merged: list[Merged] = field(default_factory=list[Merged])
    waiting: Merged = ""
    """What the definition that has begun says so far."""


class RichLayout:
    """Writes what a reader of RTF completes."""

    def __init__(self, name: str) -> None:
        """Nothing is written yet; `name` is how errors call the file."""
        self.writer = BlockWriter()
        self.paragraph = RichParagraph()
        self.is_shaded = False
        """A colour lies behind the paragraph, or it stands in a box that may have one."""
        self._name = name
        self._notes: list[list[Run]] = []
        self._noted = self._written = 0
        self._cell: list[str] = []
        self._row = RichRow()
        self._rows: list[RichRow] = []
        self._cells = 0

    def add(self, run: Run, *, is_note: bool) -> None:
        """Take text of the paragraph, or of the note that was begun last."""
        target = self._notes[-1] if is_note and self._notes else self.paragraph.runs
        target.append(run)

    def begin_note(self) -> None:
        """A note stands where its mark does; its text follows the paragraph."""
        runs = self.paragraph.runs
        if runs and runs[-1].height == "raised":
            runs.pop()  # the number that the file shows is the mark itself
        self._noted += 1
        self._notes.append([])
        runs.append(Run(str(self._noted), "reference"))

    def begin_row(self) -> None:
        """Cells are defined anew."""
        self._row = RichRow(cells=self._row.cells)

    def merge_up(self) -> None:
        """The cell that is being defined goes on from the row above."""
        self._row.waiting = "up"

    def merge_left(self) -> None:
        """The cell that is being defined goes on from the one before it."""
        self._row.waiting = "left"

    def define_cell(self, edge: int) -> None:
        """The definition of a cell ends; it reaches up to `edge`."""
        self._row.edges.append(edge)
        self._row.merged.append(self._row.waiting)
        self._row.waiting = ""

    def end_paragraph(self) -> None:
        """Write the paragraph, or keep it as a line of its cell."""
        paragraph = self.paragraph
        text = join_runs(paragraph.runs)
        if paragraph.in_table:
            self._cell.append(self._labelled(text))
        elif tidy(text):
            before = self._table_notes()
            own, self._notes = self._notes, before
            self.end_table()
            self._notes += own
            self._write(text)
        self.paragraph = RichParagraph(
            level=paragraph.level, depth=paragraph.depth, in_table=paragraph.in_table
        )
        if not paragraph.in_table:
            self._write_notes()

    def end_cell(self, *, is_nested: bool) -> None:
        """Keep the cell; one of a table inside another is a line of the outer cell.

        Raises:
            LoadError: there are too many cells.
        """
        self._cell.append(self._labelled(join_runs(self.paragraph.runs)))
        self.paragraph.runs, self.paragraph.label = [], ""
        if is_nested:
            return
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise LoadError(self._name, f"has more than {MAX_CELLS} cells; split it")
        self._row.cells.append("\n".join(filter(None, map(tidy, self._cell))))
        self._cell = []

    def end_row(self) -> None:
        """Keep the row."""
        self._rows.append(self._row)
        self._row = RichRow(edges=self._row.edges, merged=self._row.merged)

    def end_table(self) -> None:
        """Write the rows so far, and the notes in them."""
        if self._row.cells:
            self.end_row()
        if self._rows:
            self.writer.table(_spread(self._rows))
            self._rows = []
            self._write_notes()

    def _table_notes(self) -> list[list[Run]]:
        """The notes that stand in the table before this paragraph: all but its own."""
        own = sum(run.height == "reference" for run in self.paragraph.runs)
        split = max(0, len(self._notes) - own)
        table, self._notes[:split] = self._notes[:split], []
        return table

    def _write(self, text: str) -> None:
        paragraph = self.paragraph
        label = tidy(paragraph.label)
        if paragraph.level is not None:
            self.writer.heading(paragraph.level, self._labelled(text))
        elif label:
            number = plain_number(label)
            shown = text if number is not None else self._labelled(text)
            self.writer.item(shown, depth=paragraph.depth, number=number)
        else:
            self.writer.paragraph(text)

    def _labelled(self, text: str) -> str:
        label = tidy(self.paragraph.label)
        is_shown = any(map(str.isalnum, label)) or saying_bullet(label)
        return f"{label} {text}" if is_shown else text

    def _write_notes(self) -> None:
        for runs in self._notes:
            if runs and runs[0].height == "raised" and _OWN_MARK.fullmatch(runs[0].text):
                del runs[0]
            text = tidy(join_runs(runs))
            if text:
                self.writer.paragraph(f"*{self._written + 1} {text}")
            self._written += 1
        self._notes = []


def _spread(rows: Sequence[RichRow]) -> list[list[str]]:
    """The cells by column: a wide or merged one says the same in each place that it covers."""
    columns = _columns([row.edges for row in rows])
    found: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        for number, cell in enumerate(row.cells):
            end = len(texts) + 1
            merged: Merged = ""
            if number < len(row.edges):
                end, merged = bisect_right(columns, row.edges[number]), row.merged[number]
            around = found[-1][len(texts) :] if merged == "up" and found else []
            around = texts[-1:] if merged == "left" else around[:1]
            texts += [cell or "".join(around)] * max(1, end - len(texts))
        found.append(texts)
    return found


def _columns(rows: Sequence[Sequence[int]]) -> list[int]:
    """Where columns end: of edges that differ by little and are of no one row, the first."""
    columns: list[int] = []
    own: set[int] = set()
    for edge in sorted({edge for row in rows for edge in row}):
        with_it = {number for number, row in enumerate(rows) if edge in row}
        if columns and edge - columns[-1] <= _NEAR and own.isdisjoint(with_it):
            own |= with_it
        else:
            columns.append(edge)
            own = with_it
    return columns

"""Paragraphs, list items, tables and notes of RTF, as they are completed."""

import re
from dataclasses import dataclass, field

from aspire_ingest.errors import LoadError
from aspire_ingest.load.blocks import BlockWriter
from aspire_ingest.load.bullet_signs import saying_bullet
from aspire_ingest.load.clean import tidy
from aspire_ingest.load.limits import MAX_CELLS
from aspire_ingest.load.list_numbers import plain_number
from aspire_ingest.load.superscripts import Run, join_runs

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


@dataclass(slots=True)
class RichRow:
    """The row that is being read; `goes_on` says for each cell whether it is merged upwards."""

    cells: list[str] = field(default_factory=list[str])
    goes_on: list[bool] = field(default_factory=list[bool])
    is_merged: bool = False


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
        self._rows: list[list[str]] = []
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
        self._row.goes_on = []
        self._row.is_merged = False

    def merge_cell(self) -> None:
        """The cell that is being defined goes on from the row above."""
        self._row.is_merged = True

    def define_cell(self) -> None:
        """The definition of a cell ends."""
        self._row.goes_on.append(self._row.is_merged)
        self._row.is_merged = False

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
        """Keep the row; a cell merged upwards says what the one above says."""
        above = self._rows[-1] if self._rows else []
        for column, goes_on in enumerate(self._row.goes_on[: len(self._row.cells)]):
            if goes_on and column < len(above) and not self._row.cells[column]:
                self._row.cells[column] = above[column]
        self._rows.append(self._row.cells)
        self._row.cells = []

    def end_table(self) -> None:
        """Write the rows so far, and the notes in them."""
        if self._row.cells:
            self.end_row()
        if self._rows:
            self.writer.table(self._rows)
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

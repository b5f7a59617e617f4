"""CSV and TSV: lines of cells, as one table under what stands above it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from aspire_ingest.errors import LoadError
from aspire_ingest.load.encoding.encoding import decode, unread_remarks
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.clean import scrub
from aspire_ingest.load.writing.labelled_rows import write_block
from aspire_ingest.load.writing.limits import MAX_CELLS, MAX_COLUMNS
from aspire_ingest.load.writing.tally import RemarkTally

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 60
_AS_TEXT = re.compile(r"\A=\"(?P<text>[^\"]*)\"\Z")
"""How a spreadsheet is told to take digits as they are: `="0007"`."""
_STATED_DELIMITER = "sep="
"""The first line by which Excel tells its own delimiter."""


def parse(raw: Raw) -> Parsed:
    """Read one file of cells; the delimiter is the one by which most lines have equally many.

    Raises:
        LoadError: it is no text, holds no values, or has too many cells.
    """
    text = scrub(decode(raw.data, raw.name, charset=raw.charset))
    first, _, rest = text.partition("\n")
    stated = first.strip().strip('"').lower()
    if stated.startswith(_STATED_DELIMITER) and len(stated) == len(_STATED_DELIMITER) + 1:
        rows = _rows(raw, rest, stated[-1])
    else:
        rows = _rows(raw, text, find_delimiter(text))
    writer, tally = BlockWriter(), RemarkTally()
    wide = sum(len(row) > MAX_COLUMNS for row in rows)
    if wide:
        tally.add("lost", f"row cut at {MAX_COLUMNS} cells", f"rows cut at {MAX_COLUMNS} cells",
                  count=wide)  # fmt: skip
    _write(writer, [row[:MAX_COLUMNS] for row in rows])
    if not writer.text:
        raise LoadError(raw.name, "holds no values")
    return Parsed(
        text=writer.text, stated=Stated(), remarks=(*tally.remarks(), *unread_remarks(writer.text))
    )


def find_delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into equally many cells, two at least."""
    sample = "\n".join(islice(text.split("\n", _SAMPLE_LINES), _SAMPLE_LINES))

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in _reader(sample, delimiter) if any(row)]
        except csv.Error:
            return 0, 0
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            return 0, 0
        width, lines = max(counts.items(), key=lambda item: (item[1], item[0]))
        return lines, width if widths[0] in (1, width) else 0

    return max(_DELIMITERS, key=score)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


def _rows(raw: Raw, text: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    cells = 0
    try:
        for line in _reader(text, delimiter):
            row = [_AS_TEXT.sub(r"\g<text>", cell) for cell in line]
            cells += len(row)
            if cells > MAX_CELLS:
                raise LoadError(raw.name, f"has more than {MAX_CELLS} cells; split it")
            if any(cell.strip() for cell in row):
                found.append(row)
    except csv.Error as error:
        raise LoadError(raw.name, f"cannot be read as a table ({error}); save it again") from error
    return found


def _write(writer: BlockWriter, rows: list[list[str]]) -> None:
    """Lines of one cell above the table are text, a title or a unit; all the rest is rows."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    start = next((place for place, count in enumerate(filled) if count > 1), 0)
    for row in rows[:start]:
        writer.paragraph(next(cell for cell in row if cell.strip()))
    width = max(map(len, rows[start:]), default=0)
    write_block(
        writer,
        [[*(cell.strip() for cell in row), *[""] * (width - len(row))] for row in rows[start:]],
    )

"""Sheets of OpenDocument: each a heading and its tables."""

from aspire_ingest.load.elements import Element
from aspire_ingest.load.opendocument.styles import TABLE, OdfStyles
from aspire_ingest.load.opendocument.table import OdfTableReader
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.labelled_rows import write_block


def write_sheets(
    book: Element, styles: OdfStyles, tables: OdfTableReader, writer: BlockWriter
) -> None:
    """Write the sheets that a reader sees; an empty row parts two tables.

    Raises:
        LoadError: there are too many cells.
    """
    for sheet in book.iterchildren(f"{TABLE}table"):
        name = sheet.get(f"{TABLE}name") or ""
        style = sheet.get(f"{TABLE}style-name")
        if styles.value("table", style, "table-properties", f"{TABLE}display") == "false":
            tables.tally.add("hidden", "hidden sheet")
            continue
        writer.heading(2, name)
        block: list[list[str]] = []
        for row in (*tables.rows(sheet, f"sheet {name}"), []):
            if row:
                block.append(row)
            elif block:
                _write_rows(writer, block)
                block = []


def _write_rows(writer: BlockWriter, rows: list[list[str]]) -> None:
    """Lead rows of one value are text (a caption); empty columns go."""
    start = next((i for i, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    for row in rows[:start]:
        writer.paragraph(next(filter(None, row)))
    width = max(map(len, rows[start:]), default=0)
    full = [row + [""] * (width - len(row)) for row in rows[start:]]
    used = [column for column in range(width) if any(row[column] for row in full)]
    write_block(writer, [[row[column] for column in used] for row in full])

"""XLSX: each sheet a heading and its tables, read row by row."""

import datetime
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from aspire_ingest.clean import tidy
from aspire_ingest.errors import LoadError
from aspire_ingest.load.blocks import BlockWriter
from aspire_ingest.load.office import check_package
from aspire_ingest.load.parsed import Parsed, Raw, Stated

_DAMAGE = (KeyError, ValueError, AttributeError, TypeError, IndexError)
"""openpyxl meets missing and odd parts with whatever its code happens to raise."""
MAX_CELLS = 500_000
MAX_COLUMNS = 200


def parse(raw: Raw) -> Parsed:
    """Read one XLSX; formulas count as the value they last had.

    Raises:
        LoadError: it is damaged, protected, a bomb, too large, or empty.
    """
    check_package(raw)
    writer = BlockWriter()
    try:
        book = openpyxl.load_workbook(BytesIO(raw.data), read_only=True, data_only=True)
        seen = 0
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            writer.heading(2, sheet.title)
            for block in _blocks(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)):
                seen += sum(map(len, block))
                if seen > MAX_CELLS:
                    raise LoadError(raw.name, f"has more than {MAX_CELLS} cells; split it")
                _write(writer, block)
        title = tidy(book.properties.title or "")
        book.close()
    except (*_DAMAGE, InvalidFileException, BadZipFile) as error:
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error
    if not seen:
        raise LoadError(raw.name, "holds no values")
    return Parsed(text=writer.text, stated=Stated(title=title or None))


def _blocks(rows: Iterable[tuple[object, ...]]) -> Iterator[list[list[str]]]:
    """Runs of rows that hold something; an empty row parts two tables. Empty columns go."""
    block: list[list[str]] = []
    for row in rows:
        cells = [_shown(value) for value in row]
        if any(cells):
            block.append(cells)
        elif block:
            yield _without_empty_columns(block)
            block = []
    if block:
        yield _without_empty_columns(block)


def _without_empty_columns(block: list[list[str]]) -> list[list[str]]:
    width = max(map(len, block))
    full = [row + [""] * (width - len(row)) for row in block]
    used = [column for column in range(width) if any(row[column] for row in full)]
    return [[row[column] for column in used] for row in full]


def _write(writer: BlockWriter, block: list[list[str]]) -> None:
    """Write lead rows of one value as text (a caption), the rest as a table with a head row."""
    while block and sum(map(bool, block[0])) == 1:
        writer.paragraph(next(filter(None, block[0])))
        block = block[1:]
    writer.table(block)


def _shown(value: object) -> str:
    """A value as a reader would see it, without the formatting of its cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)

"""XLSX: each sheet a heading, its captions, tables and notes, with values as they are shown."""

from zipfile import BadZipFile

from lxml import etree

from aspire_ingest.errors import LoadError
from aspire_ingest.load.openxml.package import OpenXmlPackage
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.sheets.book import Book, open_book
from aspire_ingest.load.sheets.cells import CellReader, TooManyCellsError
from aspire_ingest.load.sheets.drawings import write_text_boxes
from aspire_ingest.load.sheets.tables import write_tables
from aspire_ingest.load.writing.blocks import BlockWriter
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.limits import MAX_CELLS
from aspire_ingest.load.writing.margins import margins_of
from aspire_ingest.load.writing.tally import RemarkTally

_DAMAGE = (KeyError, ValueError, IndexError, OverflowError, BadZipFile, etree.XMLSyntaxError)
"""What reading meets in parts that are missing, cut off or not what they say."""


def parse(raw: Raw) -> Parsed:
    """Read one XLSX; formulas count as the value they last had.

    Raises:
        LoadError: it is damaged, protected, a bomb, too large, or empty.
    """
    package = OpenXmlPackage(raw)
    writer, tally = BlockWriter(), RemarkTally()
    try:
        book = open_book(package)
        margins: list[str] = []
        has_values = _write_sheets(book, writer, tally, margins)
    except TooManyCellsError as error:
        raise LoadError(raw.name, f"has more than {MAX_CELLS} cells; split it") from error
    except _DAMAGE as error:
        reason = f"is damaged ({type(error).__name__}: {error}); save it again"
        raise LoadError(raw.name, reason) from error
    if not has_values:
        raise LoadError(raw.name, "holds no values")
    stated = Stated(title=tidy(book.title) or None)
    return Parsed(
        text=writer.text, stated=stated, remarks=tally.remarks(), margins=margins_of(margins)
    )


def _write_sheets(book: Book, writer: BlockWriter, tally: RemarkTally, margins: list[str]) -> bool:
    """Write the sheets that a reader sees, and gather their headers and footers.

    Say whether any of them shows something.
    """
    reader = CellReader(book, tally)
    size = 0
    for sheet in book.sheets:
        where = f"sheet {sheet.name}"
        if sheet.is_hidden:
            tally.add("hidden", "hidden sheet")
        elif sheet.kind == "worksheet":
            writer.heading(2, sheet.name)
            grid = reader.read(sheet)
            margins += grid.margins
            size += write_tables(writer, grid)
            size += write_text_boxes(writer, book.package, sheet.part, tally=tally, where=where)
        elif sheet.kind == "chartsheet":
            tally.add("lost", "chart sheet", where=where)
        else:
            tally.add("lost", "sheet of an old kind", "sheets of an old kind", where=where)
        if size > MAX_CELLS:
            raise TooManyCellsError
    return size > 0

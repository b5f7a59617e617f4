"""Readers of PDF files, each as its own first example has it: bytes in, text out."""

import importlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from aspire_ingest.index.types import Remark
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.pdf.document import parse

Reader = Callable[[bytes], str]
OURS = "aspire-bot"


def read_ours(data: bytes) -> Parsed:
    """Read a file as `aspire-ingest add` does."""
    return parse(Raw(name="sample.pdf", data=data))


def told(remarks: tuple[Remark, ...]) -> tuple[tuple[str, str], ...]:
    """What a reader names as hidden, lost or doubtful, and where."""
    return tuple((remark.kind, remark.where) for remark in remarks)


def _ours(data: bytes) -> str:
    return read_ours(data).text


def _pdfplumber(data: bytes) -> str:
    pdfplumber: Any = importlib.import_module("pdfplumber")
    with pdfplumber.open(BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pdfminer(data: bytes) -> str:
    high_level: Any = importlib.import_module("pdfminer.high_level")
    return str(high_level.extract_text(BytesIO(data)))


def _pypdf(data: bytes) -> str:
    pypdf: Any = importlib.import_module("pypdf")
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def _pypdfium2(data: bytes) -> str:
    pdfium: Any = importlib.import_module("pypdfium2")
    document = pdfium.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _docling_parse(data: bytes) -> str:
    parser: Any = importlib.import_module("docling_parse.pdf_parser").DoclingPdfParser()
    page_types: Any = importlib.import_module("docling_core.types.doc.page")
    document: Any = parser.load(BytesIO(data))
    lines = [
        cell.text
        for _, page in document.iterate_pages()
        for cell in page.iterate_cells(unit_type=page_types.TextCellUnit.LINE)
    ]
    return "\n".join(lines)


def _markitdown(data: bytes) -> str:
    converter: Any = importlib.import_module("markitdown").MarkItDown()
    return str(converter.convert_stream(BytesIO(data), file_extension=".pdf").text_content)


READERS: dict[str, tuple[str, Reader]] = {
    OURS: ("pdfminer.six", _ours),
    "pdfplumber": ("pdfplumber", _pdfplumber),
    "pdfminer.six": ("pdfminer.six", _pdfminer),
    "pypdf": ("pypdf", _pypdf),
    "pypdfium2": ("pypdfium2", _pypdfium2),
    "docling-parse": ("docling-parse", _docling_parse),
    "markitdown": ("markitdown", _markitdown),
}
"""By name: the package that must be installed for it, and how it reads."""

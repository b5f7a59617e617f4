"""PDF with a text layer: headings by size and weight, tables by their rules, pages kept apart.

pdfplumber (on pdfminer, pure Python: slow, about 6 pages a second, but it cannot crash the way
native code can, and finds ruled tables cell by cell). Running headers, footers and page numbers go,
wrapped lines are joined, a table that continues on the next page is one table.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psparser import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.pdf.layout import lay_out
from aspire_ingest.load.pdf.order import to_columns
from aspire_ingest.load.pdf.page import PageContent, read_page
from aspire_ingest.load.pdf.paint.fonts import FontManager
from aspire_ingest.load.pdf.paint.layers import hidden_layers
from aspire_ingest.load.pdf.recognition import needs_recognition, with_recognised
from aspire_ingest.load.pdf.remarks import is_picture, remarks
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.margins import margins_of

_TEXT_PER_PAGE = 20
_TOOL_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|untitled|無題|\(anonymous\)|"
    r".*\.(?:docx?|pptx?|xlsx?|pdf|indd|tex)$)",
    re.IGNORECASE,
)


def parse(raw: Raw) -> Parsed:
    """Read one PDF.

    Raises:
        LoadError: it is damaged, protected, scanned, or has too many pages.
    """
    try:
        with pdfplumber.open(BytesIO(raw.data)) as document:
            count = len(document.pages)
            if count > raw.options.max_pages:
                raise LoadError(
                    raw.name,
                    f"has {count} pages, over the limit of {raw.options.max_pages}; split it",
                )
            pages = list(_pages(document))
            title = _title(document)
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise LoadError(
                raw.name, "is protected with a password; save it without one"
            ) from error
        raise LoadError(raw.name, f"is damaged ({_why(cause)}); get the file again") from error
    except (PSException, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        # pdfminer meets damage with whatever its code happens to raise
        raise LoadError(raw.name, f"is damaged ({_why(error)}); get the file again") from error
    if raw.options.with_ocr:
        pages = with_recognised(raw.data, pages, raw.options)
    return _parsed(raw, pages, title)


def _parsed(raw: Raw, pages: list[PageContent], title: str | None) -> Parsed:
    if not pages:
        raise LoadError(raw.name, "has no pages; the file is damaged, get it again")
    ordered = to_columns(pages)
    writer = lay_out(ordered.columns)
    written = len(writer.text) + sum(page.unreadable for page in pages)
    if written < _TEXT_PER_PAGE * len(pages) and any(page.has_image for page in pages):
        raise LoadError(raw.name, f"is scanned: it holds pictures of text; {_to_do(raw)}")
    if not writer.text:
        raise LoadError(raw.name, _why_empty(pages, raw))
    unread = [str(number) for number, page in enumerate(pages, start=1) if is_picture(page)]
    extra = {"pages_without_text": ", ".join(unread)} if unread else {}
    return Parsed(
        text=writer.text,
        page_starts=writer.page_starts,
        stated=Stated(title=title, extra=extra),
        ocr_pages=_numbers(page.is_recognised for page in pages),
        unread_pages=_numbers(needs_recognition(page) for page in pages),
        remarks=remarks(pages, "" if raw.options.with_ocr else raw.options.ocr_advice),
        margins=margins_of([*(line for page in pages for line in page.stamps), *ordered.margins]),
    )


def _numbers(chosen: Iterable[bool]) -> tuple[int, ...]:
    return tuple(number for number, is_one in enumerate(chosen, start=1) if is_one)


def _to_do(raw: Raw) -> str:
    """How to have pictures of text read; where ours were not sure of them, by other means."""
    if raw.options.with_ocr:
        return "Tesseract cannot read them well; get a better scan, or run OCR on it first"
    return f"{raw.options.ocr_advice}, or run OCR on it first"


def _why_empty(pages: list[PageContent], raw: Raw) -> str:
    if any(page.unreadable for page in pages):
        return (
            "holds text whose letters its fonts do not name; save it again from its source, "
            f"or {_to_do(raw)}"
        )
    if any(page.hidden for page in pages):
        return "holds no text that a reader sees; check the file"
    return "holds no text; check the file, or leave it out"


def _why(error: object) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}".rstrip(": ")


def _title(document: PDF) -> str | None:
    metadata: dict[str, object] = document.metadata  # pyright: ignore[reportUnknownMemberType] - pdfplumber leaves the types out
    title = metadata.get("Title")
    text = tidy(title) if isinstance(title, str) else ""
    return None if len(text) < 4 or _TOOL_TITLE.match(text) else text


def _pages(document: PDF) -> Iterator[PageContent]:
    document.rsrcmgr = FontManager()
    catalog: dict[str, object] = document.doc.catalog
    layers = hidden_layers(catalog)
    for page in document.pages:
        yield read_page(page, layers)
        page.close()

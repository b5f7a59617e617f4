"""PDF with a text layer: headings by size and weight, tables by their rules, pages kept apart.

pdfplumber (on pdfminer, pure Python: slow, about 6 pages a second, but it cannot crash the way
native code can, and finds ruled tables cell by cell). Running headers, footers and page numbers go,
wrapped lines are joined, a table that continues on the next page is one table.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psparser import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from aspire_ingest.clean import tidy
from aspire_ingest.errors import LoadError
from aspire_ingest.load.parsed import Parsed, Raw, Stated
from aspire_ingest.load.pdflayout import Line, PageContent, Table, lay_out

_TEXT_PER_PAGE = 20
_TOOL_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|untitled|無題|\(anonymous\)|"
    r".*\.(?:docx?|pptx?|xlsx?|pdf|indd|tex)$)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]W[6-9]\b", re.IGNORECASE)


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
    return _parsed(raw, pages, title)


def _parsed(raw: Raw, pages: list[PageContent], title: str | None) -> Parsed:
    if not pages:
        raise LoadError(raw.name, "has no pages; the file is damaged, get it again")
    characters = sum(len(line.text) for page in pages for line in page.lines)
    characters += sum(
        len(cell) for page in pages for table in page.tables for row in table.rows for cell in row
    )
    if characters < _TEXT_PER_PAGE * len(pages) and any(page.has_image for page in pages):
        raise LoadError(raw.name, "is scanned: it holds pictures of text; run OCR on it first")
    writer = lay_out(pages)
    if not writer.text:
        raise LoadError(raw.name, "holds no text")
    unread = [
        str(number)
        for number, page in enumerate(pages, start=1)
        if page.has_image and not page.lines and not page.tables
    ]
    extra = {"pages_without_text": ", ".join(unread)} if unread else {}
    stated = Stated(title=title, extra=extra)
    return Parsed(text=writer.text, page_starts=writer.page_starts, stated=stated)


def _why(error: object) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}".rstrip(": ")


def _title(document: PDF) -> str | None:
    metadata: dict[str, object] = document.metadata  # pyright: ignore[reportUnknownMemberType] - pdfplumber leaves the types out
    title = metadata.get("Title")
    text = tidy(title) if isinstance(title, str) else ""
    return None if len(text) < 4 or _TOOL_TITLE.match(text) else text


def _pages(document: PDF) -> Iterator[PageContent]:
    for page in document.pages:
        yield _content(page)
        page.close()


def _content(page: Page) -> PageContent:
    tables = _tables(page) if len(page.edges) >= 4 else []
    words = page.extract_words(
        x_tolerance_ratio=0.2,
        y_tolerance=3,
        extra_attrs=["fontname", "size"],
        keep_blank_chars=False,
    )
    free = [word for word in words if not any(table.holds(word) for table in tables)]
    return PageContent(
        width=float(page.width),
        height=float(page.height),
        lines=_lines(free),
        tables=tuple(tables),
        has_image=bool(page.images),
    )


def _tables(page: Page) -> list[Table]:
    """Ruled tables of two or more columns and rows; a box around text is none."""
    tables: list[Table] = []
    for found in page.find_tables():
        rows = tuple(tuple(cell or "" for cell in row) for row in found.extract())
        if len(rows) >= 2 and max(sum(bool(cell) for cell in row) for row in rows) >= 2:
            left, top, right, bottom = (float(edge) for edge in found.bbox)
            tables.append(Table(x0=left, x1=right, top=top, bottom=bottom, rows=rows))
    return tables


def _lines(words: list[dict[str, object]]) -> tuple[Line, ...]:
    """Words on one baseline as one line, from top to bottom."""
    rows: list[list[dict[str, object]]] = []
    for word in sorted(words, key=lambda word: (_number(word, "bottom"), _number(word, "x0"))):
        if rows and _number(word, "bottom") - _number(rows[-1][0], "bottom") <= 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(_line(sorted(row, key=lambda word: _number(word, "x0"))) for row in rows)


def _line(words: list[dict[str, object]]) -> Line:
    longest = max(words, key=lambda word: len(str(word["text"])))
    text = ""
    end = 0.0
    for word in words:
        piece = str(word["text"])
        gap = _number(word, "x0") - end
        if text and gap > _space(text[-1], piece[0], _number(word, "size")):
            text += " "
        text += piece
        end = _number(word, "x1")
    heavy = sum(len(str(word["text"])) for word in words if _BOLD.search(str(word["fontname"])))
    return Line(
        text=text,
        x0=_number(words[0], "x0"),
        x1=_number(words[-1], "x1"),
        top=min(_number(word, "top") for word in words),
        bottom=max(_number(word, "bottom") for word in words),
        size=round(_number(longest, "size"), 1),
        is_bold=heavy > 0.7 * len(text.replace(" ", "")),
    )


def _space(before: str, after: str, size: float) -> float:
    """The gap, in points, from which two words are apart; Japanese sets its letters wider."""
    return size * (0.1 if before.isascii() and after.isascii() else 0.2)


def _number(word: dict[str, object], key: str) -> float:
    value = word[key]
    return float(value) if isinstance(value, int | float) else 0.0

"""A document page by page, as it is indexed: for those who look whether it was read well."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from aspire_ingest.index.types import Document, Remark
from aspire_ingest.quality import page_texts, quality_of, unreadable_share
from aspire_ingest.remarks import warnings_of

SHOWN_CHARACTERS = 3_000
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the indexed text; a format without pages has one."""

    number: int
    text: str
    quality: float = 1.0
    """How well it was read, from 0 to 1; see `quality`."""
    remarks: tuple[Remark, ...] = ()
    """What is lost of it or in doubt."""
    is_ocr: bool = False
    """Whether any of it was read from a picture."""

    @property
    def unreadable(self) -> float:
        """The share of its characters that no reader can make out, from 0 to 1."""
        return unreadable_share(self.text)

    def as_json(self) -> dict[str, object]:
        """In the form that scripts know."""
        return {
            "page": self.number,
            "text": self.text,
            "characters": len(self.text),
            "unreadable": self.unreadable,
            "quality": self.quality,
            "warnings": warnings_of(self.remarks),
            "ocr": self.is_ocr,
        }


def _starts(document: Document) -> tuple[int, ...]:
    """Where each page begins in the text: the first at its very beginning."""
    return (0, *document.page_starts[1:])


def pages_of(document: Document) -> list[Page]:
    """The pages of a document, in order."""
    judged = quality_of(document.text, document.page_starts, document.info.remarks).pages
    return [
        Page(
            number=number,
            text=text,
            quality=page.quality,
            remarks=page.remarks,
            is_ocr=document.info.is_ocr(start, start + len(text)),
        )
        for number, (start, text, page) in enumerate(
            zip(
                _starts(document),
                page_texts(document.text, document.page_starts),
                judged,
                strict=True,
            ),
            start=1,
        )
    ]


def page_lines(pages: Iterable[Page], *, most: int | None = None) -> Iterator[str]:
    """Pages for people, rows of tables in columns; no more characters than `most` where given."""
    left, whole = most, 0
    for page in pages:
        whole += len(page.text)
        if left is not None and left <= 0:
            continue
        text = page.text if left is None else page.text[:left]
        left = None if left is None else left - len(text)
        told = f", quality {page.quality:g}" if page.quality < 1 else ""
        told += ", read by OCR" if page.is_ocr else ""
        yield f"--- page {page.number} ({_characters(len(page.text))}{told})"
        yield from (f"    {warning}" for warning in warnings_of(page.remarks))
        yield from _with_columns(text.strip("\n"))
    if most is not None and whole > most:
        are, them = ("s", "them") if whole - most > 1 else ("", "it")
        yield f"… {whole - most} more character{are} (--all shows {them})"


def _characters(count: int) -> str:
    return f"{count} character{'' if count == 1 else 's'}"


def _with_columns(text: str) -> Iterator[str]:
    for is_row, lines in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        if is_row:
            yield from _columns([_cells(line) for line in lines])
        else:
            yield from lines


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _columns(rows: list[list[str]]) -> Iterator[str]:
    count = max(len(row) for row in rows)
    widths = [
        min(_LONGEST_CELL, max(cell_len(row[column]) for row in rows if column < len(row)))
        for column in range(count)
    ]
    for row in rows:
        cells = (
            f"{cell}{' ' * (width - cell_len(cell))}"
            for cell, width in zip(row, widths, strict=False)
        )
        yield "  ".join(cells).rstrip()

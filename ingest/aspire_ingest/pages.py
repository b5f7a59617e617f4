"""A document page by page, as it is indexed: for those who look whether it was read well."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from rich.cells import cell_len

from aspire_ingest.index.types import Document

SHOWN_CHARACTERS = 3_000
_UNREADABLE = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the indexed text; a format without pages has one."""

    number: int
    text: str
    is_ocr: bool = False
    """Whether any of it was read from a picture."""

    @property
    def unreadable(self) -> float:
        """The share of its characters that no reader can make out, from 0 to 1."""
        return unreadable_share(self.text)

    def as_json(self) -> dict[str, object]:
        """In the form that scripts know."""
        share = self.unreadable
        return {
            "page": self.number,
            "text": self.text,
            "characters": len(self.text),
            "unreadable": share,
            "quality": round(1 - share, 3),
            "ocr": self.is_ocr,
        }


def unreadable_share(text: str) -> float:
    """The share of characters that stand for letters which could not be read, to three places."""
    letters = sum(not letter.isspace() for letter in text)
    unread = sum(len(found[0]) for found in _UNREADABLE.finditer(text))
    return round(min(1.0, unread / letters), 3) if letters else 0.0


def pages_of(document: Document) -> list[Page]:
    """The pages of a document, in order."""
    starts = document.page_starts or (0,)
    edges = [0, *starts[1:], len(document.text)]
    return [
        Page(
            number=number,
            text=document.text[start:end],
            is_ocr=document.info.is_ocr(start, end),
        )
        for number, (start, end) in enumerate(pairwise(edges), start=1)
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
        share = f", {page.unreadable:.0%} unreadable" if page.unreadable else ""
        ocr = ", read by OCR" if page.is_ocr else ""
        yield f"--- page {page.number} ({len(page.text)} characters{share}{ocr})"
        yield from _with_columns(text.strip("\n"))
    if most is not None and whole > most:
        yield f"… {whole - most} more characters (--all shows them)"


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

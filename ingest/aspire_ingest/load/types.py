"""What loading promises to the pipeline: items that can be recognised before they are parsed."""

from dataclasses import dataclass, field
from typing import Protocol

from aspire_ingest.index.types import Audience, Document
from aspire_ingest.web.types import MEBIBYTE, Defaults, FetchOptions

LOADER_VERSION = 18
"""Raise it when the same bytes give another document: every item is then parsed again.

16: a bare or "fiscal year" in the title of a guideline or FAQ is its edition; a version beside the
date below a title, and a subtitle above it, are passed over.
15: dates beside a publisher below the title, of minutes that of the meeting; "the call issued on
3 May is …" dates no document; the year in the title of a call is its edition; columns of equal
paragraphs, and of one text in two languages, are read one by one in PDF files; the rows of a
table's head are one row in every format; rows of a label and a value in sheets have no head; a row
of a sheet stays where its values are missing; the name of another kind than a file is of is told.
14: what stands left of a bullet in PDF files is no part of its entry; entries below others, there
and in deeper list styles of Word; R8年度 and 26年度 as editions; collections of questions.
13: an edition is read from the title, or from a line of its own, no more from a sentence that
speaks of another.
12: words of one Korean syllable in PDF files; languages that are stated by their names or codes of
three letters, and those that are none.
11: columns in scripts without small letters and addresses side by side, the width of the euro sign,
what lists of forms show; merged cells of RTF; open dialogues and the classes of common style
sheets; UTF-16 without a zero byte; dates in lines that end with a weekday.
10: check boxes that are drawn and words with letters apart in PDF files, tables of scanned pages,
the order of flex and grid boxes, UTF-16 without a mark, dates in more spellings, empty audiences.
9: bullets, icons and sign fonts that say something; text that style rules put into pages; numbers
of slides, shapes that cover others; conditional formats; colours in OpenDocument and RTF; style
sheets of books; what annotations strike or cover; line numbers; running heads that differ.
8: short notes beside a column, hyphens inside words of several parts; Markdown's entities, escapes
and repeated numbers as they are shown.
7: files inside Word documents, workbooks with single bad cells, white text on slides, English text
with curly apostrophes; how well they were read (`quality`); which pages only OCR can read, and
which it has read.
6: what soft masks, opaque pictures and transparent outlines hide in PDF files; headings over
columns, text around boxes, initials.
5: documents as their readers see them (hidden and struck text left out, numbers of lists and cells
as shown, columns, scripts, charts), more formats, marks in margins, remarks.
"""


class KeepOriginal(Protocol):
    """Keeps a file by its content; `index.originals.Originals` is one."""

    def keep(self, kind: str, data: bytes) -> str:
        """Keep the bytes of a file; the name they are found by, "" where they are not kept."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """Bounds of loading, and what a source says of all its documents."""

    max_bytes: int = 50 * MEBIBYTE
    """Of one file as it lies on disk, or of one line of a bulk file."""
    max_markup_bytes: int = 16 * MEBIBYTE
    """Of one HTML page: a parsed page takes many times its size in memory."""
    max_unpacked_bytes: int = 300 * MEBIBYTE
    """Of all parts of one DOCX, PPTX or XLSX together, unpacked."""
    max_pages: int = 2000
    """Of one PDF."""
    parse_timeout_s: float = 120.0
    """Of one file; the parser runs in a process of its own and is ended then."""
    audience: Audience = "public"
    """Of documents that do not say it themselves."""
    defaults: Defaults = field(default_factory=Defaults)
    """What is taken where a document is silent."""
    with_notes: bool = False
    """Whether what speakers wrote for themselves under their slides is part of the text."""
    with_ocr: bool = False
    """Whether pages that show text and do not hold it are read from their picture."""
    ocr_advice: str = "set ASPIRE_OCR=auto"
    """What would have such pages read, where they are not."""
    ocr_page_timeout_s: float = 60.0
    """Of one page that is read from its picture."""
    ocr_file_timeout_s: float = 900.0
    """Of all such pages of one file, on top of `parse_timeout_s`; later ones stay unread."""
    originals: "KeepOriginal | None" = None
    """Keeps the files that are read, so that staff can look at them; None: they are not kept."""
    fetch: FetchOptions = field(default_factory=FetchOptions)

    @property
    def timeout_s(self) -> float:
        """Of one file, with what reading pictures may take."""
        return self.parse_timeout_s + (self.ocr_file_timeout_s if self.with_ocr else 0.0)

    def described(self) -> str:
        """All of it that shapes documents, for hashes: another text, another document."""
        said = self.audience if self.defaults == Defaults() else f"{self.audience} {self.defaults}"
        return f"{said} with notes" if self.with_notes else said


def loader_version(*, with_notes: bool, with_ocr: bool | None = None) -> str:
    """What the text of a file depends on besides its bytes: kept beside what was read of it.

    `with_ocr` is None for a file that is the same with OCR and without: it is not read again when
    that changes.
    """
    notes = " with notes" if with_notes else ""
    ocr = "" if with_ocr is None else " with OCR" if with_ocr else " without OCR"
    return f"{LOADER_VERSION}{notes}{ocr}"


def loader_versions(*, with_notes: bool, with_ocr: bool) -> tuple[str, str]:
    """Under which versions a file is known and need not be read again."""
    own = loader_version(with_notes=with_notes, with_ocr=with_ocr)
    return loader_version(with_notes=with_notes), own


def is_current(version: str) -> bool:
    """Whether a version that `loader_version` gave is of the readers of today."""
    return version.split(" ", 1)[0] == str(LOADER_VERSION)


class Item(Protocol):
    """One thing to load, not yet parsed: a file, a page behind a URL, a line of a bulk file.

    A pipeline keeps `(source, raw_hash())` beside the ids of the documents it got. When it meets
    the same pair again, the documents are the same and `load` need not be called.
    """

    @property
    def source(self) -> str:
        """The path or URL as ingested: what `DocumentInfo.source` will say."""
        ...

    @property
    def name(self) -> str:
        """How reports name the item: the source, with the line number in a bulk file."""
        ...

    def raw_hash(self) -> str:
        """SHA-256 over the raw bytes and all else that shapes the documents; no parsing.

        Raises:
            LoadError: the bytes cannot be had (gone, forbidden, oversized, unreachable).
        """
        ...

    def load(self) -> list[Document]:
        """Parse the item; never an empty list.

        Raises:
            LoadError: the item cannot be read; the message says why and what to do.
        """
        ...

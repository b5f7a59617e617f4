"""What a loader of one kind hands on: the text, and what the document says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aspire_ingest.index.types import DateOrigin, Remark
from aspire_ingest.load.types import LoadOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a document states about itself; None where it is silent.

    `published`, `kind`, `language` and `audience` are as written; reading them is one step for
    all kinds. `found_url` is an address in the head of a text: good to open, but shared by many
    documents perhaps, so no id is made from it. `declared_language` is only a hint.
    """

    document_id: str | None = None
    title: str | None = None
    url: str | None = None
    found_url: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: DateOrigin = "metadata"
    language: str | None = None
    declared_language: str | None = None
    kind: str | None = None
    edition: str | None = None
    supersedes: str | None = None
    audience: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Where a web page leads, as it is written there; `base` is what relative addresses hang on."""

    base: str | None = None
    hrefs: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    """The same page in other languages, itself perhaps among them."""
    is_indexed: bool = True
    """False where the page asks search engines to leave it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One parsed document: block Markdown, where its pages begin, what it states."""

    text: str
    page_starts: tuple[int, ...] = ()
    stated: Stated = field(default_factory=Stated)
    links: PageLinks = field(default_factory=PageLinks)
    translations: tuple[str, ...] = ()
    """Absolute addresses of the story in other languages; known where the page was fetched."""
    ocr_pages: tuple[int, ...] = ()
    """Numbers of pages, from 1, that were read from their picture."""
    unread_pages: tuple[int, ...] = ()
    """Numbers of pages that only OCR could read, and that were not read."""
    remarks: tuple[Remark, ...] = ()
    """What was left out, is lost or in doubt, in reading order."""
    margins: tuple[str, ...] = ()
    """Lines of headers, footers and stamps that the text leaves out: marks may stand there."""
    privacy_request: str | None = None
    """The words by which a message asks to be kept among those who get it."""
    original: str = ""
    """The name by which its file is kept; see `index.originals`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The bytes of one item before parsing."""

    name: str
    """How errors name it."""
    data: bytes
    charset: str | None = None
    """As the server declared it."""
    options: LoadOptions = field(default_factory=LoadOptions)


Parser = Callable[[Raw], Parsed]
"""Reads one kind of document; raises LoadError, and only that, on what it cannot read."""

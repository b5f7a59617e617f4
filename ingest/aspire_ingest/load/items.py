"""Items that are one document each: a file, and a page behind a URL."""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from urllib.parse import urljoin, urlsplit, urlunsplit

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import APPROVED_BY, Document
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.detect import BINARY_KINDS, detect_kind, misnamed
from aspire_ingest.load.kinds import EXTENSIONS
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.process import ParserProcess
from aspire_ingest.load.registry import IN_PROCESS
from aspire_ingest.load.stated.keys import MARKS_KEY
from aspire_ingest.load.types import LOADER_VERSION, LoadOptions
from aspire_ingest.web.types import MEBIBYTE, Fetched

_MOST_LANGUAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """One file."""

    source: str
    path: Path
    options: LoadOptions
    parsers: ParserProcess
    is_explicit: bool = False
    """It was named, not met in a folder: text of an unknown extension is then taken as text."""
    id_source: str | None = None
    """The path that its id is made from, where that is not `source`; see `DocumentInfo`."""

    @property
    def name(self) -> str:
        """The path as given."""
        return self.source

    def raw_hash(self) -> str:
        """SHA-256 over the bytes; see `Item`."""
        named = f"{self.source}\n{self.id_source}" if self.id_source else self.source
        return _hash(self.options, named, self._read())

    def load(self) -> list[Document]:
        """Parse the file; see `Item`."""
        raw = Raw(name=self.source, data=self._read(), options=self.options)
        kind = detect_kind(raw.data, self.source, path=self.source)
        if kind is None and self.is_explicit:
            kind = "text"
        parsed = parse(kind, raw, self.parsers)
        if kind and (remark := misnamed(kind, self.source)):
            parsed = replace(parsed, remarks=(remark, *parsed.remarks))
        return [
            assemble(
                parsed,
                source=self.source,
                name=self.source,
                options=self.options,
                id_source=self.id_source,
            )
        ]

    def _read(self) -> bytes:
        try:
            status = self.path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise LoadError(self.source, "is not a regular file")
            if status.st_size > self.options.max_bytes:
                raise _too_large(self.source, status.st_size, self.options)
            with self.path.open("rb") as stream:
                data = stream.read(self.options.max_bytes + 1)
        except OSError as error:
            raise LoadError(self.source, f"cannot be read: {error.strerror or error}") from error
        if len(data) > self.options.max_bytes:
            raise _too_large(self.source, len(data), self.options)
        return data


@dataclass(slots=True, kw_only=True)
class UrlItem:
    """One page behind a URL. It is fetched once, by whichever of the two methods comes first."""

    source: str
    options: LoadOptions
    parsers: ParserProcess
    fetch: Callable[[str], Fetched]
    _fetched: Fetched | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """The URL as given."""
        return self.source

    def raw_hash(self) -> str:
        """SHA-256 over the body and the address it was found at; see `Item`."""
        fetched = self._get()
        return _hash(self.options, f"{self.source}\n{fetched.url}", fetched.body)

    def load(self) -> list[Document]:
        """Parse the page; see `Item`."""
        fetched = self._get()
        self._fetched = None
        parsed = parse_fetched(self.source, fetched, self.options, self.parsers)
        return [assemble(parsed, source=self.source, name=self.source, options=self.options)]

    def _get(self) -> Fetched:
        if self._fetched is None:
            self._fetched = self.fetch(self.source)
        return self._fetched


def parse_fetched(
    name: str, fetched: Fetched, options: LoadOptions, parsers: ParserProcess
) -> Parsed:
    """Parse what a server gave, at the address where it was found.

    Raises:
        LoadError: the kind is unknown, or its parser cannot read the bytes.
    """
    raw = Raw(name=name, data=fetched.body, charset=fetched.charset, options=options)
    kind = detect_kind(raw.data, name, path=fetched.path, media_type=fetched.media_type)
    if kind is None and (fetched.media_type or "text/").startswith("text/"):
        kind = "text"
    parsed = at_address(parse(kind, raw, parsers), fetched.url)
    # addresses of pages end as they like: `/readme.md` may be a page that shows one
    is_named = EXTENSIONS.get(PurePath(fetched.path).suffix.lower()) in BINARY_KINDS
    if kind and is_named and (remark := misnamed(kind, fetched.path)):
        return replace(parsed, remarks=(remark, *parsed.remarks))
    return parsed


def parse(kind: str | None, raw: Raw, parsers: ParserProcess) -> Parsed:
    """Parse bytes of a detected kind, risky formats in their own process.

    Raises:
        LoadError: the kind is unknown, or its parser cannot read the bytes.
    """
    if kind is None:
        raise LoadError(
            raw.name,
            "is of an unknown kind; give HTML, PDF, DOCX, PPTX, XLSX, ODT, ODS, ODP, RTF, EPUB, "
            "CSV, TSV, mail (EML), Markdown, text or JSONL",
        )
    parsed = IN_PROCESS[kind](raw) if kind in IN_PROCESS else parsers.parse(kind, raw)
    originals = raw.options.originals
    return replace(parsed, original=originals.keep(kind, raw.data)) if originals else parsed


def at_address(parsed: Parsed, address: str) -> Parsed:
    """Give a page the address it was found at, or the canonical one it names on the same host.

    A canonical link to the front page is not believed: sites print it on all their pages. Nor is
    a page that says it is another document, an answer that staff approved, or that its marks are
    accepted: files here may.
    """
    here = urlsplit(address)
    url = address
    if parsed.stated.url:
        named = urlsplit(urljoin(address, parsed.stated.url))
        is_front = named.path in ("", "/") and here.path not in ("", "/")
        if named.scheme in ("http", "https") and named.netloc == here.netloc and not is_front:
            url = named.geturl()
    base = urljoin(address, parsed.links.base or "")
    translations = tuple(
        dict.fromkeys(
            found
            for href in parsed.links.alternates
            if (found := _web_address(base, href)) and found not in (url, address)
        )
    )
    extra = {
        key: value
        for key, value in parsed.stated.extra.items()
        if key not in (APPROVED_BY, MARKS_KEY)
    }
    stated = replace(parsed.stated, url=url, document_id=None, extra=extra)
    return replace(parsed, stated=stated, translations=translations[:_MOST_LANGUAGES])


def _web_address(base: str, href: str) -> str | None:
    try:
        parts = urlsplit(urljoin(base, href))
    except ValueError:
        return None
    return urlunsplit((*parts[:4], "")) if parts.scheme in ("http", "https") else None


def _hash(options: LoadOptions, source: str, data: bytes) -> str:
    salt = f"{LOADER_VERSION}\n{options.described()}\n{source}\n"
    return hashlib.sha256(salt.encode("utf-8", "surrogateescape") + data).hexdigest()


def _too_large(source: str, size: int, options: LoadOptions) -> LoadError:
    limit = options.max_bytes / MEBIBYTE
    return LoadError(
        source, f"is {size / MEBIBYTE:.0f} MB, over the limit of {limit:g} MB; split it"
    )

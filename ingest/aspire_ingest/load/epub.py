"""EPUB: the chapters of a book in reading order, each read as a page."""

import posixpath
import re
import zipfile
from functools import partial
from io import BytesIO
from urllib.parse import unquote

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.archive import check_package
from aspire_ingest.load.elements import Element, parse_xml
from aspire_ingest.load.html.document import parse_with_sheets
from aspire_ingest.load.parse_result import Parsed, Raw, Stated
from aspire_ingest.load.writing.clean import tidy
from aspire_ingest.load.writing.tally import MAX_REMARKS, RemarkTally

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MAX_CHAPTERS = 2000
_ASIDE = re.compile(rb"<(/?)aside\b")
"""In a book these are its notes and boxes; on a page they are furniture."""


def parse(raw: Raw) -> Parsed:
    """Read one book.

    Raises:
        LoadError: it is damaged, a bomb, protected, or no chapter holds text.
    """
    check_package(raw, may_declare=True)
    try:
        with zipfile.ZipFile(BytesIO(raw.data)) as archive:
            return _Book(raw, archive).read()
    except (KeyError, ValueError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise LoadError(raw.name, f"is damaged ({error}); save it again") from error


class _Book:
    def __init__(self, raw: Raw, archive: zipfile.ZipFile) -> None:
        self._raw = raw
        self._archive = archive
        self._names = set(archive.namelist())
        self._locked = self._read_locked()

    def read(self) -> Parsed:
        """Read the chapters that the spine names, in its order."""
        place = self._package_place()
        package = parse_xml(self._archive.read(place), self._raw)
        texts: list[str] = []
        remarks: list[Remark] = []
        tally = RemarkTally()
        for name in self._chapters(package, posixpath.dirname(place)):
            if name in self._locked:
                raise LoadError(self._raw.name, "is protected against copying; give another file")
            page = self._page(name)
            if page is None:
                tally.add("lost", "chapter without text")
                continue
            texts.append(page.text)
            remarks += page.remarks
        if not texts:
            raise LoadError(self._raw.name, "holds no text; if it is pictures, run OCR first")
        told = (*remarks[: MAX_REMARKS - 1], *tally.remarks())
        return Parsed(text="\n\n".join(texts), stated=_stated(package), remarks=told)

    def _package_place(self) -> str:
        container = parse_xml(self._archive.read(_CONTAINER), self._raw)
        for node in container.iter("{*}rootfile"):
            place = node.get("full-path") or ""
            if place in self._names:
                return place
        raise LoadError(self._raw.name, "is damaged (it has no package file); save it again")

    def _chapters(self, package: Element, folder: str) -> list[str]:
        pages = {
            node.get("id"): _resolve(folder, node.get("href") or "")
            for node in package.iter("{*}item")
            if node.get("media-type") in _PAGES
        }
        spine = [pages.get(node.get("idref")) for node in package.iter("{*}itemref")]
        found = [name for name in spine if name is not None and name in self._names]
        return list(dict.fromkeys(found))[:_MAX_CHAPTERS]

    def _page(self, name: str) -> Parsed | None:
        data = _ASIDE.sub(rb"<\1div", self._archive.read(name))
        try:
            page = Raw(name=self._raw.name, data=data, options=self._raw.options)
            return parse_with_sheets(page, partial(self._sheet, posixpath.dirname(name)))
        except LoadError as error:
            if "no text" in error.reason or "no HTML" in error.reason:
                return None
            raise

    def _sheet(self, folder: str, href: str) -> str | None:
        """A style sheet of the book."""
        place = _resolve(folder, href)
        if place not in self._names or place in self._locked:
            return None
        return self._archive.read(place).decode("utf-8", "replace")

    def _read_locked(self) -> set[str]:
        """The parts that are encrypted; books that hide only their fonts are read."""
        if _ENCRYPTION not in self._names:
            return set()
        root = parse_xml(self._archive.read(_ENCRYPTION), self._raw)
        return {_resolve("", node.get("URI") or "") for node in root.iter("{*}CipherReference")}


def _resolve(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _stated(package: Element) -> Stated:
    def first(name: str) -> str | None:
        node = next(package.iter(f"{_DC}{name}"), None)
        return (tidy(node.text or "") or None) if node is not None else None

    return Stated(
        title=first("title"),
        publisher=first("publisher"),
        published=first("date"),
        declared_language=first("language"),
    )

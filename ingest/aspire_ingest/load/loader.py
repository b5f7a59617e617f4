"""From a target (file, folder, URL, bulk file) to items, lazily and in a fixed order."""

import logging
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from aspire_ingest.errors import LoadError
from aspire_ingest.filenames import existing_path, place_of, readable_path
from aspire_ingest.index.closeable import Closeable
from aspire_ingest.load.bulk import bulk_items
from aspire_ingest.load.detect import SNIFF_BYTES, is_document_content, is_text_content
from aspire_ingest.load.items import FileItem, UrlItem, parse_fetched
from aspire_ingest.load.kinds import BULK_EXTENSIONS, EXTENSIONS, FOREIGN_EXTENSIONS
from aspire_ingest.load.parse_result import Parsed
from aspire_ingest.load.process import ParserProcess
from aspire_ingest.load.types import Item, LoadOptions
from aspire_ingest.web.fetch import fetch
from aspire_ingest.web.types import Fetched

_log = logging.getLogger(__name__)
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):(?://)?")


class Loader(Closeable):
    """Finds and loads items. Holds the parser process, which starts when a file needs it."""

    def __init__(self, options: LoadOptions | None = None) -> None:
        """Nothing is opened or started yet."""
        self.options = options or LoadOptions()
        self._parsers = ParserProcess()

    def close(self) -> None:
        """End the parser process; the loader can be used again and starts another."""
        self._parsers.close()

    def read(self, fetched: Fetched, options: LoadOptions | None = None) -> Parsed:
        """Parse what a server gave; `options` instead of the loader's own.

        Raises:
            LoadError: it cannot be read; the message says why and what to do.
        """
        return parse_fetched(fetched.url, fetched, options or self.options, self._parsers)

    def with_options(self, options: LoadOptions) -> "Loader":
        """A loader with other options that shares the parser process; close this one alone."""
        other = Loader(options)
        other._parsers = self._parsers
        return other

    def discover(self, target: str) -> Iterator[Item | LoadError]:
        """Yield the items of a target lazily, in the same order each time; never raises.

        What cannot be an item (a missing path, a broken line) is yielded as a LoadError in its
        place. Hidden files and files of unknown kind inside a folder are skipped with a log line.
        """
        path = Path(target)
        try:
            if not path.exists() and "://" not in target and (place := existing_path(target)):
                path = Path(place)
            exists, is_folder = path.exists(), path.is_dir()
        except (OSError, ValueError):
            exists = is_folder = False
        if is_folder:
            yield from self._folder(path, str(path))
        elif exists:
            source = place_of(os.path.normpath(path))
            yield from self._file(path, source, is_explicit=True)
        else:
            yield from self._elsewhere(target)

    def _elsewhere(self, target: str) -> Iterator[Item | LoadError]:
        """A target that is no path: a URL, or a mistake."""
        scheme = _SCHEME.match(target)
        if scheme is None:
            yield LoadError(target, "there is no such file or folder")
        elif scheme["scheme"].lower() in ("http", "https"):
            yield UrlItem(
                source=target,
                options=self.options,
                parsers=self._parsers,
                fetch=partial(fetch, options=self.options.fetch),
            )
        else:
            yield LoadError(target, "is refused: only http and https addresses are fetched")

    def _folder(self, folder: Path, target: str) -> Iterator[Item | LoadError]:
        unreadable: list[LoadError] = []

        def report(error: OSError) -> None:
            place = str(error.filename or target)
            unreadable.append(LoadError(place, f"cannot be read: {error.strerror or error}"))

        for place, folders, files in os.walk(folder, onerror=report):
            while unreadable:
                yield unreadable.pop(0)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(place) / name
                if name.startswith((".", "~$")):
                    _log.info("skipped %s: hidden", readable_path(str(path)))
                else:
                    yield from self._file(path, place_of(os.path.normpath(path)))
        yield from unreadable

    def _file(
        self, path: Path, source: str, *, is_explicit: bool = False
    ) -> Iterator[Item | LoadError]:
        suffix = path.suffix.lower()
        if suffix in BULK_EXTENSIONS and path.is_file():
            yield from bulk_items(path, source, self.options)
        elif is_explicit or suffix in EXTENSIONS or _is_document(path, suffix):
            yield FileItem(
                source=source,
                path=path,
                options=self.options,
                parsers=self._parsers,
                is_explicit=is_explicit,
            )
        else:
            _log.warning("skipped %s: not a kind of document that can be read", source)


def _is_document(path: Path, suffix: str) -> bool:
    """Tell whether a file of another extension is worth a try: a document, or unknown bytes.

    Unknown bytes become an error that names the file; text beside documents (source code, a
    licence) and media are no documents.
    """
    if suffix in FOREIGN_EXTENSIONS:
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(SNIFF_BYTES) if path.is_file() else b""
    except OSError:
        return True  # loading it says why
    return is_document_content(head) or not is_text_content(head)

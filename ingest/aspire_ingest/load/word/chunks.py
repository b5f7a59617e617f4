"""Files that a Word document takes in as parts of itself (`w:altChunk`): pages, text, RTF, Word.

Word puts their content in place when it opens the document, so its reader sees it.
"""

from dataclasses import replace

from aspire_ingest.errors import LoadError
from aspire_ingest.load.detect import detect_kind
from aspire_ingest.load.elements import Element, attribute
from aspire_ingest.load.openxml.package import OpenXmlPackage
from aspire_ingest.load.parse_result import Parsed, Raw
from aspire_ingest.load.registry import IN_PROCESS, contained_parser

WORD = "docx"
_KINDS = frozenset({"html", "text", "rtf", "mail"})
_WEB_ARCHIVES = (".mht", ".mhtml")
"""Pages saved with their pictures in the form of a message."""


class ChunkReader:
    """Reads the chunks of one part of a document."""

    def __init__(self, raw: Raw, package: OpenXmlPackage, part: str) -> None:
        """Nothing is read yet."""
        self._raw = raw
        self._package = package
        self._targets = package.targets(part, "aFChunk")

    def raw(self, chunk: Element) -> tuple[str, Raw] | None:
        """The kind and the bytes of a chunk; None where it is missing or of no kind that is read.

        Raises:
            LoadError: the chunk is damaged or protected.
        """
        target = self._targets.get(attribute(chunk, "id") or "")
        stream = self._package.open(target) if target else None
        if target is None or stream is None:
            return None
        with stream:
            data = stream.read(self._raw.options.max_bytes + 1)
        if len(data) > self._raw.options.max_bytes:
            return None
        is_archive = target.lower().endswith(_WEB_ARCHIVES)
        kind = "mail" if is_archive else detect_kind(data, self._raw.name, path=target)
        found = Raw(name=self._raw.name, data=data, options=self._raw.options)
        return (kind, found) if kind == WORD or kind in _KINDS else None


def parse_chunk(kind: str, raw: Raw) -> Parsed:
    """Parse a chunk of any kind but Word's own; what it states of itself does not count.

    Raises:
        LoadError: it cannot be read.
    """
    parser = IN_PROCESS[kind] if kind in IN_PROCESS else contained_parser(kind)
    parsed = parser(raw)
    if not parsed.text.strip():
        raise LoadError(raw.name, "holds no text")
    return replace(parsed, text=parsed.text.strip("\n"))

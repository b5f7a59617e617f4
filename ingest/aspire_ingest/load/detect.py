"""What kind of document some bytes are: by their content first, by the name second."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from aspire_ingest.errors import LoadError

SNIFF_BYTES = 4096
EXTENSIONS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".pptx": "pptx", ".xlsx": "xlsx",
    ".docm": "docx", ".pptm": "pptx", ".xlsm": "xlsx",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
}  # fmt: skip
BULK_EXTENSIONS = frozenset({".jsonl", ".ndjson"})
MEDIA_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf",
    "text/markdown": "markdown", "text/x-markdown": "markdown", "text/plain": "text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}  # fmt: skip
FOREIGN_EXTENSIONS = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .heic .mp3 .mp4 .wav .mov .avi .webm .ogg "
    ".css .js .mjs .map .woff .woff2 .ttf .otf .eot .py .pyc .sh .bat .exe .dll .so .dylib .zip .gz "
    ".tar .tgz .bz2 .xz .7z .rar .db .sqlite .sqlite3 .lock .log .ini .cfg .toml .json .xml .csv "
    ".tsv .yaml .yml".split()
)
"""Files that lie beside documents and are none: skipped inside a folder."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_OFFICE_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_BINARY_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"Rar!",
                 b"7z\xbc\xaf", b"SQLite format 3", b"RIFF", b"OggS", b"BZh", b"\xfd7zXZ")  # fmt: skip


def detect_kind(data: bytes, name: str, *, path: str, media_type: str | None = None) -> str | None:
    """Return the kind whose parser reads these bytes, or None where neither says one.

    Raises:
        LoadError: the content is recognised and cannot be read, or is not what the name says.
    """
    head = data[:SNIFF_BYTES]
    named = EXTENSIONS.get(PurePath(path).suffix.lower())
    typed = MEDIA_TYPES.get((media_type or "").split(";")[0].strip().lower())
    if not data.strip(b" \t\r\n\x00"):
        raise LoadError(name, "is empty")
    sniffed = _sniff(data, head, name)
    if sniffed is not None:
        return sniffed
    expected = typed or named
    if expected in ("pdf", "docx", "pptx", "xlsx"):
        article = "is not a readable" if head[:2] == b"PK" or b"%PDF" in head else "is named as but is no"
        raise LoadError(name, f"{article} {expected.upper()} file; check it, or save it again")
    if expected == "text" and named == "markdown":
        return named
    return expected


def _sniff(data: bytes, head: bytes, name: str) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data, name)
    if head.startswith(_OLE):
        raise LoadError(name, _about_ole(data))
    if head.startswith(b"{\\rtf"):
        raise LoadError(name, "is an RTF file; save it as DOCX")
    if any(head.startswith(magic) for magic in _BINARY_MAGIC) or (
        head.startswith(b"\x00\x00\x00") and b"ftyp" in head[:12]
    ):
        raise LoadError(name, "is an image, archive or program, not a document")
    return "html" if _HTML.match(head) else None


def _about_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is protected with a password; save it without one"
    return "is an old Office file (.doc, .xls, .ppt); save it as DOCX, XLSX or PPTX"


def _sniff_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise LoadError(name, f"is damaged: {error}; get the file again") from error
    for part, kind in _OFFICE_PARTS.items():
        if part in names:
            return kind
    raise LoadError(name, "is a ZIP archive, not a DOCX, PPTX or XLSX file; unpack it first")


def is_document_content(head: bytes) -> bool:
    """Tell whether the first bytes are of a format that is recognised by content."""
    return b"%PDF-" in head[:1024] or head.startswith((b"PK\x03\x04", _OLE)) or bool(_HTML.match(head))


def is_text_content(head: bytes) -> bool:
    """Tell whether the first bytes look like text of some encoding; empty counts as text."""
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 27 for byte in head) <= len(head) // 50

"""What kind of document some bytes are: by their content first, by the name second."""

import zipfile
from io import BytesIO
from pathlib import PurePath

from aspire_ingest.errors import LoadError
from aspire_ingest.index.libreoffice import find_converter
from aspire_ingest.index.types import Remark
from aspire_ingest.load.kinds import (
    BINARY_MAGIC,
    EXTENSIONS,
    HTML_START,
    KIND_NAMES,
    MEDIA_TYPES,
    OFFICE_PARTS,
    OLE_MAGIC,
    RTF_MAGIC,
    TYPED_ARCHIVES,
    ZIP_MAGIC,
)
from aspire_ingest.load.legacy import has_stream, old_office_kind

SNIFF_BYTES = 4096
BINARY_KINDS = frozenset(
    {"pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub", "rtf", "doc", "ppt", "xls"}
)
_MAX_TYPE_BYTES = 200


def detect_kind(data: bytes, name: str, *, path: str, media_type: str | None = None) -> str | None:
    """Return the kind whose parser reads these bytes, or None where neither says one.

    Args:
        data: the whole content.
        name: how errors name the item.
        path: where it was found, for its extension.
        media_type: as a server declared it; it wins over the extension.

    Raises:
        LoadError: the content is recognised and cannot be read, or is not what the name says.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise LoadError(name, "is empty; check the file")
    sniffed = _sniff(data, name)
    if sniffed is not None:
        return sniffed
    named = EXTENSIONS.get(PurePath(path).suffix.lower())
    expected = MEDIA_TYPES.get((media_type or "").split(";")[0].strip().lower()) or named
    if expected in BINARY_KINDS:
        raise LoadError(name, f"is named as {expected.upper()}, but is none; check what it holds")
    # servers call Markdown and tables plain text
    return named if expected == "text" and named in ("markdown", "csv", "tsv") else expected


def misnamed(kind: str, path: str) -> Remark | None:
    """What to remark where a name says another kind than the content; None where it does not.

    Text has no content that a kind could be told by: it is what its name says.
    """
    suffix = PurePath(path).suffix
    named = EXTENSIONS.get(suffix.lower())
    if named in (None, kind) or kind not in KIND_NAMES:
        return None
    return Remark(kind="named", what=f"is {KIND_NAMES[kind]} though it is named {suffix}")


def is_document_content(head: bytes) -> bool:
    """Tell whether the first bytes are of a format that is recognised by content."""
    return (
        b"%PDF-" in head[:1024]
        or head.startswith((ZIP_MAGIC, OLE_MAGIC, RTF_MAGIC))
        or HTML_START.match(head) is not None
    )


def is_text_content(head: bytes) -> bool:
    """Tell whether the first bytes look like text of some encoding; empty counts as text."""
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    return b"\x00" not in head and controls <= len(head) // 50


def _sniff(data: bytes, name: str) -> str | None:
    head = data[:SNIFF_BYTES]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(ZIP_MAGIC):
        return _sniff_zip(data, name)
    if head.startswith(OLE_MAGIC):
        return _sniff_ole(data, name)
    if head.startswith(RTF_MAGIC):
        return "rtf"
    is_video = head.startswith(b"\x00\x00\x00") and b"ftyp" in head[:12]
    if is_video or head.startswith(BINARY_MAGIC):
        raise LoadError(name, "is a picture, archive or program, not a document; leave it out")
    return "html" if HTML_START.match(head) else None


def _sniff_ole(data: bytes, name: str) -> str:
    """Old Office files are read by way of another program, where there is one."""
    if has_stream(data, "EncryptedPackage"):
        raise LoadError(name, "is protected with a password; save it without one")
    if has_stream(data, "__substg1.0_0037001F"):
        raise LoadError(name, "is an Outlook message; save it as EML or text")
    kind = old_office_kind(data)
    if kind is None or find_converter() is None:
        raise LoadError(
            name,
            "is an old Office file (.doc, .xls, .ppt); save it as DOCX, XLSX or PPTX, "
            "or install LibreOffice",
        )
    return kind


def _sniff_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            stated = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    stated = stream.read(_MAX_TYPE_BYTES)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise LoadError(name, f"is damaged ({error}); get the file again") from error
    except RuntimeError as error:  # zipfile's way to say that a part is encrypted
        raise LoadError(name, "is protected with a password; save it without one") from error
    typed = TYPED_ARCHIVES.match(stated)
    if typed is not None and typed.lastgroup is not None:
        return typed.lastgroup
    for part in names:
        main = OFFICE_PARTS.fullmatch(part)
        if main is not None and main.lastgroup is not None:
            return main.lastgroup
    raise LoadError(
        name, "is a ZIP archive, not an Office, OpenDocument or EPUB file; unpack it first"
    )

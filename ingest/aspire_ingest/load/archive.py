"""Limits of formats that are ZIP archives, checked before anything is unpacked."""

import zipfile
from io import BytesIO

from aspire_ingest.errors import LoadError
from aspire_ingest.load.parse_result import Raw
from aspire_ingest.web.types import MEBIBYTE

MAX_PARTS = 20_000
_MAX_RATIO = 200
"""Word's own XML packs to a fiftieth at best; bombs begin at a thousandth."""
_RATIO_FROM_BYTES = 8 * MEBIBYTE
_XML_SUFFIXES = (".xml", ".rels", ".vml")


def check_package(raw: Raw, *, may_declare: bool = False) -> None:
    """Refuse bombs, damaged and protected packages, and XML that defines entities.

    The sizes in the directory may lie, so every XML part is also unpacked once, in pieces, up to
    the size it claims; the libraries that follow read through the same `zipfile`, which stops at
    the claimed size and checks the CRC.

    Args:
        raw: the file.
        may_declare: its parts may begin with a document type, as the pages of a book do; entities
            are not expanded then either.

    Raises:
        LoadError: with what is wrong.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw.data)) as package:
            parts = package.infolist()
            _check_sizes(raw, parts)
            for part in parts:
                if part.filename.lower().endswith(_XML_SUFFIXES):
                    _check_part(raw, package, part, may_declare=may_declare)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise LoadError(raw.name, f"is damaged: {error}; save it again") from error
    except RuntimeError as error:  # zipfile's way to say that a part is encrypted
        raise LoadError(raw.name, "is protected with a password; save it without one") from error


def _check_sizes(raw: Raw, parts: list[zipfile.ZipInfo]) -> None:
    limit = raw.options.max_unpacked_bytes
    total = sum(part.file_size for part in parts)
    if total > limit:
        raise LoadError(
            raw.name,
            f"unpacks to {total / MEBIBYTE:.0f} MB, over the limit of {limit / MEBIBYTE:g} MB; "
            "a zip bomb, or remove large pictures",
        )
    if len(parts) > MAX_PARTS:
        raise LoadError(raw.name, f"has {len(parts)} parts, over the limit of {MAX_PARTS}")
    if total > _RATIO_FROM_BYTES and total > _MAX_RATIO * len(raw.data):
        raise LoadError(raw.name, f"unpacks to {total // len(raw.data)} times its size: a zip bomb")


def _check_part(
    raw: Raw, package: zipfile.ZipFile, part: zipfile.ZipInfo, *, may_declare: bool
) -> None:
    with package.open(part) as stream:
        head = stream.read(4096)
        seen = len(head)
        tail = head
        while tail:
            tail = stream.read(MEBIBYTE)
            seen += len(tail)
            if seen > part.file_size:
                raise LoadError(raw.name, "unpacks to more than it claims: a zip bomb")
    wide = head.replace(b"\x00", b"")  # UTF-16 spelled out
    if not may_declare and (b"<!DOCTYPE" in wide or b"<!ENTITY" in wide):
        raise LoadError(raw.name, "defines XML entities, which Office files never do: refused")

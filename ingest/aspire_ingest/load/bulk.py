"""Bulk files: one JSON object a line, each a document; read line by line, never whole."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Document
from aspire_ingest.load.assemble import assemble
from aspire_ingest.load.encoding.encoding import unread_remarks
from aspire_ingest.load.parse_result import Parsed
from aspire_ingest.load.stated.frontmatter import read_stated
from aspire_ingest.load.stated.keys import check_stated
from aspire_ingest.load.types import LOADER_VERSION, LoadOptions
from aspire_ingest.load.writing.clean import scrub

_CHUNK = 1024 * 1024
_RESERVED = frozenset({"id", "text"})
_MAX_ID_CHARACTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkItem:
    """One line of a bulk file."""

    source: str
    number: int
    line: bytes
    options: LoadOptions

    @property
    def name(self) -> str:
        """The file and the line number."""
        return f"{self.source}:{self.number}"

    def raw_hash(self) -> str:
        """SHA-256 over the line; its number does not matter."""
        salt = f"{LOADER_VERSION}\n{self.options.described()}\n{self.source}\n"
        return hashlib.sha256(salt.encode("utf-8", "surrogateescape") + self.line).hexdigest()

    def load(self) -> list[Document]:
        """Parse the line.

        Raises:
            LoadError: it is no JSON object, has no text, or states a value that cannot be.
        """
        return [parse_line(self.line, source=self.source, name=self.name, options=self.options)]


def bulk_items(path: Path, source: str, options: LoadOptions) -> Iterator[BulkItem | LoadError]:
    """Yield an item for each line that is not blank; an oversized line is a LoadError."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(_lines(stream, options.max_bytes), start=1):
                if line is None:
                    limit = options.max_bytes // 2**20
                    yield LoadError(f"{source}:{number}", f"the line is over {limit} MB; split it")
                elif line.strip():
                    yield BulkItem(source=source, number=number, line=line, options=options)
    except OSError as error:
        yield LoadError(source, f"cannot be read: {error.strerror or error}")


def _lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Lines without their end; None for a line over `limit` bytes, of which none is kept."""
    while head := stream.readline(limit + 1):
        if len(head) <= limit or head.endswith(b"\n"):
            yield head.rstrip(b"\r\n")
            continue
        while head and not head.endswith(b"\n"):
            head = stream.readline(_CHUNK)
        yield None


def parse_line(line: bytes, *, source: str, name: str, options: LoadOptions) -> Document:
    """Read one line into a document; its text is kept to the letter.

    Raises:
        LoadError: it is no JSON object, has no text, or states a value that cannot be.
    """
    values = _object(line, name)
    text = values.get("text")
    if not isinstance(text, str):
        raise LoadError(name, "has no `text`; every line needs one, as a string")
    rest = {key: value for key, value in values.items() if key not in _RESERVED}
    check_stated(rest, name)
    stated = read_stated(rest, name)
    document_id = _identity(values, name) or stated.document_id
    if document_id is None and stated.url is None:
        # no id and no address: the text itself is all that can tell two lines apart
        digest = hashlib.sha256(
            f"{source}\n{stated.title}\n{scrub(text)}".encode("utf-8", "replace")
        )
        document_id = f"line-{digest.hexdigest()[:12]}"
    stated = replace(stated, document_id=document_id)
    body = scrub(text)
    parsed = Parsed(text=body, stated=stated, remarks=unread_remarks(body))
    return assemble(parsed, source=source, name=name, options=options)


def _identity(values: dict[str, object], name: str) -> str | None:
    value = values.get("id")
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise LoadError(name, "`id` must be a string")
    document_id = re.sub(r"[\x00-\x1f\x7f]", "", scrub(value)).strip()
    if not document_id or len(document_id) > _MAX_ID_CHARACTERS:
        raise LoadError(name, f"`id` must have 1 to {_MAX_ID_CHARACTERS} characters")
    return document_id


def _object(line: bytes, name: str) -> dict[str, object]:
    try:
        value: object = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError as error:
        raise LoadError(name, "is not UTF-8; save the file as UTF-8") from error
    except RecursionError as error:
        raise LoadError(name, "nests too deep") from error
    except ValueError as error:
        raise LoadError(name, f"is not valid JSON ({error})") from error
    if not isinstance(value, dict):
        raise LoadError(name, "is not a JSON object")
    # json.loads gives str keys only
    return value  # pyright: ignore[reportUnknownVariableType]

"""Files that moved: the same text at another path keeps the id of its document.

An id without an address is made from the path. Where a file is new, and the index knows a document
of the same text whose own file is not there any more, the file has moved: its document keeps the
id, and notes the path that it is made from (`id_source`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from aspire_ingest.filenames import existing_path
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.index.types import Document
from aspire_ingest.load.assemble import path_document_id, with_content_hash
from aspire_ingest.load.items import FileItem
from aspire_ingest.load.types import Item


def is_file_gone(origin: str) -> bool:
    """Whether an origin is a path, and no file is there."""
    return "://" not in origin and existing_path(origin) is None


@dataclass(kw_only=True)
class Moves:
    """The documents of an index whose files are gone, by what they say."""

    base: Base
    _taken: set[str] = field(default_factory=set[str])

    def followed(self, item: Item, documents: list[Document]) -> tuple[Item, list[Document]]:
        """An item and its documents, under the id that they had where their file was before."""
        if not isinstance(item, FileItem) or len(documents) != 1:
            return item, documents
        (document,) = documents
        own = path_document_id(item.id_source or item.source)
        if document.document_id != own or own in self.base.known:
            return item, documents
        document_id = self._take(document, PurePath(item.source).name)
        if document_id is None:
            return item, documents
        path = _id_path(self.base.known[document_id])
        id_source = None if path == item.source else path
        info = replace(document.info, document_id=document_id, id_source=id_source)
        moved = with_content_hash(info, document.text, document.page_starts)
        return replace(item, id_source=id_source), [replace(moved, marks=document.marks)]

    def _take(self, document: Document, name: str) -> str | None:
        """The id of a gone document of the same text, one of the same file name first."""
        if not self._gone:
            return None
        ids = [one for one in self._by_text.get(_digest(document), ()) if one not in self._taken]
        ids.sort(key=lambda one: PurePath(self.base.known[one].origin).name != name)
        if not ids:
            return None
        self._taken.add(ids[0])
        return ids[0]

    @cached_property
    def _gone(self) -> Sequence[str]:
        """Ids of documents that are named by their path, and whose file is not there."""
        return [
            document_id
            for document_id, known in self.base.known.items()
            if document_id == path_document_id(_id_path(known)) and is_file_gone(known.origin)
        ]

    @cached_property
    def _by_text(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for document, _ in self.base.documents(self._gone):
            found.setdefault(_digest(document), []).append(document.document_id)
        return found


def _id_path(known: KnownDocument) -> str:
    return known.id_source or known.source


def _digest(document: Document) -> str:
    return hashlib.sha256(document.text.encode("utf-8", "replace")).hexdigest()

"""What the next generation starts from: the current one, or nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.manifest import ManifestFile, read_manifest
from aspire_ingest.index.store.rows import override_of
from aspire_ingest.index.store.store import STORE_NAME, KnownDocument, Store
from aspire_ingest.index.types import Document, Override


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The current generation as a writer sees it; empty where nothing was published."""

    folder: Path | None = None
    manifest: ManifestFile | None = None
    known: dict[str, KnownDocument] = field(default_factory=dict[str, KnownDocument])

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return self.manifest.passages if self.manifest else 0

    @property
    def index_version(self) -> str | None:
        """Its name in answers."""
        return self.manifest.manifest.index_version if self.manifest else None

    def override_of(self, document_id: str) -> Override | None:
        """What staff set of a document, whether or not it is in the index now."""
        known = self.known.get(document_id)
        if known is not None:
            return known.override
        row = self.manifest.overrides.get(document_id) if self.manifest else None
        return override_of(row) if row else None

    def documents(
        self, document_ids: Iterable[str] | None = None
    ) -> Iterator[tuple[Document, str]]:
        """Documents with their origins, one by one: all, or these, as far as they are there."""
        if self.folder is None:
            return
        wanted = self.known if document_ids is None else document_ids
        store = Store(self.folder / STORE_NAME)
        try:
            for document_id in wanted:
                if document_id in self.known:
                    yield store.document(document_id), self.known[document_id].origin
        finally:
            store.close()

    def passages_of(self, document_id: str) -> int:
        """How many passages a document has; 0 where it is not there."""
        if self.folder is None:
            return 0
        store = Store(self.folder / STORE_NAME)
        try:
            return len(store.passages_of(document_id))
        finally:
            store.close()


def open_base(home: Home, *, with_documents: bool = True) -> Base:
    """Read the current generation. Needs the writer's lock, or the answer may be out of date.

    Without its documents, `known` is empty.

    Raises:
        IndexAccessError: it is damaged.
    """
    number = current_number(home)
    if number is None:
        return Base()
    folder = home.generation(number)
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError as error:
        raise IndexAccessError(
            f"{folder} has no manifest; run `aspire-ingest verify` to repair the index"
        ) from error
    if not with_documents:
        return Base(folder=folder, manifest=manifest)
    store = Store(folder / STORE_NAME)
    try:
        return Base(folder=folder, manifest=manifest, known=store.known())
    finally:
        store.close()

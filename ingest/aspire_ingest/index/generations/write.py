"""Making the next generation: a private folder that is published whole, or thrown away."""

import logging
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.generations.home import (
    CHROMA_NAME,
    MATRICES_NAME,
    WORDS_NAME,
    Home,
    current_number,
    next_number,
    publish,
    remove_old,
    start_work,
)
from aspire_ingest.index.generations.manifest import write_manifest
from aspire_ingest.index.generations.rebuild import derive, derive_shared
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.store.writer import Changes, StoredPassage, StoreWriter
from aspire_ingest.index.types import Document, IndexManifest
from aspire_ingest.index.vectors.chroma_process import ChromaWork

logger = logging.getLogger(__name__)


class ReadyDocument(NamedTuple):
    """A document with its embedded passages, and the place it came from."""

    document: Document
    origin: str
    passages: list[StoredPassage]


class GenerationWriter(Closing):
    """Changes a copy of a generation and publishes it. Needs the writer's lock.

    Leaving the block without `publish` leaves nothing behind.
    """

    def __init__(
        self,
        home: Home,
        shape: Shape,
        *,
        base: int | None,
        chroma: ChromaWork,
    ) -> None:
        """Copy generation `base`, or begin with an empty one. `chroma` stays the caller's."""
        self._home = home
        self._shape = shape
        self._folder: Path = start_work(home, base)
        self._store = StoreWriter(self._folder / STORE_NAME)
        self._chroma = chroma
        if home.server is not None and base is None and (current := current_number(home)):
            store = Store(home.generation(current) / STORE_NAME)
            try:  # a number names one passage for all time, also in a rebuilt index
                self._store.count_from(store.highest_number())
            finally:
                store.close()

    def close(self) -> None:
        """Throw away what was not published."""
        self._store.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove documents."""
        with self._store.transaction():
            self._store.remove(document_ids)

    def mark_gone(self, document_ids: Iterable[str], since: str | None) -> None:
        """Note since when documents are gone from their place; None: they stand there again."""
        with self._store.transaction():
            self._store.mark_gone(document_ids, since)

    def put(self, documents: Iterable[ReadyDocument]) -> None:
        """Store documents in the place of their earlier versions: all of them, or none."""
        with self._store.transaction():
            for ready in documents:
                self._store.put(ready.document, ready.origin, ready.passages)

    def forget_derived(self) -> None:
        """Have all that is derived made anew from the store."""
        for name in (WORDS_NAME, MATRICES_NAME, CHROMA_NAME):
            shutil.rmtree(self._folder / name, ignore_errors=True)
        self._store.changes = Changes(after=0)

    def publish(self) -> IndexManifest:
        """Bring what is derived in line, and make this the generation that readers open.

        Raises:
            IndexAccessError: what is derived cannot be made sound; readers keep what they have.
        """
        changes = self._store.changes
        self._store.close()
        if self._home.server is None:
            derive(self._folder, changes, dimension=self._shape.dimension, chroma=self._chroma)
        else:
            derive_shared(self._folder, changes)
        manifest = self._describe()
        write_manifest(self._folder, manifest, self._shape)
        if self._home.server is not None:
            self._share(changes)
        publish(self._home, self._folder, manifest.generation)
        try:
            remove_old(self._home)
        except OSError as error:  # what was asked for is done; the next run removes it
            logger.warning("old generations could not be removed: %s", error)
        return manifest

    def _share(self, changes: Changes) -> None:
        # psycopg and chromadb, which an index on one machine does without
        from aspire_ingest.index.server.follower import clear_retired, share  # noqa: PLC0415

        share(self._home, self._folder, changes)
        clear_retired(self._home)

    def _describe(self) -> IndexManifest:
        store = Store(self._folder / STORE_NAME)
        try:
            languages = store.languages()
            return IndexManifest(
                schema_version=self._shape.schema,
                generation=next_number(self._home),
                fingerprint=self._shape.fingerprint,
                embedding=self._shape.embedding,
                dimension=self._shape.dimension,
                published_at=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
                documents=sum(languages.values()),
                passages=sum(store.partitions().values()),
                languages=languages,
            )
        finally:
            store.close()

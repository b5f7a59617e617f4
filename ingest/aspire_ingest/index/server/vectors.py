"""The vectors of a shared index in a Chroma server. Imports chromadb: for the server profile alone.

A row is named by its passage's number, which is never given twice. Rows of several generations lie
in one collection: a reader passes over those that its own generation does not have, and asks for
more where that leaves too few. So nothing is copied to publish, and nobody sees half a generation.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from httpx import HTTPError
from numpy.typing import NDArray

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.index.store.store import Partition, Store
from aspire_ingest.index.types import Audience, ScoredPassageId

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import (  # pyright: ignore[reportMissingTypeStubs] - a stub
        Collection,  # search goes astray on the capital letter; the package is typed
    )

_BATCH = 500
_SPARE = 16
"""So many rows of other generations are reckoned with before more are asked for."""
_FAULTS = (ChromaError, HTTPError, ValueError, OSError)


IDENTITY_NAME = "identity"
"""The file of a mirrored generation that tells its index from others on the same server."""


def family(identity: str, fingerprint: str) -> str:
    """What the collections of an index have in common: vectors of two shapes never mix."""
    return f"passages-{identity}-{fingerprint[:8]}"


def family_of(folder: Path, fingerprint: str) -> str:
    """The same for a generation that lies in a folder."""
    return family((folder / IDENTITY_NAME).read_text(encoding="utf-8"), fingerprint)


def server_collection(family: str, partition: Partition) -> str:
    """The collection of a partition."""
    return f"{family}-{partition.label}"


class ServerVectors(Closing):
    """Searches the vectors of one generation, and changes those of the next. Safe for threads."""

    def __init__(self, url: str, family: str, store: Store | None = None) -> None:
        """Connect; `store` says which rows belong to the generation that is searched.

        Raises:
            IndexUnavailableError: the server cannot be reached.
        """
        self._url = url
        self._family = family
        self._store = store
        self._collections: dict[str, Collection] = {}
        self._client = self._connect()

    def search(
        self, vector: NDArray[np.float32], language: str, audiences: frozenset[Audience], k: int
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first.

        Raises:
            IndexUnavailableError: the server cannot be reached.
        """
        store = cast("Store", self._store)
        found: list[ScoredPassageId] = []
        for partition, count in store.partitions().items():
            if partition.language == language and partition.audience in audiences and k > 0:
                found += self._search(store, vector, partition, min(k, count))
        found.sort(key=lambda entry: (-entry.score, entry.passage_id))
        return found[:k]

    def _search(
        self, store: Store, vector: NDArray[np.float32], partition: Partition, k: int
    ) -> list[ScoredPassageId]:
        asked = k + _SPARE
        while True:
            numbers, distances = self._query(vector, partition, asked)
            ids = store.known_ids(numbers, partition)
            own = [
                ScoredPassageId(passage_id=ids[number], score=1.0 - distance)
                for number, distance in zip(numbers, distances, strict=True)
                if number in ids
            ]
            if len(own) >= k or len(numbers) < asked:
                return own[:k]
            asked *= 2

    def _query(
        self, vector: NDArray[np.float32], partition: Partition, k: int
    ) -> tuple[list[int], list[float]]:
        name = server_collection(self._family, partition)
        try:
            if name not in self._collections:
                self._collections[name] = self._client.get_collection(name, embedding_function=None)
            result = self._collections[name].query(
                query_embeddings=[vector], n_results=k, include=["distances"]
            )
        except _FAULTS as error:
            self._collections.pop(name, None)
            raise self._unreachable(error) from error
        distances = result["distances"] or [[]]
        return [int(one) for one in result["ids"][0]], list(distances[0])

    def add(self, store: Store, after: int) -> None:
        """Put in the passages numbered above `after`.

        Raises:
            IndexUnavailableError: the server cannot be reached.
        """
        try:
            while batch := store.numbered(after, _BATCH):
                after = batch[-1].number
                parts: dict[Partition, list[int]] = {}
                for row, entry in enumerate(batch):
                    part = Partition(entry.info.language, entry.info.audience)
                    parts.setdefault(part, []).append(row)
                for partition, rows in parts.items():
                    self._made(partition).upsert(
                        ids=[str(batch[row].number) for row in rows],
                        embeddings=np.stack([batch[row].vector for row in rows]),
                        metadatas=[
                            {
                                "passage_id": batch[row].passage.passage_id,
                                "document_id": batch[row].passage.document_id,
                            }
                            for row in rows
                        ],
                    )
        except _FAULTS as error:
            raise self._unreachable(error) from error

    def missing(self, store: Store) -> dict[Partition, set[int]]:
        """The numbers of stored passages that the server lacks.

        Raises:
            IndexUnavailableError: the server cannot be reached.
        """
        lacking: dict[Partition, set[int]] = {}
        for partition in store.partitions():
            wanted = {number for number, _ in store.partition_vectors(partition)}
            try:
                name = server_collection(self._family, partition)
                collection = self._client.get_collection(name, embedding_function=None)
                wanted -= {int(one) for one in collection.get(include=[])["ids"]}
            except NotFoundError:
                pass
            except _FAULTS as error:
                raise self._unreachable(error) from error
            if wanted:
                lacking[partition] = wanted
        return lacking

    def delete(self, retired: Iterable[tuple[int, str]]) -> None:
        """Take out rows that no generation in use has, by number and collection.

        Raises:
            IndexUnavailableError: the server cannot be reached.
        """
        by_name: dict[str, list[str]] = {}
        for number, name in retired:
            by_name.setdefault(name, []).append(str(number))
        try:
            for name, ids in by_name.items():
                collection = self._client.get_collection(name, embedding_function=None)
                for start in range(0, len(ids), _BATCH):
                    collection.delete(ids=ids[start : start + _BATCH])
                if collection.count() == 0:
                    self._client.delete_collection(name)
        except NotFoundError:
            return
        except _FAULTS as error:
            raise self._unreachable(error) from error

    def close(self) -> None:
        """Let go of the connection."""
        self._collections.clear()

    def _made(self, partition: Partition) -> "Collection":
        return self._client.get_or_create_collection(
            server_collection(self._family, partition),
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
        )

    def _connect(self) -> "ClientAPI":
        parts = urlsplit(self._url)
        try:
            return chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 80),
                ssl=parts.scheme == "https",
                settings=Settings(anonymized_telemetry=False),
            )
        except _FAULTS as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> IndexUnavailableError:
        return IndexUnavailableError(f"The Chroma server at {self._url} cannot be used: {error}")

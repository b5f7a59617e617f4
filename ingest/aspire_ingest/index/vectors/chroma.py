"""The vectors in Chroma, laid out so that LlamaIndex's `ChromaVectorStore` reads them.

The only module that imports chromadb. An embedded Chroma directory must be open in one process at
a time, opening it writes to it, and its faults end the process (SIGSEGV). So the writer calls
`apply_changes` and `probe` in child processes (`chroma_process`), and every reader opens a copy.
"""

import json
from collections.abc import Collection as Among
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import chromadb
import numpy as np
from chromadb.config import Settings
from numpy.typing import NDArray

from aspire_ingest.index.store.store import NumberedPassage, Partition, Store
from aspire_ingest.index.types import Audience, ScoredPassageId

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import (  # pyright: ignore[reportMissingTypeStubs] - a stub
        Collection,  # search goes astray on the capital letter; the package is typed
    )
    from chromadb.api.types import Metadata

_BATCH = 1000
_NO_TELEMETRY = Settings(anonymized_telemetry=False)


def collection_name(partition: Partition) -> str:
    """The collection of a partition, as in `passages-en-public`."""
    return f"passages-{partition.label}"


def import_ahead() -> None:
    """Import what chromadb leaves to the first opening: else each fork of a process imports it."""
    settings = _NO_TELEMETRY
    for kind in (settings.chroma_api_impl, settings.chroma_product_telemetry_impl):
        import_module(kind.rpartition(".")[0])


@contextmanager
def opened(folder: Path) -> Generator["Client"]:
    """A Chroma directory that no other process has open."""
    client = _open(folder)
    try:
        yield client
    finally:
        client.close()


def apply_changes(
    folder: Path, store: Store, *, after: int, removed: Mapping[Partition, list[str]]
) -> None:
    """Take `removed` passages out, and put those numbered above `after` in."""
    with opened(folder) as client:
        for partition, passage_ids in removed.items():
            collection = _collection(client, partition)
            for start in range(0, len(passage_ids), _BATCH):
                collection.delete(ids=passage_ids[start : start + _BATCH])
        while batch := store.numbered(after, _BATCH):
            after = batch[-1].number
            _add(client, batch)
        present = {collection_name(partition) for partition in store.partitions()}
        for collection in client.list_collections():
            if collection.name not in present:
                client.delete_collection(collection.name)


def probe(folder: Path, store: Store, partitions: Among[Partition] | None = None) -> list[str]:
    """What differs from the store: nothing where the directory is sound.

    Collections of `partitions` are compared passage by passage, all where None: at 100,000
    passages that takes longer than all else that a run of one document does.
    """
    problems: list[str] = []
    with opened(folder) as client:
        names = {collection.name for collection in client.list_collections()}
        wanted = {collection_name(partition): partition for partition in store.partitions()}
        problems += [f"Chroma has a collection {name} too many" for name in names - wanted.keys()]
        problems += [f"Chroma lacks the collection {name}" for name in wanted.keys() - names]
        for name in sorted(wanted.keys() & names):
            if partitions is not None and wanted[name] not in partitions:
                continue
            problems += _compare(
                client.get_collection(name, embedding_function=None), store, wanted[name]
            )
    return problems


class ChromaVectors:
    """The vectors of one generation, out of a copy that this process owns."""

    def __init__(self, folder: Path) -> None:
        """Open the copy."""
        self._client = _open(folder)
        self._collections = {
            collection.name: self._client.get_collection(collection.name, embedding_function=None)
            for collection in self._client.list_collections()
        }

    def search(
        self, vector: NDArray[np.float32], language: str, audiences: frozenset[Audience], k: int
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first; approximate, as HNSW is."""
        found: list[ScoredPassageId] = []
        for audience in audiences:
            collection = self.collection(Partition(language, audience))
            if collection is not None and k > 0:
                found.extend(_query(collection, vector, k))
        found.sort(key=lambda entry: (-entry.score, entry.passage_id))
        return found[:k]

    def collection(self, partition: Partition) -> "Collection | None":
        """The collection of a partition, as other programs know it; None where it is empty."""
        return self._collections.get(collection_name(partition))

    def close(self) -> None:
        """Close the copy."""
        self._collections.clear()
        self._client.close()


def _open(folder: Path) -> "Client":
    # The declared type hides `close`, which the real one has.
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=_NO_TELEMETRY))


def _query(collection: "Collection", vector: NDArray[np.float32], k: int) -> list[ScoredPassageId]:
    result = collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
    distances = result["distances"] or [[]]
    return [
        ScoredPassageId(passage_id=passage_id, score=1.0 - distance)
        for passage_id, distance in zip(result["ids"][0], distances[0], strict=True)
    ]


def _collection(client: "Client", partition: Partition) -> "Collection":
    return client.get_or_create_collection(
        collection_name(partition),
        configuration={"hnsw": {"space": "cosine"}},
        embedding_function=None,
    )


def _add(client: "Client", batch: list[NumberedPassage]) -> None:
    parts: dict[Partition, list[NumberedPassage]] = {}
    for entry in batch:
        parts.setdefault(Partition(entry.info.language, entry.info.audience), []).append(entry)
    for partition, entries in parts.items():
        _collection(client, partition).upsert(
            ids=[entry.passage.passage_id for entry in entries],
            embeddings=np.stack([entry.vector for entry in entries]),
            documents=[entry.passage.text for entry in entries],
            metadatas=[_node_metadata(entry) for entry in entries],
        )


def _node_metadata(entry: NumberedPassage) -> "Metadata":
    """What `llama_index.core.vector_stores.utils.node_to_metadata_dict` makes of a TextNode.

    Written here, because importing LlamaIndex takes seconds; a contract test reads it back.
    """
    passage, info = entry.passage, entry.info
    known = {
        "title": info.title,
        "heading": " > ".join(passage.heading),
        "source": info.source,
        "url": info.url,
        "published": info.published,
        "language": info.language,
        "kind": info.kind,
        "edition": info.edition,
        "audience": info.audience,
        "page": passage.page,
    }
    metadata: dict[str, str | int] = {
        key: value for key, value in known.items() if value is not None
    }
    content: dict[str, object] = {
        "id_": passage.passage_id,
        "embedding": None,
        "metadata": metadata,
        "excluded_embed_metadata_keys": [
            key for key in metadata if key not in ("title", "heading")
        ],
        "excluded_llm_metadata_keys": [],
        # "1" is NodeRelationship.SOURCE, "4" ObjectType.DOCUMENT.
        "relationships": {"1": {"node_id": info.document_id, "node_type": "4", "metadata": {}}},
        "text": "",
        "mimetype": "text/markdown",
        "start_char_idx": passage.start,
        "end_char_idx": passage.end,
        "class_name": "TextNode",
    }
    return metadata | {
        "_node_content": json.dumps(content, ensure_ascii=False),
        "_node_type": "TextNode",
        "document_id": info.document_id,
        "doc_id": info.document_id,
        "ref_doc_id": info.document_id,
    }


def _compare(collection: "Collection", store: Store, partition: Partition) -> list[str]:
    wanted = set(store.partition_ids(partition))
    present = set(collection.get(include=[])["ids"])
    problems = [
        f"Chroma, {collection.name}: {len(ids)} passages {what}, the first {min(ids)}"
        for what, ids in (("missing", wanted - present), ("too many", present - wanted))
        if ids
    ]
    if not problems:
        first = min(wanted)
        found = _query(collection, store.vectors([first])[0], 10)
        # Equal texts have equal vectors: the nearest need not be the passage itself.
        if not found or found[0].score < 0.999:
            problems.append(
                f"Chroma, {collection.name}: does not find passage {first} by its vector"
            )
    return problems

"""Passages of documents to vectors: those already known from the cache, the rest by the model."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder, PassageInput, content_key
from aspire_ingest.index.generations.write import ReadyDocument
from aspire_ingest.index.passage_input import passage_input
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.index.store.kept_vectors import StoredVectors
from aspire_ingest.index.store.writer import StoredPassage
from aspire_ingest.index.types import Document, Passage

_BATCH_PASSAGES = 512
"""Embedded at once: many enough to be sorted by length, few enough to be held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitDocument:
    """A document and its passages, before they have vectors."""

    document: Document
    origin: str
    passages: Sequence[Passage]


def batches(documents: Iterable[SplitDocument]) -> Iterator[list[SplitDocument]]:
    """Documents in order, so many together that their passages fill a batch."""
    batch: list[SplitDocument] = []
    passages = 0
    for document in documents:
        batch.append(document)
        passages += len(document.passages)
        if passages >= _BATCH_PASSAGES:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def embed(
    batch: Sequence[SplitDocument],
    embedder: Embedder,
    cache: IngestCache,
    advance: Callable[[int], None],
    *,
    stored: StoredVectors | None = None,
) -> list[ReadyDocument]:
    """Give every passage its vectors. `advance` is told of passages as they are done.

    `stored` are those of a generation that the same embedder made: what the cache has lost.

    Raises:
        EmbeddingError: the model cannot be loaded or run.
    """
    keyed = [
        [(passage, wanted, content_key(wanted)) for passage, wanted in _inputs(entry)]
        for entry in batch
    ]
    wanted = {key: given for entry in keyed for _, given, key in entry}
    vectors = cache.vectors(embedder.name, list(wanted))
    if stored is not None:
        vectors |= stored.of([key for key in wanted if key not in vectors])
    advance(sum(key in vectors for entry in keyed for _, _, key in entry))
    new = {key: given for key, given in wanted.items() if key not in vectors}
    vectors |= _embed_new(new, embedder, cache, advance)
    return [
        ReadyDocument(
            document=entry.document,
            origin=entry.origin,
            passages=[
                StoredPassage(passage=passage, content_key=key, embedded=vectors[key])
                for passage, _, key in passages
            ],
        )
        for entry, passages in zip(batch, keyed, strict=True)
    ]


def _inputs(entry: SplitDocument) -> Iterator[tuple[Passage, PassageInput]]:
    for passage in entry.passages:
        yield passage, passage_input(entry.document.info, passage)


def _embed_new(
    new: dict[str, PassageInput],
    embedder: Embedder,
    cache: IngestCache,
    advance: Callable[[int], None],
) -> dict[str, EmbeddedPassage]:
    if not new:
        return {}
    keys = list(new)
    vectors: dict[str, EmbeddedPassage] = {}
    for position, embedded in embedder.embed_passages(list(new.values())):
        vectors[keys[position]] = embedded
        advance(1)
    cache.put_vectors(embedder.name, vectors.items())
    return vectors

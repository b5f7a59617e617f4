"""The reader of a published generation: SQLite, words, and one way of searching vectors."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.generations.hold import Hold
from aspire_ingest.index.generations.home import WORDS_NAME
from aspire_ingest.index.store.store import Store
from aspire_ingest.index.types import (
    Audience,
    Document,
    DocumentInfo,
    IndexManifest,
    Passage,
    ScoredPassageId,
)
from aspire_ingest.index.words.tantivy_words import WordIndex


class VectorSearch(Protocol):
    """One way of finding the nearest vectors of a generation."""

    def search(
        self, vector: NDArray[np.float32], language: str, audiences: frozenset[Audience], k: int
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class StoredReader(Closeable):
    """Reads one generation and holds it, so that no writer removes it. Safe for threads."""

    def __init__(
        self,
        folder: Path,
        manifest: IndexManifest,
        *,
        store: Store,
        vectors: VectorSearch,
        hold: Hold,
    ) -> None:
        """Take over the store, the vectors and the hold: closing closes them."""
        self._folder = folder
        self._manifest = manifest
        self._store = store
        self._vectors = vectors
        self._hold = hold
        self._words: dict[str, WordIndex] = {}
        self._lock = Lock()

    @property
    def manifest(self) -> IndexManifest:
        """What this generation is."""
        return self._manifest

    def languages(self) -> tuple[str, ...]:
        """Languages of the passages present, the most frequent first."""
        return tuple(sorted(self._counts(), key=lambda name: (-self._counts()[name], name)))

    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of every document, by id."""
        return self._store.documents()

    def document(self, document_id: str) -> Document:
        """The document with its text; KeyError where it is unknown."""
        return self._store.document(document_id)

    def passages(self, passage_ids: Sequence[str], *, with_sentences: bool = True) -> list[Passage]:
        """The passages in the order asked for; KeyError where one is unknown."""
        return self._store.passages(passage_ids, with_sentences=with_sentences)

    def document_ids(self, passage_ids: Sequence[str]) -> list[str]:
        """The document of each passage; KeyError where one is unknown."""
        return self._store.document_ids(passage_ids)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        return self._store.passages_of(document_id)

    def search_vectors(
        self,
        vector: NDArray[np.float32],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first."""
        return self._vectors.search(vector, language, audiences, k)

    def search_words(
        self,
        terms: Mapping[str, float],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` best passages by BM25, best first."""
        words = self._words_of(language)
        return list(words.search(terms, audiences=audiences, k=k)) if words else []

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, shape (n, dimension)."""
        return self._store.vectors(passage_ids).reshape(-1, self._manifest.dimension)

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Unit vectors of the sentences, by passage id."""
        return self._store.sentence_vectors(passage_ids)

    def document_frequency(self, term: str, language: str) -> int:
        """How many passages of the language hold a term."""
        words = self._words_of(language)
        return words.document_frequency(term) if words else 0

    def passage_count(self, language: str) -> int:
        """How many passages of the language there are."""
        return self._counts().get(language, 0)

    def nearest_terms(self, term: str, language: str, limit: int) -> list[str]:
        """Indexed terms spelt most like `term`, nearest first."""
        words = self._words_of(language)
        return list(words.nearest_terms(term, limit)) if words else []

    def terms_said_as(self, name: str, language: str, *, is_from_abroad: bool = False) -> list[str]:
        """Indexed terms that are said as a name in Latin letters, the commonest first."""
        words = self._words_of(language)
        if words is None:
            return []
        return list(words.terms_said_as(name, is_from_abroad=is_from_abroad))

    def close(self) -> None:
        """Let go of the generation."""
        self._vectors.close()
        self._store.close()
        with self._lock:
            self._words.clear()
        self._hold.release()

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for partition, count in self._store.partitions().items():
            counts[partition.language] = counts.get(partition.language, 0) + count
        return counts

    def _words_of(self, language: str) -> WordIndex | None:
        if language not in self._counts():
            return None
        with self._lock:
            if language not in self._words:
                self._words[language] = WordIndex(self._folder / WORDS_NAME / language)
            return self._words[language]

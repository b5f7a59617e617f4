"""An index in memory, of a handful of documents.

Under the same contract suite as a published generation, without its files.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tests.memory_words import MemoryWords

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.passage_input import passage_input
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.text.annotate import annotate
from aspire_ingest.index.text.dates.occasions import with_occasions
from aspire_ingest.index.types import (
    Audience,
    Document,
    DocumentInfo,
    IndexManifest,
    Passage,
    ScoredPassageId,
)
from aspire_ingest.index.vectors.nearest import dot_products, nearest_rows
from aspire_ingest.index.words.types import entries_of


class MemoryIndex(Closeable):
    """Documents, passages and vectors in plain dictionaries. Safe for threads: never changes."""

    def __init__(
        self,
        documents: Iterable[Document],
        embedded: Iterable[tuple[Passage, EmbeddedPassage]],
        manifest: IndexManifest,
    ) -> None:
        """Take documents and embedded passages as they are."""
        self._documents = {document.document_id: document for document in documents}
        pairs = list(embedded)
        self._passages = {passage.passage_id: passage for passage, _ in pairs}
        self._embedded = {passage.passage_id: vectors for passage, vectors in pairs}
        self._manifest = manifest
        self._words: dict[str, MemoryWords] = defaultdict(MemoryWords)
        for passage in self._passages.values():
            info = self._info(passage)
            self._words[info.language].add(entries_of(info, [passage]))
        for words in self._words.values():
            words.commit()

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        embedder: Embedder,
        *,
        split: Callable[[Document], Sequence[Passage]],
    ) -> Self:
        """Split and embed documents; `split` is `aspire_ingest.split.split_document`, as a rule."""
        dated = map(with_occasions, documents)
        kept = sorted(dated, key=lambda document: document.document_id)
        passages = [
            (document, passage)
            for document in kept
            for passage in annotate(document, split(document))
        ]
        inputs = [passage_input(document.info, passage) for document, passage in passages]
        vectors = dict(embedder.embed_passages(inputs))
        embedded = [(passage, vectors[row]) for row, (_, passage) in enumerate(passages)]
        return cls(kept, embedded, _manifest(kept, len(passages), embedder))

    @property
    def manifest(self) -> IndexManifest:
        """What this index is; its generation is 1."""
        return self._manifest

    def languages(self) -> tuple[str, ...]:
        """Languages of the passages present, the most frequent first."""
        counts = self._counts()
        return tuple(sorted(counts, key=lambda language: (-counts[language], language)))

    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of every document, by id, in id order."""
        return {name: document.info for name, document in self._documents.items()}

    def document(self, document_id: str) -> Document:
        """The document with its text; KeyError where it is unknown."""
        return self._documents[document_id]

    def passages(self, passage_ids: Sequence[str], *, with_sentences: bool = True) -> list[Passage]:
        """The passages in the order asked for; KeyError where one is unknown."""
        found = [self._passages[passage_id] for passage_id in passage_ids]
        if with_sentences:
            return found
        return [replace(one, sentences=(), context_terms=frozenset()) for one in found]

    def document_ids(self, passage_ids: Sequence[str]) -> list[str]:
        """The document of each passage; KeyError where one is unknown."""
        return [self._passages[passage_id].document_id for passage_id in passage_ids]

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        own = [entry for entry in self._passages.values() if entry.document_id == document_id]
        return sorted(own, key=lambda passage: passage.start)

    def search_vectors(
        self,
        vector: NDArray[np.float32],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first."""
        infos = {name: self._info(passage) for name, passage in self._passages.items()}
        names = [
            name
            for name, info in infos.items()
            if info.language == language and info.audience in audiences
        ]
        return [
            ScoredPassageId(passage_id=names[row], score=score)
            for row, score in nearest_rows(dot_products(self.vectors(names), vector), k)
        ]

    def search_words(
        self,
        terms: Mapping[str, float],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` best passages by BM25, best first."""
        return list(self._words_of(language).search(terms, audiences=audiences, k=k))

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, shape (n, dimension)."""
        rows = [self._embedded[passage_id].vector for passage_id in passage_ids]
        return np.array(rows, dtype=np.float32).reshape(-1, self._manifest.dimension)

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Unit vectors of the sentences, by passage id."""
        return {passage_id: self._embedded[passage_id].sentences for passage_id in passage_ids}

    def document_frequency(self, term: str, language: str) -> int:
        """How many passages of the language hold a term."""
        return self._words_of(language).document_frequency(term)

    def passage_count(self, language: str) -> int:
        """How many passages of the language there are."""
        return self._counts()[language]

    def nearest_terms(self, term: str, language: str, limit: int) -> list[str]:
        """Indexed terms spelt most like `term`, nearest first."""
        return list(self._words_of(language).nearest_terms(term, limit))

    def terms_said_as(self, name: str, language: str, *, is_from_abroad: bool = False) -> list[str]:
        """Indexed terms that are said as a name in Latin letters, the commonest first."""
        return list(self._words_of(language).terms_said_as(name, is_from_abroad=is_from_abroad))

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def _info(self, passage: Passage) -> DocumentInfo:
        return self._documents[passage.document_id].info

    def _counts(self) -> Counter[str]:
        return Counter(self._info(passage).language for passage in self._passages.values())

    def _words_of(self, language: str) -> MemoryWords:
        return self._words.get(language) or MemoryWords()


def _manifest(documents: Sequence[Document], passages: int, embedder: Embedder) -> IndexManifest:
    shape = Shape(
        schema=SCHEMA_VERSION,
        embedding=embedder.name,
        dimension=embedder.dimension,
        splitter="in memory",
        analysis=ANALYSIS_VERSION,
    )
    return IndexManifest(
        schema_version=shape.schema,
        generation=1,
        fingerprint=shape.fingerprint,
        embedding=shape.embedding,
        dimension=shape.dimension,
        published_at=datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        documents=len(documents),
        passages=passages,
        languages=dict(Counter(document.info.language for document in documents)),
    )

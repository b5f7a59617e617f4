"""The word index in memory: plain BM25 in NumPy, exact and slow. What the real one is held to."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.text.analysis import analyze, analyze_pairs
from aspire_ingest.index.text.said_terms import by_sound
from aspire_ingest.index.text.typos import nearest
from aspire_ingest.index.types import ScoredPassageId
from aspire_ingest.index.words.types import FIELD_BOOSTS, WordEntry

K1, B = 1.2, 0.75
"""Tantivy's, which cannot be set."""


def query_terms(text: str, language: str) -> dict[str, float]:
    """Give the words and pairs of a question as terms of a search, all of one weight."""
    return dict.fromkeys((*analyze(text, language), *analyze_pairs(text)), 1.0)


class MemoryWords(Closeable):
    """Writer and searcher of one language in one object."""

    def __init__(self) -> None:
        self._entries: dict[str, WordEntry] = {}
        self._changed: dict[str, WordEntry] = {}

    def add(self, entries: Iterable[WordEntry]) -> None:
        """Add or replace passages."""
        self._changed.update((entry.passage_id, entry) for entry in entries)

    def delete(self, passage_ids: Iterable[str]) -> None:
        """Take passages out."""
        for passage_id in passage_ids:
            self._changed.pop(passage_id, None)

    def commit(self) -> None:
        """Show the changes to searches."""
        self._entries = dict(self._changed)

    def close(self) -> None:
        """Drop what was not committed."""
        self._changed = dict(self._entries)

    @property
    def passages(self) -> int:
        """The number of passages."""
        return len(self._entries)

    def search(
        self, terms: Mapping[str, float], *, audiences: Collection[str], k: int
    ) -> Sequence[ScoredPassageId]:
        """Score every passage."""
        entries = list(self._entries.values())
        scores = np.zeros(len(entries))
        for field, boost in FIELD_BOOSTS.items():
            counts = [Counter[str](getattr(entry, field)) for entry in entries]
            lengths = np.array([count.total() for count in counts], dtype=np.float64)
            for term, weight in terms.items():
                frequencies = np.array([count[term] for count in counts], dtype=np.float64)
                scores += boost * weight * _bm25(frequencies, lengths)
        found = [
            ScoredPassageId(passage_id=entry.passage_id, score=float(score))
            for entry, score in zip(entries, scores, strict=True)
            if score > 0 and entry.audience in audiences
        ]
        return sorted(found, key=lambda scored: (-scored.score, scored.passage_id))[:k]

    def document_frequency(self, term: str) -> int:
        """Count the passages with the term."""
        return sum(
            any(term in getattr(entry, field) for field in FIELD_BOOSTS)
            for entry in self._entries.values()
        )

    def nearest_terms(self, term: str, limit: int = 3) -> Sequence[str]:
        """Compare with every term of the bodies."""
        frequencies = Counter(word for entry in self._entries.values() for word in set(entry.body))
        return nearest(term, frequencies, limit)

    def terms_said_as(self, name: str, *, is_from_abroad: bool = False) -> Sequence[str]:
        """Compare with every term of the bodies."""
        counted = Counter(word for entry in self._entries.values() for word in set(entry.body))
        found = by_sound(counted).said_as(name, is_from_abroad=is_from_abroad)
        return sorted(found, key=lambda term: (-counted[term], term))


def _bm25(frequencies: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the BM25 scores of one term in one field, shape (passages,), as Lucene defines it."""
    passages = len(frequencies)
    if not passages or not frequencies.any():
        return np.zeros(passages)
    containing = np.count_nonzero(frequencies)
    idf = np.log(1 + (passages - containing + 0.5) / (containing + 0.5))
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    return idf * (K1 + 1) * frequencies / (frequencies + norm)

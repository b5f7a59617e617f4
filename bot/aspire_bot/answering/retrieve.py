"""Query → ranking: words and vectors, each language apart, fused and merged.

One language's cosines and BM25 scores say nothing beside another's (multilingual vectors prefer
passages in the query's own language), so each language is searched on its own. Within it the two
rankings are fused by their min-max scores; between languages what counts is how far a passage
stands out from its own language's background.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.ports import QueryEmbedder
from aspire_bot.answering.query import Query
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Audience, ScoredPassageId
from aspire_ingest.index.reader import IndexReader

_DEPTH = 60
"""Passages taken from each ranking of each language."""
_SIBLING_SHARE = 0.3
"""How much of a passage's score is that of its document's best passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionWeights:
    """The share of the vectors (0 to 1) in the fused score."""

    same_language: float = 0.5
    other_language: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What one language offers: passage ids, cosines, BM25 scores (0 where no word matched)."""

    language: str
    passage_ids: tuple[str, ...]
    cosines: NDArray[np.float64]
    words: NDArray[np.float64]


class HybridRetriever:
    """The first stage of answering."""

    def __init__(self, embedder: QueryEmbedder, weights: FusionWeights | None = None) -> None:
        """Use one embedder for all languages."""
        self._embedder = embedder
        self._weights = weights or FusionWeights()

    def embed(self, query: Query) -> NDArray[np.float32]:
        """Give the query's unit vector, shape (dimension,)."""
        return self._embedder.embed_query(query.text)

    def retrieve(
        self, query: Query, vector: NDArray[np.float32], index: IndexReader, *, k: int
    ) -> tuple[ScoredPassage, ...]:
        """Give the `k` best passages of all languages, best first."""
        audiences = visible_to(query.question.audience)
        scored: list[tuple[float, str]] = []
        for language in index.languages():
            found = _candidates(query, vector, index, language=language, audiences=audiences)
            scored.extend(zip(self._score(found, query).tolist(), found.passage_ids, strict=True))
        return _ranked(_with_siblings(scored, index), index, k)

    def _score(self, found: Candidates, query: Query) -> NDArray[np.float64]:
        is_own = found.language == query.language
        share = self._weights.same_language if is_own else self._weights.other_language
        return share * _min_max(found.cosines) + (1 - share) * _min_max(found.words)


def visible_to(audience: Audience) -> frozenset[Audience]:
    """Give the audiences whose documents an asker may see: staff see public ones too."""
    return frozenset(("public", "staff")) if audience == "staff" else frozenset(("public",))


def _candidates(
    query: Query,
    vector: NDArray[np.float32],
    index: IndexReader,
    *,
    language: str,
    audiences: frozenset[Audience],
) -> Candidates:
    near = index.search_vectors(vector, language=language, audiences=audiences, k=_DEPTH)
    terms = query.terms.get(language, {})
    worded: Sequence[ScoredPassageId] = ()
    if terms:
        worded = index.search_words(terms, language=language, audiences=audiences, k=_DEPTH)
    words = {entry.passage_id: entry.score for entry in worded}
    cosines = {entry.passage_id: entry.score for entry in near}
    missing = [passage_id for passage_id in words if passage_id not in cosines]
    if missing:
        products = index.vectors(missing) @ vector
        cosines.update(zip(missing, products.tolist(), strict=True))
    ids = tuple(cosines)
    return Candidates(
        language=language,
        passage_ids=ids,
        cosines=_column(ids, cosines),
        words=_column(ids, words),
    )


def _column(ids: Sequence[str], values: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([values.get(passage_id, 0.0) for passage_id in ids], dtype=np.float64)


def _min_max(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if values.size == 0:
        return values
    low, high = float(values.min()), float(values.max())
    if high - low < 1e-9:
        return np.zeros_like(values)
    return (values - low) / (high - low)


def _with_siblings(
    scored: Sequence[tuple[float, str]], index: IndexReader
) -> list[tuple[float, str]]:
    """Let the best passage of a document speak for its others: they share its subject."""
    documents = index.document_ids([passage_id for _, passage_id in scored])
    best: dict[str, float] = {}
    for (score, _), document_id in zip(scored, documents, strict=True):
        best[document_id] = max(score, best.get(document_id, 0.0))
    return [
        ((1 - _SIBLING_SHARE) * score + _SIBLING_SHARE * best[document_id], passage_id)
        for (score, passage_id), document_id in zip(scored, documents, strict=True)
    ]


def _ranked(
    scored: Sequence[tuple[float, str]], index: IndexReader, k: int
) -> tuple[ScoredPassage, ...]:
    documents = index.documents()
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:k]
    passages = index.passages([passage_id for _, passage_id in ordered])
    return tuple(
        ScoredPassage(
            passage=passage, document=documents[passage.document_id], score=score, rank=rank
        )
        for rank, ((score, _), passage) in enumerate(zip(ordered, passages, strict=True), start=1)
    )

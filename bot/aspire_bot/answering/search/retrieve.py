"""Query → ranking: words and vectors, each language apart, fused and merged.

One language's cosines and BM25 scores say nothing beside another's (multilingual vectors prefer
passages in the query's own language), so each language is searched on its own and its scores are
made comparable (`fuse.py`); the asker's own language goes first where two are equally good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.ports import QueryEmbedder
from aspire_bot.answering.search.fuse import Candidates, FusionWeights, fuse
from aspire_bot.answering.search.years import YEAR_PREFERENCE, of_year, years_asked
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Audience, ScoredPassageId
from aspire_ingest.index.reader import IndexReader

_DEPTH = 60
"""Passages taken from each ranking of each language."""
_DISTINCT_DOCUMENTS = 10
_BEST_OF_EACH = 10
"""The best by vectors and by words, of each language, are kept whatever their fused score is."""
_SIBLING_SHARE = 0.3
"""How much of a passage's score is that of its document's best passage."""
_ABROAD = 0.5
"""The share of a ranking that other languages may take: a word has several names there, so that
more is found than answers, and most is answered in the asker's own language."""


class HybridRetriever:
    """The first stage of answering."""

    def __init__(self, embedder: QueryEmbedder, weights: FusionWeights | None = None) -> None:
        """Use one embedder for all languages."""
        self._embedder = embedder
        self._weights = weights or FusionWeights()

    def embed(self, query: Query) -> NDArray[np.float32]:
        """Give the query's unit vector, shape (dimension,)."""
        return self._embedder.embed_query(query.with_writings(query.text))

    def retrieve(
        self,
        query: Query,
        vector: NDArray[np.float32],
        index: IndexReader,
        *,
        k: int,
        hidden: frozenset[str] = frozenset(),
    ) -> tuple[ScoredPassage, ...]:
        """Give the `k` best passages of all languages, best first.

        Behind them follow those among the ten best of their language by vectors or by words alone;
        where all come from fewer than ten documents, also the best passages of further documents,
        as far as the index has them. Documents whose ids are `hidden` are left out.
        """
        wanted = min(_DISTINCT_DOCUMENTS, len(index.documents()))
        depth = _DEPTH
        while True:
            found = self._found(query, vector, index, depth, hidden)
            is_all = all(depth >= index.passage_count(one.language) for one in found)
            ordered = self._ordered(query, found, index)
            chosen = _chosen(_by_share(ordered, k, query.language, index), k, _best_of_each(found))
            if is_all or len({one.document_id for one in chosen}) >= wanted:
                return _ranked(chosen, index)
            depth *= 8

    def _found(
        self,
        query: Query,
        vector: NDArray[np.float32],
        index: IndexReader,
        depth: int,
        hidden: frozenset[str],
    ) -> list[Candidates]:
        """Give the candidates of each language."""
        audiences = visible_to(query.question.audience)
        return [
            _without(_candidates(query, vector, index, one, audiences, depth), hidden, index)
            for one in index.languages()
        ]

    def _ordered(
        self, query: Query, found: Sequence[Candidates], index: IndexReader
    ) -> list["_Entry"]:
        """Give the candidates of all languages in order."""
        scores = fuse(found, query.language, self._weights)
        scored = [
            pair
            for one, given in zip(found, scores, strict=True)
            for pair in zip(given.tolist(), one.passage_ids, strict=True)
        ]
        years = years_asked(query)
        if years:
            scored = _with_years(scored, years, index)
        return _with_siblings(scored, index)


def visible_to(audience: Audience) -> frozenset[Audience]:
    """Give the audiences whose documents an asker may see: staff see public ones too."""
    return frozenset(("public", "staff")) if audience == "staff" else frozenset(("public",))


def _candidates(
    query: Query,
    vector: NDArray[np.float32],
    index: IndexReader,
    language: str,
    audiences: frozenset[Audience],
    depth: int,
) -> Candidates:
    near = index.search_vectors(vector, language=language, audiences=audiences, k=depth)
    terms = query.terms.get(language, {})
    worded: Sequence[ScoredPassageId] = ()
    if terms:
        worded = index.search_words(terms, language=language, audiences=audiences, k=depth)
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


def _without(found: Candidates, hidden: frozenset[str], index: IndexReader) -> Candidates:
    """Leave documents out before scores are compared: they are as if they were not there."""
    if not hidden:
        return found
    documents = index.document_ids(found.passage_ids)
    kept = [row for row, name in enumerate(documents) if name not in hidden]
    return Candidates(
        language=found.language,
        passage_ids=tuple(found.passage_ids[row] for row in kept),
        cosines=found.cosines[kept],
        words=found.words[kept],
    )


def _column(ids: Sequence[str], values: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([values.get(passage_id, 0.0) for passage_id in ids], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Entry:
    score: float
    passage_id: str
    document_id: str


def _with_years(
    scored: Sequence[tuple[float, str]], years: frozenset[int], index: IndexReader
) -> list[tuple[float, str]]:
    """Give more to passages of the years asked for."""
    documents = index.documents()
    passages = index.passages([passage_id for _, passage_id in scored], with_sentences=False)
    return [
        (score + YEAR_PREFERENCE * of_year(documents[one.document_id], one, years), passage_id)
        for (score, passage_id), one in zip(scored, passages, strict=True)
    ]


def _with_siblings(scored: Sequence[tuple[float, str]], index: IndexReader) -> list[_Entry]:
    """Let the best passage of a document speak for its others: they share its subject."""
    documents = index.document_ids([passage_id for _, passage_id in scored])
    best: dict[str, float] = {}
    for (score, _), document_id in zip(scored, documents, strict=True):
        best[document_id] = max(score, best.get(document_id, 0.0))
    entries = [
        _Entry(
            (1 - _SIBLING_SHARE) * score + _SIBLING_SHARE * best[document_id],
            passage_id,
            document_id,
        )
        for (score, passage_id), document_id in zip(scored, documents, strict=True)
    ]
    return sorted(entries, key=_place)


def _best_of_each(found: Sequence[Candidates]) -> frozenset[str]:
    """Give the ids of the best of each language by vectors, and by words."""
    best: set[str] = set()
    for one in found:
        for values in (one.cosines, one.words):
            rows: list[int] = np.argsort(-values, kind="stable")[:_BEST_OF_EACH].tolist()
            best.update(one.passage_ids[row] for row in rows if values[row] > 0)
    return frozenset(best)


def _by_share(ordered: Sequence[_Entry], k: int, language: str, index: IndexReader) -> list[_Entry]:
    """Put behind the first `k` what is in other languages than `language` beyond their share.

    They take more where the asker's own language has not enough to offer.
    """
    documents = index.documents()
    is_own = [documents[entry.document_id].language == language for entry in ordered]
    left = max(int(k * _ABROAD), k - sum(is_own))
    first: list[_Entry] = []
    behind: list[_Entry] = []
    for entry, own in zip(ordered, is_own, strict=True):
        if len(first) < k and not own and left <= 0:
            behind.append(entry)
            continue
        left -= not own
        first.append(entry)
    return [*first[:k], *sorted((*behind, *first[k:]), key=_place)]


def _place(entry: _Entry) -> tuple[float, str]:
    return -entry.score, entry.passage_id


def _chosen(ordered: Sequence[_Entry], k: int, also: frozenset[str]) -> list[_Entry]:
    """Give the first `k`, those that are wanted also, the first of documents up to the tenth."""
    chosen = list(ordered[:k])
    known = {entry.document_id for entry in chosen}
    for entry in ordered[k:]:
        is_new = len(known) < _DISTINCT_DOCUMENTS and entry.document_id not in known
        if is_new or entry.passage_id in also:
            known.add(entry.document_id)
            chosen.append(entry)
    return chosen


def _ranked(chosen: Sequence[_Entry], index: IndexReader) -> tuple[ScoredPassage, ...]:
    documents = index.documents()
    # The few whose sentences are read are fetched with them when they are read.
    passages = index.passages([entry.passage_id for entry in chosen], with_sentences=False)
    return tuple(
        ScoredPassage(
            passage=passage,
            document=documents[entry.document_id],
            score=entry.score,
            rank=rank,
        )
        for rank, (entry, passage) in enumerate(zip(chosen, passages, strict=True), start=1)
    )

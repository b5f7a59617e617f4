"""Ranking → evidence: the sentences of the best passages, with what is measured of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.coverage import coverage
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence, Signals, quoted
from aspire_bot.answering.search.editions import is_of, year_of
from aspire_bot.answering.search.years import years_asked
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.reader import IndexReader

_WIDEST = 0.15
"""What e5's cosines differ by, between a sentence that answers and the background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceQuery:
    """A query, its vector, shape (dimension,), and which documents newer editions replace."""

    query: Query
    vector: NDArray[np.float32]
    outdated: Mapping[str, str]


def sentences_of(
    sentence_query: SentenceQuery, ranking: Sequence[ScoredPassage], index: IndexReader
) -> tuple[Evidence, ...]:
    """Give the sentences of the best passages, passage by passage; none is scored yet."""
    if not ranking:
        return ()
    names = [entry.passage.passage_id for entry in ranking]
    cosines: list[float] = (index.vectors(names) @ sentence_query.vector).tolist()
    bases = _base_similarities(ranking, cosines)
    opened = _in_full(ranking, index)
    vectors = index.sentence_vectors([entry.passage.passage_id for entry in opened])
    found: list[Evidence] = []
    for entry, cosine in zip(opened, cosines, strict=True):
        base = bases[entry.document.language]
        near = vectors[entry.passage.passage_id] @ sentence_query.vector
        similarities = [_signal(one, base) for one in near.tolist()]
        found += _evidence_of(sentence_query, entry, _signal(cosine, base), similarities)
    return tuple(found)


def _signal(cosine: float, base: float) -> float:
    """Give a cosine as a signal."""
    return min(1.5, max(-0.5, (cosine - base) / _WIDEST))


def _evidence_of(
    sentence_query: SentenceQuery,
    entry: ScoredPassage,
    passage_similarity: float,
    similarities: Sequence[float],
) -> list[Evidence]:
    passage, language = entry.passage, entry.document.language
    own = [
        query_term for query_term in sentence_query.query.query_terms if not query_term.inherited
    ]
    is_current = _is_current(sentence_query.query, entry, sentence_query.outdated)
    whole = passage.context_terms.union(*(sentence.terms for sentence in passage.sentences))
    covered_around = coverage(sentence_query.query.query_terms, whole, language)
    return [
        Evidence(
            sentence=sentence,
            text=quoted(passage, sentence),
            passage=entry,
            terms=sentence.terms,
            heading_terms=passage.context_terms,
            signals=Signals(
                similarity=similarity,
                passage_similarity=passage_similarity,
                passage_score=entry.score,
                covered=coverage(own, sentence.terms, language),
                covered_around=covered_around,
                is_current=is_current,
            ),
        )
        for sentence, similarity in zip(passage.sentences, similarities, strict=True)
    ]


def _in_full(ranking: Sequence[ScoredPassage], index: IndexReader) -> list[ScoredPassage]:
    """Fetch the sentences of ranked passages, which a ranking does without."""
    passages = index.passages([entry.passage.passage_id for entry in ranking])
    return [
        replace(entry, passage=passage) for entry, passage in zip(ranking, passages, strict=True)
    ]


def _is_current(query: Query, entry: ScoredPassage, outdated: Mapping[str, str]) -> float:
    """1 for an edition asked for; where none is, or also the present one, 1 for all not replaced.

    A question that names several editions, or one of them and "now", compares: all may answer.
    """
    edition = entry.document.edition
    # what its site holds no more may be out of date as well: nobody there keeps it right
    is_newest = entry.document.document_id not in outdated and not entry.document.gone_since
    is_asked = is_of(edition, query.editions) if edition else None
    if is_asked is not None:
        return float(is_asked or (query.wants_newest and is_newest))
    if query.wants_former and not entry.document.gone_since:
        has_former = is_newest and entry.document.document_id in outdated.values()
        return float(query.wants_newest or not has_former)
    # a year that is named may be that of an edition, though it is not called so
    is_of_then = bool(edition) and year_of(edition) in years_asked(query)
    return float(is_newest or (is_of_then and not entry.document.gone_since))


def _base_similarities(
    ranking: Sequence[ScoredPassage], cosines: Sequence[float]
) -> dict[str, float]:
    """Give the lower end of the ranking's cosines, by language: against it a cosine tells."""
    by_language: dict[str, list[float]] = {}
    for entry, cosine in zip(ranking, cosines, strict=True):
        by_language.setdefault(entry.document.language, []).append(cosine)
    return {language: float(np.quantile(known, 0.1)) for language, known in by_language.items()}

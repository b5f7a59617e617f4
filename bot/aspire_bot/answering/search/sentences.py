"""Ranking → evidence: the sentences of the best passages, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.coverage import (
    SIGNAL_NAMES,
    Signals,
    coverage,
    is_fragment,
    quoted,
    sets_aside,
    strict_coverage,
    value_share,
    values,
)
from aspire_bot.answering.document_text import is_off_programme, searchable_text
from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.query import Need, Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.editions import known_as
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.remembered import Remembered

_PASSAGES_READ = 20
_DOCUMENTS_KEPT = 512


class EvidenceRanker:
    """Reads the first passages of a ranking sentence by sentence."""

    def __init__(self, model: LinearModel, programme: str = "") -> None:
        """Use these weights; what was read of documents is kept between questions."""
        self._model = model
        self._programme = programme.casefold()
        self._texts = Remembered[tuple[str, str], str](_DOCUMENTS_KEPT)

    def rank(
        self,
        query: Query,
        vector: NDArray[np.float32],
        ranking: Sequence[ScoredPassage],
        index: IndexReader,
        outdated: Mapping[str, str],
    ) -> tuple[Evidence, ...]:
        """Give the sentences of the best passages, best first."""
        if not ranking:
            return ()
        read = _in_full(ranking[:_PASSAGES_READ], index)
        ids = [entry.passage.passage_id for entry in ranking]
        cosines = dict(zip(ids, (index.vectors(ids) @ vector).tolist(), strict=True))
        levels = _levels(ranking, cosines)
        vectors = index.sentence_vectors([entry.passage.passage_id for entry in read])
        found: list[Evidence] = []
        for entry in read:
            level = levels[entry.document.language]
            base = level.background
            passage_id = entry.passage.passage_id
            text = self._text_of(entry.document.document_id, index)
            reading = _Reading(
                cosine=cosines[passage_id],
                level=level,
                document_text=text,
                is_off_programme=is_off_programme(query.needs, text, self._programme),
                is_current=_is_current(query, entry, outdated),
            )
            signals = _PassageSignals(query, entry, reading)
            similarities = (vectors[passage_id] @ vector - base).tolist()
            found += [signals.evidence(at, _scaled(s)) for at, s in enumerate(similarities)]
        return self._ordered(_with_recency(found) if query.wants_newest else found)

    def _ordered(self, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
        weights = np.array([self._model.weights.get(name, 0.0) for name in SIGNAL_NAMES])
        rows = np.array([values(evidence.signals) for evidence in found])
        scores: list[float] = (rows @ weights + self._model.bias).tolist() if found else []
        scored = [replace(one, score=score) for one, score in zip(found, scores, strict=True)]
        return tuple(sorted(scored, key=lambda evidence: -evidence.score))

    def _text_of(self, document_id: str, index: IndexReader) -> str:
        key = (index.manifest.index_version, document_id)
        found = self._texts.take(
            [key], lambda _: {key: searchable_text(index.document(document_id))}
        )
        return found[key]


def _in_full(ranking: Sequence[ScoredPassage], index: IndexReader) -> list[ScoredPassage]:
    """Fetch the sentences of ranked passages, which a ranking does without."""
    passages = index.passages([entry.passage.passage_id for entry in ranking])
    return [
        replace(entry, passage=passage) for entry, passage in zip(ranking, passages, strict=True)
    ]


class _PassageSignals:
    """The signals of a passage's sentences; what they share is worked out once."""

    def __init__(self, query: Query, entry: ScoredPassage, reading: "_Reading") -> None:
        self._query = query
        self._entry = entry
        self._above = entry.passage.context_terms
        self._language = entry.document.language
        self._own = [need for need in query.needs if not need.inherited]
        self._rest = [need for need in self._own if not self._is_met(need, self._above)]
        whole = self._above.union(*(sentence.terms for sentence in entry.passage.sentences))
        self._shared = Signals(
            similarity=0.0,
            cosine=(reading.cosine - 0.8) / 0.1,
            passage_gap=_scaled(reading.cosine - reading.level.nearest),
            passage_similarity=_scaled(reading.cosine - reading.level.background),
            passage_score=entry.score,
            covered_here=0.0,
            covered_rest=0.0,
            covered_above=0.0,
            covered_around=coverage(query.needs, whole, self._language),
            strict_covered=strict_coverage(
                query.needs, whole, reading.document_text, self._language
            ),
            holds_value=0.0,
            recency=0.0,
            is_off_programme=float(reading.is_off_programme),
            is_own_language=float(self._language == query.language),
            is_current=reading.is_current,
            is_set_aside=0.0,
            is_fragment=0.0,
        )

    def evidence(self, position: int, similarity: float) -> Evidence:
        """Give the sentence at a position with its signals; it is scored with all others."""
        passage = self._entry.passage
        sentence = passage.sentences[position]
        text, terms = quoted(passage, sentence), sentence.terms
        signals = replace(
            self._shared,
            similarity=similarity,
            covered_here=coverage(self._own, terms, self._language),
            covered_rest=coverage(self._rest, terms, self._language),
            covered_above=coverage(self._query.needs, terms | self._above, self._language),
            holds_value=value_share(self._query, text, terms),
            is_set_aside=float(sets_aside(self._query, terms)),
            is_fragment=float(is_fragment(text, self._language)),
        )
        return Evidence(
            sentence=sentence,
            text=text,
            passage=self._entry,
            terms=terms,
            above=self._above,
            signals=signals,
            score=0.0,
        )

    def _is_met(self, need: Need, terms: frozenset[str]) -> bool:
        return need.is_met(terms, self._language)


def _with_recency(found: Sequence[Evidence]) -> list[Evidence]:
    """Order by date what was read: by the newest date in a sentence, else by its document's."""
    dates = [_newest_date(evidence) for evidence in found]
    order = {date: rank for rank, date in enumerate(sorted({d for d in dates if d}))}
    most = max(1, len(order) - 1)
    return [
        replace(one, signals=replace(one.signals, recency=order[date] / most if date else 0.0))
        for one, date in zip(found, dates, strict=True)
    ]


def _newest_date(evidence: Evidence) -> str:
    """The newest date a sentence names, as far as it is given; its document's otherwise."""
    named = [term[2:] for term in evidence.terms if term.startswith(("d:1", "d:2"))]
    return max((n for n in named if len(n) >= 4 and n[:4].isdigit()), default="") or (
        evidence.passage.document.published or ""
    )


def _is_current(query: Query, entry: ScoredPassage, outdated: Mapping[str, str]) -> float:
    """1 for an edition asked for; where none is, or also the present one, 1 for all not replaced.

    A question that names several editions, or one of them and "now", compares: all may answer.
    """
    edition = entry.document.edition
    # what its site holds no more may be out of date as well: nobody there keeps it right
    is_newest = entry.document.document_id not in outdated and not entry.document.gone_since
    if query.editions and edition:
        is_asked = known_as(edition) in query.editions
        return float(is_asked or (query.wants_newest and is_newest))
    return float(is_newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """Against what a cosine of one language tells something."""

    background: float
    """The lower end of the ranking."""
    nearest: float
    """The mean of the ten nearest passages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What is known of a passage before its sentences are read."""

    cosine: float
    level: _Level
    document_text: str
    is_off_programme: bool
    is_current: float


def _levels(ranking: Sequence[ScoredPassage], cosines: Mapping[str, float]) -> dict[str, _Level]:
    by_language: dict[str, list[float]] = {}
    for entry in ranking:
        by_language.setdefault(entry.document.language, []).append(
            cosines[entry.passage.passage_id]
        )
    return {
        language: _Level(
            background=float(np.quantile(known, 0.1)),
            nearest=float(np.mean(sorted(known)[-10:])),
        )
        for language, known in by_language.items()
    }


def _scaled(difference: float) -> float:
    """Bring differences of e5 cosines, about -0.05 to 0.2, to about 0 to 1."""
    return min(1.5, max(-0.5, difference / 0.15))

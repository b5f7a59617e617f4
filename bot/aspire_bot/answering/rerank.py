"""Ranking → evidence: the sentences of the best passages, best first."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.calibration import LinearModel
from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.query import Query
from aspire_bot.answering.signals import (
    SIGNAL_NAMES,
    PassageTerms,
    Signals,
    coverage,
    is_fragment,
    passage_terms,
    quoted,
    sets_aside,
    value_share,
    values,
)
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.reader import IndexReader

_PASSAGES_READ = 14
_TERMS_KEPT = 4096


class EvidenceRanker:
    """Reads the first passages of a ranking sentence by sentence."""

    def __init__(self, model: LinearModel) -> None:
        """Use these weights; analysed passages are kept between questions."""
        self._model = model
        self._terms: OrderedDict[tuple[str, str], PassageTerms] = OrderedDict()
        self._lock = Lock()

    def rank(
        self,
        query: Query,
        vector: NDArray[np.float32],
        ranking: Sequence[ScoredPassage],
        index: IndexReader,
        outdated: Mapping[str, str],
    ) -> tuple[Evidence, ...]:
        """Give the sentences of the best passages, best first."""
        read = ranking[:_PASSAGES_READ]
        if not read:
            return ()
        ids = [entry.passage.passage_id for entry in ranking]
        cosines = dict(zip(ids, (index.vectors(ids) @ vector).tolist(), strict=True))
        background = _background(ranking, cosines)
        vectors = index.sentence_vectors([entry.passage.passage_id for entry in read])
        found: list[Evidence] = []
        for entry in read:
            base = background[entry.document.language]
            passage_id = entry.passage.passage_id
            terms = self._terms_of(entry, index.manifest.index_version)
            shared = _PassageSignals(query, entry, terms, cosines[passage_id] - base, outdated)
            for position, cosine in enumerate((vectors[passage_id] @ vector).tolist()):
                signals = shared.of_sentence(position, cosine - base)
                score = self._model.log_odds(SIGNAL_NAMES, values(signals))
                found.append(
                    Evidence(
                        sentence=entry.passage.sentences[position],
                        text=quoted(entry.passage, entry.passage.sentences[position]),
                        passage=entry,
                        terms=terms.sentences[position],
                        signals=signals,
                        score=score,
                    )
                )
        found.sort(key=lambda evidence: -evidence.score)
        return tuple(found)

    def _terms_of(self, entry: ScoredPassage, index_version: str) -> PassageTerms:
        key = (index_version, entry.passage.passage_id)
        with self._lock:
            known = self._terms.get(key)
            if known is not None:
                self._terms.move_to_end(key)
                return known
        made = passage_terms(entry.passage, entry.document)
        with self._lock:
            self._terms[key] = made
            if len(self._terms) > _TERMS_KEPT:
                self._terms.popitem(last=False)
        return made


class _PassageSignals:
    """The signals that all sentences of a passage share, worked out once."""

    def __init__(
        self,
        query: Query,
        entry: ScoredPassage,
        terms: PassageTerms,
        similarity: float,
        outdated: Mapping[str, str],
    ) -> None:
        self._query = query
        self._entry = entry
        self._terms = terms
        self._similarity = similarity
        language = entry.document.language
        self._around = coverage(query.needs, terms.whole, language)
        self._strict = coverage(query.needs, terms.whole, language, strict=True)
        self._is_current = _is_current(query, entry, outdated)

    def of_sentence(self, position: int, similarity: float) -> Signals:
        query, entry, language = self._query, self._entry, self._entry.document.language
        sentence = entry.passage.sentences[position]
        text = quoted(entry.passage, sentence)
        own = self._terms.sentences[position]
        return Signals(
            similarity=_scaled(similarity),
            passage_similarity=_scaled(self._similarity),
            passage_score=entry.score,
            covered_here=coverage(query.needs, own, language),
            covered_above=coverage(query.needs, own | self._terms.above, language),
            covered_around=self._around,
            strict_covered=self._strict,
            holds_value=value_share(query.expects, text, query.text),
            is_own_language=float(language == query.language),
            is_current=self._is_current,
            is_set_aside=float(sets_aside(query, own)),
            is_fragment=float(is_fragment(text, language)),
        )


def _is_current(query: Query, entry: ScoredPassage, outdated: Mapping[str, str]) -> float:
    """1 for the edition asked for; without one, 1 for all that no newer edition replaces."""
    edition = entry.document.edition
    if query.editions and edition:
        return float(edition in query.editions)
    return float(entry.document.document_id not in outdated)


def _background(
    ranking: Sequence[ScoredPassage], cosines: Mapping[str, float]
) -> dict[str, float]:
    """The level from which a cosine tells something, by language: the lower end of the ranking."""
    by_language: dict[str, list[float]] = {}
    for entry in ranking:
        by_language.setdefault(entry.document.language, []).append(
            cosines[entry.passage.passage_id]
        )
    return {language: float(np.quantile(known, 0.1)) for language, known in by_language.items()}


def _scaled(difference: float) -> float:
    """Bring differences of e5 cosines, about -0.05 to 0.2, to about 0 to 1."""
    return min(1.5, max(-0.5, difference / 0.15))

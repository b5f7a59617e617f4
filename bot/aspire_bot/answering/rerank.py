"""Ranking → evidence: the sentences of the best passages, best first."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.calibration import LinearModel
from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.facts import DocumentFacts, document_facts, is_off_programme
from aspire_bot.answering.query import Query
from aspire_bot.answering.signals import (
    SIGNAL_NAMES,
    PassageTerms,
    Signals,
    coverage,
    is_fragment,
    passage_terms,
    quoted,
    rest_coverage,
    sets_aside,
    strict_coverage,
    value_share,
    values,
)
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index.lexical.dates import find_dates
from aspire_ingest.index.reader import IndexReader

Value = TypeVar("Value")

_PASSAGES_READ = 20
_TERMS_KEPT = 4096
_DOCUMENTS_KEPT = 256


class EvidenceRanker:
    """Reads the first passages of a ranking sentence by sentence."""

    def __init__(self, model: LinearModel, programme: str = "") -> None:
        """Use these weights; what was read of passages and documents is kept between questions."""
        self._model = model
        self._programme = programme.casefold()
        self._terms = _Kept[PassageTerms](_TERMS_KEPT)
        self._facts = _Kept[DocumentFacts](_DOCUMENTS_KEPT)

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
            facts = self._facts_of(entry.document.document_id, index)
            terms = self._terms_of(entry, facts, index.manifest.index_version)
            shared = _PassageSignals(
                query, entry, terms, facts, cosines[passage_id] - base, outdated, self._programme
            )
            for position, cosine in enumerate((vectors[passage_id] @ vector).tolist()):
                signals = shared.of_sentence(position, cosine - base)
                score = self._model.log_odds(SIGNAL_NAMES, values(signals))
                found.append(
                    Evidence(
                        sentence=entry.passage.sentences[position],
                        text=quoted(entry.passage, entry.passage.sentences[position]),
                        passage=entry,
                        terms=terms.sentences[position],
                        above=terms.above,
                        signals=signals,
                        score=score,
                    )
                )
        found = _with_recency(found, self._model) if query.wants_newest else found
        found.sort(key=lambda evidence: -evidence.score)
        return tuple(found)

    def _terms_of(
        self, entry: ScoredPassage, facts: DocumentFacts, index_version: str
    ) -> PassageTerms:
        return self._terms.get(
            (index_version, entry.passage.passage_id),
            lambda: passage_terms(entry.passage, entry.document, facts.roles, facts.opening_dates),
        )

    def _facts_of(self, document_id: str, index: IndexReader) -> DocumentFacts:
        key = (index.manifest.index_version, document_id)
        return self._facts.get(key, lambda: document_facts(index.document(document_id)))


def _with_recency(found: Sequence[Evidence], model: LinearModel) -> list[Evidence]:
    """Order by date what was read: by the newest date in a sentence, else by its document's."""
    dates = [_newest_date(evidence) for evidence in found]
    order = {date: rank for rank, date in enumerate(sorted({d for d in dates if d}))}
    most = max(1, len(order) - 1)
    dated: list[Evidence] = []
    for evidence, date in zip(found, dates, strict=True):
        signals = replace(evidence.signals, recency=order[date] / most if date else 0.0)
        score = model.log_odds(SIGNAL_NAMES, values(signals))
        dated.append(replace(evidence, signals=signals, score=score))
    return dated


def _newest_date(evidence: Evidence) -> str:
    """ISO date of the newest day, month or year a sentence names; its document's otherwise."""
    named = [
        f"{m.year:04d}-{m.month or 0:02d}-{m.day or 0:02d}"
        for m in find_dates(evidence.text)
        if m.year
    ]
    return max(named, default=evidence.passage.document.published or "")


class _Kept(Generic[Value]):
    """A bounded memory of what was worked out, the least recently used forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[tuple[str, str], Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str], make: Callable[[], Value]) -> Value:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return made


class _PassageSignals:
    """The signals that all sentences of a passage share, worked out once."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a passage is judged by; made in one place
        self,
        query: Query,
        entry: ScoredPassage,
        terms: PassageTerms,
        facts: DocumentFacts,
        similarity: float,
        outdated: Mapping[str, str],
        programme: str,
    ) -> None:
        self._query = query
        self._own = [need for need in query.needs if not need.inherited]
        self._entry = entry
        self._terms = terms
        self._similarity = similarity
        language = entry.document.language
        self._around = coverage(query.needs, terms.whole, language)
        self._strict = strict_coverage(query.needs, terms.whole, facts.text, language)
        self._is_off = is_off_programme(query.needs, facts.text, programme)
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
            covered_here=coverage(self._own, own, language),
            covered_rest=rest_coverage(self._own, own, self._terms.above, language),
            covered_above=coverage(query.needs, own | self._terms.above, language),
            covered_around=self._around,
            strict_covered=self._strict,
            holds_value=value_share(query.expects, text, query.text),
            recency=0.0,
            is_off_programme=float(self._is_off),
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


def _background(ranking: Sequence[ScoredPassage], cosines: Mapping[str, float]) -> dict[str, float]:
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

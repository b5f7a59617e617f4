"""Query → ranked passages → ranked sentences → the sentences to say, of one index generation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.find import ApprovedAnswers, Found
from aspire_bot.answering.approved.sameness import PairJudge
from aspire_bot.answering.approved.say import put_first
from aspire_bot.answering.clock import Clock
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.ports import PassageReader, Reranker
from aspire_bot.answering.quotes.calibration import (
    Calibration,
    QuoteCalibration,
    chances,
    scored,
)
from aspire_bot.answering.quotes.choose import Selection, select
from aspire_bot.answering.quotes.corrections import with_corrections
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.injection_filter import tells_the_answerer
from aspire_bot.answering.quotes.notes import with_notes
from aspire_bot.answering.quotes.stand_ins import with_stand_ins
from aspire_bot.answering.reader.order import in_reading_order
from aspire_bot.answering.reader.read import read_evidence
from aspire_bot.answering.search.editions import replaced_by
from aspire_bot.answering.search.expansions import without_other_expansions
from aspire_bot.answering.search.retrieve import HybridRetriever, visible_to
from aspire_bot.answering.search.role_holders import without_duties
from aspire_bot.answering.search.rounds import is_of_another_round
from aspire_bot.answering.search.sentences import SentenceQuery, sentences_of
from aspire_bot.answering.search.years import is_of_other_years
from aspire_bot.answering.types import Certainty, ScoredPassage
from aspire_ingest.index import Audience, DocumentInfo
from aspire_ingest.index.reader import IndexReader

RANKING_DEPTH = 60
"""Passages ranked for each question: enough for ten distinct documents."""
_NAMED, _SIMILAR = 0.2, 0.1
"""Signals of a sentence (`Signals.covered_around`, `similarity`) that only what has nothing to do
with the documents fails both of: one of 100 development questions fails either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A query's vector, shape (dimension,), its ranking, and what staff approved for it."""

    query: Query
    vector: NDArray[np.float32]
    ranking: tuple[ScoredPassage, ...]
    approved: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the documents hold for a query.

    `confidence` is the probability (0 to 1) that they answer it, `sureness` that what is chosen
    does.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    selection: Selection
    confidence: float
    sureness: float

    @property
    def is_near(self) -> bool:
        """Whether anything found is near the question by words or vectors, whoever reads it."""
        return any(
            one.signals.covered_around >= _NAMED or one.signals.similarity >= _SIMILAR
            for one in self.evidence
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where answers begin, and where plain ones do (0 to 1).

    `answer_from` is a confidence that the documents answer, `sure_from` a probability that what
    is said does.
    """

    answer_from: float
    sure_from: float

    def certainty(self, sureness: float) -> Certainty:
        """Say how an answer is said that is right with this probability."""
        return "sure" if sureness >= self.sure_from else "hedged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How evidence is scored: by the model that reads, and what was learnt of its scores.

    Without `reader` nothing reads, and words and vectors choose alone. `reads_on` where the first
    passages answer: a language model is shown more than quotes need. Without `same_question` an
    approved answer is given to its own words only.
    """

    calibration: Calibration
    bands: Bands
    reader: PassageReader | None = None
    reads_on: bool = False
    same_question: PairJudge | None = None

    @property
    def learnt(self) -> QuoteCalibration:
        """What was learnt of answers made this way."""
        return self.calibration.read if self.reader is not None else self.calibration.unread


class Search:
    """The first half of answering; safe for several threads."""

    def __init__(
        self,
        *,
        retriever: HybridRetriever,
        scoring: Scoring,
        reranker: Reranker | None,
        clock: Clock,
    ) -> None:
        """Take the steps as they are; `clock` decides which approved answers still hold."""
        self.approved = ApprovedAnswers(scoring.same_question, clock)
        self._retriever = retriever
        self._scoring = scoring
        self._reranker = reranker
        self._outdated: dict[Audience, tuple[str, Mapping[str, str]]] = {}

    def rank(self, query: Query, index: IndexReader) -> Ranked:
        """Rank passages, what staff approved first."""
        vector = self._retriever.embed(query)
        ranking = self._retriever.retrieve(
            query, vector, index, k=RANKING_DEPTH, hidden=self.approved.kept_apart(index)
        )
        if self._reranker is not None:
            ranking = self._reranker.rerank(query, ranking)
        approved = self.approved.find(query, vector, index)
        if approved.answer is not None:
            passages = index.passages_of(approved.answer.document_id)
            ranking = put_first(approved.answer, passages, ranking)
        return Ranked(query=query, vector=vector, ranking=ranking, approved=approved)

    def read(self, ranked: Ranked, index: IndexReader) -> tuple[Evidence, ...]:
        """Give the sentences of the best passages, scored, the best first.

        Raises:
            EmbeddingError: the model that reads cannot be run.
            ReaderError: its weights are damaged.
        """
        return self._scored(ranked.query, self._sentences(ranked, index))

    def _sentences(self, ranked: Ranked, index: IndexReader) -> Sequence[Evidence]:
        """All sentences of the best passages in the order in which they are to be read."""
        query, scoring = ranked.query, self._scoring
        outdated = self.outdated_in(index, query.question.audience)
        sentence_query = SentenceQuery(query=query, vector=ranked.vector, outdated=outdated)
        by_signals = scoring.calibration.unread.sentence
        found = [
            scored(one, by_signals)
            for one in sentences_of(sentence_query, ranked.ranking, index)
            if not tells_the_answerer(one.text)
        ]
        found = without_duties(query, found)
        found.sort(key=lambda one: -one.score)
        if scoring.reader is None:
            return found
        return in_reading_order(found, scoring.calibration.order, query.language)

    def _scored(self, query: Query, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """What is read of them, the best first; without a reader all as they are."""
        scoring = self._scoring
        if scoring.reader is None:
            return tuple(found)
        return read_evidence(
            query, found, scoring.reader, scoring.calibration.read, reads_on=scoring.reads_on
        )

    def find(self, ranked: Ranked, index: IndexReader) -> Finding:
        """Choose what would be said, and say how sure it is."""
        query, learnt = ranked.query, self._scoring.learnt
        found = self._sentences(ranked, index)
        documents = self._visible_in(index, query.question.audience)
        evidence = without_other_expansions(query, self._scored(query, found), documents)
        answers, is_right = chances(
            evidence, learnt, language=query.language, is_follow_up=query.is_follow_up
        )
        chosen = select(query, evidence, learnt.rule)
        # what is said of the third call, or of 2023, is no sure answer to who asks for another
        is_other = bool(evidence) and (
            is_of_another_round(query, evidence[0]) or is_of_other_years(query, evidence[0])
        )
        return Finding(
            query=query,
            evidence=evidence,
            selection=with_corrections(with_notes(with_stand_ins(chosen, found), found), found),
            confidence=answers,
            sureness=0.0 if is_other else is_right,
        )

    def outdated_in(self, index: IndexReader, audience: Audience) -> Mapping[str, str]:
        """Which documents newer editions replace, of those an asker may see.

        Worked out once for each generation. What only staff may see outdates nothing for others.
        """
        version, known = self._outdated.get(audience, ("", {}))
        if version != index.manifest.index_version:
            known = replaced_by(self._visible_in(index, audience))
            self._outdated[audience] = (index.manifest.index_version, known)
        return known

    def _visible_in(self, index: IndexReader, audience: Audience) -> Iterator[DocumentInfo]:
        """Give the documents that an asker may see, approved answers left out.

        Those bear the address of their source, and are no edition of it.
        """
        apart, visible = self.approved.kept_apart(index), visible_to(audience)
        for name, info in index.documents().items():
            if name not in apart and info.audience in visible:
                yield info

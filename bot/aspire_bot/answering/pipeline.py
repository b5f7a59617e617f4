"""question → rewrite → retrieve → rerank → generate → verify → render, in one place."""

import logging
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.calibration import Calibration
from aspire_bot.answering.compose import compose, decline, nearest_documents
from aspire_bot.answering.confidence import confidence
from aspire_bot.answering.editions import replaced_by
from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.extract import select
from aspire_bot.answering.ports import Reranker
from aspire_bot.answering.query import Query
from aspire_bot.answering.rerank import EvidenceRanker
from aspire_bot.answering.retrieve import HybridRetriever
from aspire_bot.answering.rewrite import Rewriter
from aspire_bot.answering.types import Answer, Question, ScoredPassage, StepName
from aspire_bot.answering.verify import is_sound
from aspire_ingest.index.reader import IndexReader

logger = logging.getLogger(__name__)

RANKING_DEPTH = 60
"""Passages ranked for each question: enough for ten distinct documents."""


OnStep = Callable[[StepName], None]
"""Told of each step as it begins."""


@dataclass(slots=True)
class _Clock:
    """Step times of one answer, in milliseconds."""

    on_step: OnStep | None = None
    steps: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def step(self, name: StepName) -> Generator[None]:
        if self.on_step:
            self.on_step(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = round((time.perf_counter() - start) * 1000, 2)

    def timings(self) -> dict[str, float]:
        return {**self.steps, "total": round(sum(self.steps.values()), 2)}


class AnswerPipeline:
    """Answers questions from one index generation at a time; safe for several threads."""

    def __init__(
        self,
        *,
        rewriter: Rewriter,
        retriever: HybridRetriever,
        calibration: Calibration,
        programme: str = "",
        contact: str | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Take the steps as they are.

        `programme` is the name whose documents are preferred where a question names none;
        `contact` is named when the documents do not answer.
        """
        self._rewriter = rewriter
        self._retriever = retriever
        self._evidence = EvidenceRanker(calibration.evidence, programme)
        self._calibration = calibration
        self._contact = contact
        self._reranker = reranker
        self._outdated: tuple[str, Mapping[str, str]] = ("", {})

    def retrieve(self, question: Question, index: IndexReader) -> tuple[ScoredPassage, ...]:
        """Give the ranking alone."""
        return self._rank(self._rewriter.rewrite(question, index), index)[1]

    def evidence(
        self, question: Question, index: IndexReader
    ) -> tuple[Query, tuple[ScoredPassage, ...], tuple[Evidence, ...]]:
        """Give the query, the ranking and the ranked sentences: what an answer is made from."""
        query = self._rewriter.rewrite(question, index)
        vector, ranking = self._rank(query, index)
        outdated = self._outdated_in(index)
        return query, ranking, self._evidence.rank(query, vector, ranking, index, outdated)

    def answer(
        self, question: Question, index: IndexReader, on_step: OnStep | None = None
    ) -> Answer:
        """Answer from the documents, with citations, or say that they do not answer."""
        clock = _Clock(on_step)
        with clock.step("rewrite"):
            query = self._rewriter.rewrite(question, index)
        with clock.step("retrieve"):
            vector, ranking = self._rank(query, index)
        with clock.step("rerank"):
            outdated = self._outdated_in(index)
            evidence = self._evidence.rank(query, vector, ranking, index, outdated)
        with clock.step("generate"):
            selection = select(query, evidence)
            sure = confidence(query, selection.basis, self._calibration)
            dated = frozenset((*outdated, *outdated.values()))
            text, citations = compose(selection, query.answer_language, dated=dated)
        said = Answer(
            question=question,
            outcome="answered",
            text=text,
            language=query.answer_language,
            confidence=round(sure, 4),
            citations=citations,
            ranking=ranking,
            as_of=index.manifest.published_at,
            index_version=index.manifest.index_version,
        )
        with clock.step("verify"):
            is_answered = sure >= self._calibration.threshold and is_sound(said, index)
        if not is_answered:
            said = self._declined(said)
        logger.info(
            "answer outcome=%s confidence=%.2f timings_ms=%s", said.outcome, sure, clock.timings()
        )
        return replace(said, timings_ms=clock.timings())

    def _rank(
        self, query: Query, index: IndexReader
    ) -> tuple[NDArray[np.float32], tuple[ScoredPassage, ...]]:
        vector = self._retriever.embed(query)
        ranking = self._retriever.retrieve(query, vector, index, k=RANKING_DEPTH)
        if self._reranker is not None:
            ranking = self._reranker.rerank(query, ranking)
        return vector, ranking

    def _outdated_in(self, index: IndexReader) -> Mapping[str, str]:
        """Which documents newer editions replace; worked out once for each generation."""
        version, known = self._outdated
        if version != index.manifest.index_version:
            known = replaced_by(index.documents().values())
            self._outdated = (index.manifest.index_version, known)
        return known

    def _declined(self, said: Answer) -> Answer:
        nearest = nearest_documents(said.ranking)
        return replace(
            said,
            outcome="abstained",
            text=decline(nearest, said.language, self._contact),
            brief=decline((), said.language, self._contact),
            citations=(),
            nearest=nearest,
        )

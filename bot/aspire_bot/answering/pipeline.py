"""question → rewrite → retrieve → rerank → generate → verify → render, in one place."""

import logging
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved import approved_citation, put_first, say_approved
from aspire_bot.answering.approved_find import ApprovedAnswers, Found
from aspire_bot.answering.calibration import Calibration
from aspire_bot.answering.compose import compose, decline, nearest_documents
from aspire_bot.answering.confidence import confidence
from aspire_bot.answering.editions import replaced_by
from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.extract import select
from aspire_bot.answering.ports import OnPiece, Reranker, Spokesman
from aspire_bot.answering.query import Query
from aspire_bot.answering.rerank import EvidenceRanker
from aspire_bot.answering.retrieve import HybridRetriever
from aspire_bot.answering.rewrite import Rewriter
from aspire_bot.answering.types import Answer, Citation, Question, ScoredPassage, StepName
from aspire_bot.answering.verify import is_sound
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.reader import IndexReader

logger = logging.getLogger(__name__)

RANKING_DEPTH = 60
"""Passages ranked for each question: enough for ten distinct documents."""
_SURE_OF_APPROVED = 0.99
"""The confidence of an approved answer: no other question was taken for one when measured."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A query's vector, shape (dimension,), its ranking, and what staff approved for it."""

    vector: NDArray[np.float32]
    ranking: tuple[ScoredPassage, ...]
    approved: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composed:
    text: str
    citations: tuple[Citation, ...]
    confidence: float


def local_today() -> date:
    """Give the date here and now."""
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Whose questions are answered, and when.

    `programme` is the name whose documents are preferred where a question names none; `contact` is
    named when the documents do not answer; `today` decides which approved answers still hold.
    """

    programme: str = ""
    contact: str | None = None
    today: Callable[[], date] = local_today


_ANY = Circumstances()


class AnswerPipeline:
    """Answers questions from one index generation at a time; safe for several threads."""

    def __init__(
        self,
        *,
        rewriter: Rewriter,
        retriever: HybridRetriever,
        calibration: Calibration,
        reranker: Reranker | None = None,
        circumstances: Circumstances = _ANY,
        spokesman: Spokesman | None = None,
    ) -> None:
        """Take the steps as they are; `spokesman` says answers in a language model's words."""
        self._rewriter = rewriter
        self._retriever = retriever
        self._evidence = EvidenceRanker(calibration.evidence, circumstances.programme)
        self._calibration = calibration
        self._contact = circumstances.contact
        self._reranker = reranker
        self._spokesman = spokesman
        self._approved = ApprovedAnswers(rewriter.rewrite, retriever.embed, circumstances.today)
        self._outdated: tuple[str, Mapping[str, str]] = ("", {})

    def close(self) -> None:
        """Let go of a language model, where there is one."""
        if self._spokesman is not None:
            self._spokesman.close()

    def retrieve(self, question: Question, index: IndexReader) -> tuple[ScoredPassage, ...]:
        """Give the ranking alone."""
        return self._rank(self._rewriter.rewrite(question, index), index).ranking

    def ended_in(self, index: IndexReader) -> frozenset[str]:
        """Give the ids of documents that are as if they were not there: ended approvals."""
        return self._approved.ended(index)

    def evidence(
        self, question: Question, index: IndexReader
    ) -> tuple[Query, tuple[ScoredPassage, ...], tuple[Evidence, ...]]:
        """Give the query, the ranking and the ranked sentences: what an answer is made from."""
        query = self._rewriter.rewrite(question, index)
        ranked = self._rank(query, index)
        return query, ranked.ranking, self._read(query, ranked, index)

    def answer(
        self,
        question: Question,
        index: IndexReader,
        on_step: OnStep | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer from the documents, with citations, or say that they do not answer.

        `on_piece` is told of what a language model says, as soon as it is verified. Whether the
        documents answer at all is decided without a model.
        """
        clock = _Clock(on_step)
        with clock.step("rewrite"):
            query = self._rewriter.rewrite(question, index)
        with clock.step("retrieve"):
            ranked = self._rank(query, index)
        approved = ranked.approved.answer
        with clock.step("rerank"):
            evidence = () if approved else self._read(query, ranked, index)
        with clock.step("generate"):
            composed = (
                _say_approved(query, approved, index)
                if approved
                else self._compose(query, evidence, index)
            )
            said = self._quoted(query, composed, ranked, index)
            is_sure = composed.confidence >= self._calibration.threshold
            if self._spokesman and is_sure and not approved:
                said = self._spokesman.speak(said, query, evidence, index, on_piece)
        with clock.step("verify"):
            if not is_sure or said.outcome == "abstained" or not is_sound(said, index):
                said = self._declined(said, ranked.approved.related)
        logger.info(
            "answer outcome=%s confidence=%.2f timings_ms=%s",
            said.outcome,
            said.confidence,
            clock.timings(),
        )
        return replace(said, timings_ms=clock.timings())

    def _quoted(
        self, query: Query, composed: _Composed, ranked: _Ranked, index: IndexReader
    ) -> Answer:
        return Answer(
            question=query.question,
            outcome="answered",
            text=composed.text,
            language=query.answer_language,
            confidence=round(composed.confidence, 4),
            citations=composed.citations,
            ranking=ranked.ranking,
            as_of=index.manifest.published_at,
            index_version=index.manifest.index_version,
        )

    def _rank(self, query: Query, index: IndexReader) -> _Ranked:
        vector = self._retriever.embed(query)
        ranking = self._retriever.retrieve(
            query, vector, index, k=RANKING_DEPTH, hidden=self._approved.kept_apart(index)
        )
        if self._reranker is not None:
            ranking = self._reranker.rerank(query, ranking)
        approved = self._approved.find(query, vector, index)
        if approved.answer is not None:
            passages = index.passages_of(approved.answer.document_id)
            ranking = put_first(approved.answer, passages, ranking)
        return _Ranked(vector=vector, ranking=ranking, approved=approved)

    def _read(self, query: Query, ranked: _Ranked, index: IndexReader) -> tuple[Evidence, ...]:
        outdated = self._outdated_in(index)
        return self._evidence.rank(query, ranked.vector, ranked.ranking, index, outdated)

    def _compose(
        self, query: Query, evidence: tuple[Evidence, ...], index: IndexReader
    ) -> _Composed:
        selection = select(query, evidence)
        outdated = self._outdated_in(index)
        dated = frozenset((*outdated, *outdated.values()))
        text, citations = compose(selection, query.answer_language, dated=dated)
        sure = confidence(query, selection.basis, self._calibration)
        return _Composed(text=text, citations=citations, confidence=sure)

    def _outdated_in(self, index: IndexReader) -> Mapping[str, str]:
        """Which documents newer editions replace; worked out once for each generation."""
        version, known = self._outdated
        if version != index.manifest.index_version:
            # an approved answer bears the address of its source, and is no edition of it
            apart = self._approved.kept_apart(index)
            documents = index.documents().items()
            known = replaced_by(info for name, info in documents if name not in apart)
            self._outdated = (index.manifest.index_version, known)
        return known

    def _declined(self, said: Answer, related: tuple[DocumentInfo, ...]) -> Answer:
        nearest = nearest_documents(said.ranking, related[:1])
        return replace(
            said,
            outcome="abstained",
            text=decline(nearest, said.language, self._contact),
            brief=decline((), said.language, self._contact),
            citations=(),
            nearest=nearest,
        )


def _say_approved(query: Query, info: DocumentInfo, index: IndexReader) -> _Composed:
    """Say an approved answer in its own words."""
    passages = index.passages_of(info.document_id)
    citation = approved_citation(index.document(info.document_id), passages)
    if citation is None:
        return _Composed(text="", citations=(), confidence=0.0)
    text = say_approved(citation, query.answer_language)
    return _Composed(text=text, citations=(citation,), confidence=_SURE_OF_APPROVED)

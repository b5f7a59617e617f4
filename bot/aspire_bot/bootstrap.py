"""The composition root of `aspire-bot`: real objects out of settings."""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from aspire_bot.answering.approved.same_question.judge import SameQuestion
from aspire_bot.answering.circumstances import Circumstances
from aspire_bot.answering.clock import Clock, utc_now
from aspire_bot.answering.limits import MemoryLedger, TokenLedger
from aspire_bot.answering.message.message import LazyMessageModel, Message
from aspire_bot.answering.message.query.glossary import Glossary, load_glossary
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.message.query.vocabulary import shipped_vocabulary
from aspire_bot.answering.message.understand import Understanding
from aspire_bot.answering.pipeline import AnswerPipeline
from aspire_bot.answering.ports import (
    ModelWatch,
    OnPiece,
    QueryEmbedder,
    SessionFactory,
)
from aspire_bot.answering.quotes.calibration import QuoteCalibration, shipped_calibration
from aspire_bot.answering.reader.read import LazyReader
from aspire_bot.answering.search.retrieve import HybridRetriever
from aspire_bot.answering.search.search import Bands, Scoring
from aspire_bot.answering.step_times import OnStep
from aspire_bot.answering.types import Answer, Question, ScoredPassage
from aspire_bot.llm.judge import build_second_opinion
from aspire_bot.llm.language_model import build_chat_model
from aspire_bot.models_ahead import can_read
from aspire_bot.settings import Settings
from aspire_bot.suggestions.verdicts import answering_key, kept_suggestions, suggestions_file
from aspire_ingest.index import AspireError, Audience, DocumentInfo, IndexManifest
from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.embedding.weights import is_installed
from aspire_ingest.index.open_index import CurrentIndex
from aspire_ingest.index.reader import IndexReader, VectorBackend
from aspire_ingest.index.telemetry.start import Telemetry, open_telemetry
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing
from aspire_ingest.index.text.analysis import analyze

logger = logging.getLogger(__name__)

if TYPE_CHECKING:
    from aspire_bot.answering.checking import SecondOpinion, Verifier
    from aspire_bot.llm.reranker import HttpReranker


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUpkeep:
    """What a process that stays has for its language model: a lasting count, and metrics."""

    ledger: TokenLedger | None = None
    watch: ModelWatch | None = None
    is_standing: bool = False
    """Whether the process stays: what takes time to load is loaded before the first question."""
    tracing: Tracing | None = None
    """What the process traces its work with; without it, answers are traced as settings say."""


_ALONE = ModelUpkeep()


_REHEARSED = ("What was decidedd at the first meeting?", "最初の会議で何が決まりましたか")
"""One question a language; a slip of the keyboard has the words read that mend it."""


class Assistant:
    """Answers from whatever generation of the index is the newest."""

    def __init__(self, pipeline: AnswerPipeline, index: CurrentIndex, embedder: Embedder) -> None:
        """Put the core and the index together; `embedder` is the one that questions go through."""
        self.pipeline = pipeline
        self.embedder = embedder
        self._index = index

    def answer(
        self,
        question: Question,
        on_step: OnStep | None = None,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Answer a question, or say that the documents do not; `on_step` is told of each step.

        Raises:
            AspireError: the index cannot be opened, the model cannot be run.
        """
        with self._index.reader() as reader:
            return self.pipeline.answer(question, reader, on_step, on_piece)

    def answer_in_quotes(self, question: Question) -> Answer:
        """Answer as `answer` does, but without a language model; raises as it does."""
        with self._index.reader() as reader:
            return self.pipeline.in_quotes().answer(question, reader)

    def read(self, question: Question) -> Message:
        """Say what a message does, and what it asks; raises `EmbeddingError`."""
        return self.pipeline.read(question)

    def retrieve(self, question: Question) -> tuple[ScoredPassage, ...]:
        """Give the ranking alone; raises as `answer` does."""
        with self._index.reader() as reader:
            return self.pipeline.retrieve(question, reader)

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Give the documents for an audience, newest first."""
        with self._index.reader() as reader:
            hidden = self.pipeline.ended_in(reader)
            found = [
                d
                for d in reader.documents().values()
                if audience in {d.audience, "staff"} and d.document_id not in hidden
            ]
        return sorted(found, key=lambda d: (d.published or "", d.title), reverse=True)

    @contextmanager
    def reader(self) -> Generator[IndexReader]:
        """Give the newest generation, open until the block ends."""
        with self._index.reader() as reader:
            yield reader

    def manifest(self) -> IndexManifest:
        """Say which generation answers now."""
        with self._index.reader() as reader:
            return reader.manifest

    def rehearse(self) -> None:
        """Load what the first question would wait for: the index, the embedder, the word lists.

        Raises:
            AspireError: the index cannot be opened, the model cannot be run.
        """
        with self._index.reader() as reader:
            for text in _REHEARSED:
                self.pipeline.evidence(Question(text=text), reader)

    def close(self) -> None:
        """Let go of the index and of the language model."""
        self.pipeline.close()
        self._index.close()


def build_pipeline(
    settings: Settings,
    embedder: QueryEmbedder,
    *,
    now: Callable[[], datetime] = utc_now,
    upkeep: ModelUpkeep = _ALONE,
    suggestions: Path | None = None,
) -> AnswerPipeline:
    """Put the steps of answering together; `now` is when a question is asked that does not say.

    `suggestions` is the file of what the index is known to answer, where it is not the usual one.
    """
    suggestions = suggestions or suggestions_file(settings.home)
    glossary = load_glossary(settings.home / "glossary.yaml", analyze)
    scoring = build_scoring(settings)
    return AnswerPipeline(
        session_factory=build_session_factory(settings, glossary, embedder, scoring.bands, upkeep),
        understanding=Understanding(
            Rewriter(glossary, Spelling(), shipped_vocabulary(analyze)),
            LazyMessageModel(settings.cache) if is_installed() else None,
        ),
        retriever=HybridRetriever(embedder),
        scoring=replace(scoring, same_question=build_same_question(settings)),
        reranker=build_reranker(settings),
        circumstances=Circumstances(
            programme=settings.programme_name,
            contact=settings.contact,
            clock=Clock(timezone=settings.timezone, now=now),
            suggestions=kept_suggestions(suggestions, answering_key(settings)),
        ),
        tracing=upkeep.tracing or NO_TRACING,
    )


def telemetry_of(settings: Settings) -> AbstractContextManager[Telemetry]:
    """Give what a process exports spans and metrics with, open until its block ends.

    Raises:
        ConfigError: it was switched on and cannot be had.
    """
    return open_telemetry("aspire-bot", settings.otel)


def build_same_question(settings: Settings) -> SameQuestion | None:
    """Give what compares questions with approved ones, which loads nothing yet.

    It needs the package that carries multilingual-e5-small, whatever embeds the documents; without
    it an approved answer is given to its own words only.

    Raises:
        ConfigError: the staff's glossary cannot be read.
    """
    if not is_installed():
        return None
    glossary = load_glossary(settings.home / "glossary.yaml", analyze)
    return SameQuestion(settings.cache, glossary)


def build_scoring(settings: Settings) -> Scoring:
    """Give the model that reads, which loads nothing yet, and what was learnt of its scores.

    It reads what multilingual-e5-small says of a text, and so needs the package that carries it.
    With another embedder nothing reads: words and vectors choose, and no answer is sure.
    """
    learnt = shipped_calibration()
    if not can_read(settings):
        bands = replace(_bands(settings, learnt.unread), sure_from=inf)
        return Scoring(calibration=learnt, bands=bands)
    return Scoring(
        calibration=learnt,
        bands=_bands(settings, learnt.read),
        reader=LazyReader(settings.cache),
        reads_on=settings.llm != "none",
    )


def _bands(settings: Settings, learnt: QuoteCalibration) -> Bands:
    """Give where answers begin, and plain ones: the settings' own, else what was learnt."""
    return Bands(
        answer_from=learnt.answer_from if settings.answer_from is None else settings.answer_from,
        sure_from=learnt.sure_from if settings.sure_from is None else settings.sure_from,
    )


def build_session_factory(
    settings: Settings,
    glossary: Glossary,
    embedder: QueryEmbedder,
    bands: Bands,
    upkeep: "ModelUpkeep",
) -> SessionFactory | None:
    """Give who says answers in a language model's words; None where the settings name no model.

    Raises:
        ConfigError: the model, the judge or a prompt cannot be used as it is set.
    """
    ledger = upkeep.ledger or MemoryLedger()  # one for the model and its judge
    model = build_chat_model(
        settings, ledger=ledger, watch=upkeep.watch, is_prepared=upkeep.is_standing
    )
    if model is None:
        return None
    # Here, not above: who asks without a model need not wait for what verifies one.
    from aspire_bot.answering.writing.prompt_files import load_prompts  # noqa: PLC0415  as said
    from aspire_bot.answering.writing.session import ModelSessionFactory  # noqa: PLC0415  as said
    from aspire_bot.answering.writing.writer import Limits, Writer  # noqa: PLC0415  as said

    limits = Limits(timeout_s=settings.llm_timeout_s, max_tokens=settings.llm_max_tokens)
    prompts = load_prompts(settings.prompts_dir)
    judge = build_second_opinion(settings, prompts, ledger=ledger, watch=upkeep.watch)
    writer = Writer(model, prompts, build_verifier(settings, glossary, embedder, judge))
    return ModelSessionFactory(writer, prompts, bands, limits, settings.llm_staff_documents)


def build_verifier(
    settings: Settings,
    glossary: Glossary,
    embedder: QueryEmbedder,
    second_opinion: "SecondOpinion | None" = None,
) -> "Verifier":
    """Give what holds a model's statements against passages; the model that reads loads later.

    Where the reader cannot run, or is switched off, words and vectors decide alone.
    """
    from aspire_bot.answering.checking import Verifier  # noqa: PLC0415  as above
    from aspire_bot.answering.checking.support_lazy import LazySupportModel  # noqa: PLC0415
    from aspire_bot.answering.checking.support_rule import shipped_rules  # noqa: PLC0415

    return Verifier(
        glossary,
        embedder,
        support=LazySupportModel(settings.cache) if can_read(settings) else None,
        rule=shipped_rules()[settings.strictness],
        second_opinion=second_opinion,
    )


def build_reranker(settings: Settings) -> "HttpReranker | None":
    """Give the reranker that the settings name, which it asks nothing yet; None where none."""
    if settings.reranker == "none" or settings.reranker_url is None:
        return None
    # Here, not above: most do without, and its HTTP client takes time to import.
    from aspire_bot.llm.reranker import HttpReranker  # noqa: PLC0415

    key = settings.reranker_api_key
    return HttpReranker(
        settings.reranker_url,
        model=settings.reranker_model,
        api_key=key.get_secret_value() if key else None,
        sees_staff=settings.reranker_sees_staff,
    )


@contextmanager
def open_assistant(
    settings: Settings,
    *,
    vectors: VectorBackend = "exact",
    now: Callable[[], datetime] = utc_now,
    upkeep: ModelUpkeep = _ALONE,
    suggestions: Path | None = None,
) -> Generator[Assistant]:
    """Give an assistant that is closed at the end.

    `vectors` is `exact` for one question or a batch, `chroma` for a process that stays; `now`,
    `upkeep` and `suggestions` are as in `build_pipeline`.
    """
    embedder = configured_embedder(settings)
    index = CurrentIndex(settings.index_home, embedder_name=embedder.name, vectors=vectors)
    with ExitStack() as closing:
        if upkeep.tracing is None:
            telemetry = closing.enter_context(telemetry_of(settings))
            upkeep = replace(upkeep, tracing=telemetry.tracing)
        pipeline = build_pipeline(
            settings, embedder, now=now, upkeep=upkeep, suggestions=suggestions
        )
        assistant = Assistant(pipeline, index, embedder)
        closing.callback(assistant.close)
        yield assistant


@contextmanager
def open_standing_assistant(
    settings: Settings, upkeep: ModelUpkeep, *, suggestions: Path | None = None
) -> Generator[Assistant]:
    """Give an assistant for a process that stays; it makes itself ready while the caller goes on.

    What it cannot load is left to the first question, which says why. `suggestions` is as in
    `build_pipeline`.
    """
    with open_assistant(
        settings,
        vectors="chroma",
        upkeep=replace(upkeep, is_standing=True),
        suggestions=suggestions,
    ) as assistant:
        rehearsal = Thread(target=_rehearse, args=(assistant,), name="rehearsal")
        rehearsal.start()
        try:
            yield assistant
        finally:
            rehearsal.join()  # a library half imported cannot be stopped


def _rehearse(assistant: Assistant) -> None:
    try:
        assistant.rehearse()
    except AspireError as error:
        logger.info("not ready yet: %s", error)

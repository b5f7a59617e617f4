"""What the core needs from outside, as small protocols stated where they are used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.chat import ChatMessage, ChatStream
from aspire_bot.answering.limits import BreakerState, Deadline
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.types import Answer, Citation, Question, RewriteReply, ScoredPassage
from aspire_bot.errors import FailureKind
from aspire_ingest.index.reader import IndexReader


class QueryEmbedder(Protocol):
    """The half of an embedder that answering needs."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the unit vector of a query, shape (dimension,).

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        ...


class Reranker(Protocol):
    """An optional second stage that orders the first passages anew."""

    def rerank(self, query: Query, ranking: tuple[ScoredPassage, ...]) -> tuple[ScoredPassage, ...]:
        """Give the same passages in a better order, scores and ranks made anew."""
        ...


class PassageReader(Protocol):
    """The model that reads."""

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        """Give a reading for each passage, in their order.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        ...


class ChatModel(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """The setting that chose it, for example `openai-like/qwen2.5`."""
        ...

    @property
    def is_outside(self) -> bool:
        """Whether what it is asked leaves this machine and its private network."""
        ...

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        """Give the reply as it comes, of at most `max_tokens`, until the deadline.

        Iterating over it raises GenerationError where the model fails; what came before it stays.
        """
        ...

    def close(self) -> None:
        """Let go of connections; nothing is asked any more."""
        ...


class ModelWatch(Protocol):
    """Who is told how the language model fares, for metrics."""

    def model_used(self, prompt_tokens: int, completion_tokens: int) -> None:
        """Tokens were used."""
        ...

    def model_failed(self, kind: FailureKind) -> None:
        """A question to the model failed."""
        ...

    def model_breaker(self, state: BreakerState) -> None:
        """The model is left alone, tried again, or asked as usual."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one verified statement adds to an answer: `text` follows what was said, as it is.

    `citations` are those that it is the first to need.
    """

    text: str
    citations: tuple[Citation, ...] = ()


OnPiece = Callable[[Piece], None]
"""Told of each piece of an answer as soon as it has passed."""


class WritingSession(Protocol):
    """A language model's part in one answer, with one deadline and one allowance of tokens."""

    def reword(self, question: Question) -> RewriteReply:
        """Word a question so that it stands by itself; nothing where the model fails."""
        ...

    def write(
        self,
        quoted: Answer,
        query: Query,
        rankings: Sequence[Sequence[Evidence]],
        index: IndexReader,
        on_piece: OnPiece | None = None,
    ) -> Answer:
        """Give the answer in other words, or what stands in where no words hold, with a trace.

        `quoted` is the answer in quotes; its outcome is `abstained` where these are not sure
        enough to be said. `rankings` are the sentences found for the question, and for each part
        of it, best first. `on_piece` is told of each statement as soon as it is verified, the
        first with the hedge before it: what was told stays. What is given is answered (sure or
        hedged, its text without the hedge), abstained, or asks back.
        """
        ...


class SessionFactory(Protocol):
    """Who says answers in words of its own."""

    def begin(self) -> WritingSession:
        """Begin an answer: its time runs from now."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...

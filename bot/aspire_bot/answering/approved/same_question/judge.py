"""Comparing two questions by their meaning: reading each once, judging by trained weights."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aspire_bot.answering.approved.same_question.facts import QuestionFacts
from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.query.glossary import Glossary
from aspire_ingest.index.lru import LruCache

if TYPE_CHECKING:
    from aspire_bot.answering.approved.same_question.model import PairModel, ReadQuestion

_MOST_QUESTIONS = 2_000
"""Questions of which what was read is kept: some 20 KB each."""
_MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPair:
    """The log-odds, by reading alone, that two questions ask the same, and the facts of each."""

    log_odds: float
    one: QuestionFacts
    other: QuestionFacts


class SameQuestion:
    """Says whether two questions ask the same; safe for several threads, loads at first use."""

    def __init__(self, cache_dir: Path, glossary: Glossary) -> None:
        """Keep the model's graphs under `cache_dir`; `glossary` knows concepts."""
        self._cache_dir = cache_dir
        self._glossary = glossary
        self._known = LruCache[str, "ReadQuestion"](_MOST_QUESTIONS)

    def log_odds(self, approved: str, asked: str) -> tuple[float, Levels]:
        """Give the log-odds that both ask the same, and what they are worth.

        Raises:
            EmbeddingError: the model cannot be loaded or run.
            ReaderError: the weights are damaged.
        """
        model = self._model()
        return model.log_odds(self._read(model, approved), self._read(model, asked))

    def read_pair(self, one: str, other: str) -> ReadPair:
        """Give what reading makes of two questions, and the facts of each.

        Raises:
            EmbeddingError: the model cannot be loaded or run.
            ReaderError: the weights are damaged.
        """
        model = self._model()
        first, second = self._read(model, one), self._read(model, other)
        read = model.together(first, second)
        return ReadPair(log_odds=read, one=first.facts, other=second.facts)

    def _model(self) -> "PairModel":
        # Here, not above: onnxruntime must not be loaded where nothing is approved.
        from aspire_bot.answering.approved.same_question.model import (  # noqa: PLC0415
            load_pair_model,
        )

        return load_pair_model(self._cache_dir)

    def _read(self, model: "PairModel", text: str) -> "ReadQuestion":
        text = " ".join(text[:_MOST_CHARACTERS].split()) or "?"
        return self._known.take([text], lambda _: {text: model.read(text, self._glossary)})[text]

"""Comparing two questions by their meaning: reading each once, judging by trained weights."""

from pathlib import Path
from typing import TYPE_CHECKING

from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.glossary import Glossary
from aspire_ingest.index.lru import LruCache

if TYPE_CHECKING:
    from aspire_bot.answering.approved.same_question.model import PairModel, ReadQuestion

_MOST_QUESTIONS = 2_000
"""Questions of which what was read is kept: some 20 KB each."""
_MOST_CHARACTERS = 2_000


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
        # Here, not above: onnxruntime must not be loaded where nothing is approved.
        from aspire_bot.answering.approved.same_question.model import (  # noqa: PLC0415
            load_pair_model,
        )

        model = load_pair_model(self._cache_dir)
        return model.log_odds(self._read(model, approved), self._read(model, asked))

    def _read(self, model: "PairModel", text: str) -> "ReadQuestion":
        text = " ".join(text[:_MOST_CHARACTERS].split()) or "?"
        return self._known.take([text], lambda _: {text: model.read(text, self._glossary)})[text]

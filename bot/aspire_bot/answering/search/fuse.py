"""Cosines and word scores of several languages → scores that can stand in one ranking. Pure.

Within a language the two rankings are fused by their min-max scores, which makes the best of each
language comparable. That needs a lowest score that is not also the best: a language with few
passages is measured by the other languages too, and by no words at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

_MANY = 10
"""From so many candidates on, the lowest one is what passages in general score."""
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionWeights:
    """The share of the vectors (0 to 1) in the fused score."""

    same_language: float = 0.5
    other_language: float = 0.8
    other_language_discount: float = 0.92
    """What a score of another language counts beside one of the asker's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What one language offers: passage ids, cosines, BM25 scores (0 where no word matched)."""

    language: str
    passage_ids: tuple[str, ...]
    cosines: Scores
    words: Scores


def fuse(found: Sequence[Candidates], language: str, weights: FusionWeights) -> list[Scores]:
    """Give the scores of each language's candidates; `language` is the asker's own."""
    offered = [one for one in found if one.passage_ids]
    lowest = min((float(one.cosines.min()) for one in offered), default=0.0)
    highest = max((float(one.cosines.max()) for one in offered), default=0.0)
    scores: list[Scores] = []
    for one in found:
        is_own = one.language == language
        share = weights.same_language if is_own else weights.other_language
        near = _nearness(one.cosines, lowest, highest)
        fused = share * near + (1 - share) * _wording(one.words, near)
        scores.append(fused if is_own else fused * weights.other_language_discount)
    return scores


def _nearness(cosines: Scores, lowest: float, highest: float) -> Scores:
    """0 to 1. Of few cosines the best is half the best of its language, half what it is beside all.

    Halves, because cosines of two languages say little beside each other: a question is nearer to
    passages of its own language. `lowest` and `highest` are those of all languages.
    """
    if cosines.size == 0:
        return cosines
    beside_all = _between(cosines, lowest, highest)
    beside_own_best = _between(cosines, lowest, float(cosines.max()))
    return _where_few(cosines, (beside_all + beside_own_best) / 2)


def _wording(words: Scores, near: Scores) -> Scores:
    """0 to 1: 0 where no word matched, 1 for the best of the language.

    Where none matched in the whole language, and it has few passages, that is half an accident.
    """
    if words.size == 0 or words.max() <= 0:
        return (1 - _share_of_own(words)) * near / 2
    return _where_few(words, words / words.max())


def _where_few(values: Scores, measured: Scores) -> Scores:
    """Mix min-max scores with others: the fewer the values, the less the lowest of them says."""
    low, high = float(values.min()), float(values.max())
    if high - low < _EQUAL:
        return measured
    share = _share_of_own(values)
    return share * _between(values, low, high) + (1 - share) * measured


def _share_of_own(values: Scores) -> float:
    """How far a language can be measured by itself, 0 to 1: little by three passages."""
    return min(1.0, max(0, values.size - 1) / (_MANY - 1)) ** 2


def _between(values: Scores, low: float, high: float) -> Scores:
    """Place values between two others; all at the top where these are the same."""
    if high - low < _EQUAL:
        return np.ones_like(values)
    return (values - low) / (high - low)

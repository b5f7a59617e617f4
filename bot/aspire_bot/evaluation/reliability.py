"""How far the confidence of answers can be relied on: AUROC, calibration error, risk. Pure.

Questions are counted by their confidence, so that those of equal confidence are treated alike
whatever their order in the file: where a cut falls among them, each counts by the same share.
Counts have shape (draws, levels): one row for the questions as they are, or a row for each time
that they are resampled. Answerable and unanswerable questions are resampled apart, because their
mix is the choice of whoever wrote the set.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aspire_bot.evaluation.figures import RESAMPLES, Figure, with_interval

COVERAGES = (60, 80)
"""Per cent of the questions, the most confident first, whose risk is given."""
_BINS = 10
_DRAWS_AT_ONCE = 100
"""A bound on memory: some ten arrays of this many rows, a column for each level of confidence."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confident:
    """The confidence (0 to 1) of one answer, and what is known of its question."""

    confidence: float
    is_answerable: bool
    is_wrong: bool | None = None
    """Whether it fails to be right and cited; None where the set does not say what is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Questions of neighbouring confidence: `n` of them, from `low` to `high`."""

    low: float
    high: float
    confidence: float
    """Their mean confidence, 0 to 1; with perfect calibration it equals `answerable`."""
    answerable: float
    """The share of them that is answerable."""
    n: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Counts:
    """Questions by confidence: `levels` (levels,) ascending, the others (draws, levels)."""

    levels: Array
    answerable: Array
    unanswerable: Array
    wrong: Array
    """Of both kinds, those that are wrong."""

    @property
    def both(self) -> Array:
        return self.answerable + self.unanswerable


def confidence_figures(answers: Sequence[Confident]) -> dict[str, Figure]:
    """Give AUROC, ECE and the risks, as far as these answers allow them.

    AUROC needs both kinds of questions. Risks are of the answers of which it is known whether they
    are wrong, as all to unanswerable questions are; without an answerable one among them a risk
    would be 1 by definition and is left out.
    """
    figures: dict[str, Figure] = {}
    kinds = {one.is_answerable for one in answers}
    if len(kinds) == 2:
        figures["AUROC"] = _figure(answers, _auroc)
    if kinds:
        figures["ECE"] = _figure(answers, _calibration_error)
    judged = [one for one in answers if one.is_wrong is not None or not one.is_answerable]
    if any(one.is_answerable for one in judged):
        for percent in COVERAGES:
            figures[f"risk_at_{percent}"] = _figure(judged, _risk_at(percent))
    return figures


def reliability_bins(answers: Sequence[Confident]) -> list[ReliabilityBin]:
    """Give ten bins of as many questions each, the least confident first; fewer for few."""
    if not answers:
        return []
    counts = _counted(answers)
    share = _share(counts.answerable, counts.both)[0]
    found: list[ReliabilityBin] = []
    for inside in _bins(counts.both):
        weights = inside[0]
        held = counts.levels[weights > 0]
        found.append(
            ReliabilityBin(
                low=float(held.min()),
                high=float(held.max()),
                confidence=float(np.average(counts.levels, weights=weights)),
                answerable=float(np.average(share, weights=weights)),
                n=round(float(weights.sum())),
            )
        )
    return found


def _auroc(counts: _Counts) -> Array:
    below = np.cumsum(counts.unanswerable, axis=1) - counts.unanswerable
    above_by = counts.answerable * (below + counts.unanswerable / 2)
    pairs = counts.answerable.sum(axis=1) * counts.unanswerable.sum(axis=1)
    return above_by.sum(axis=1) / pairs


def _calibration_error(counts: _Counts) -> Array:
    """The mean distance of confidence and share of answerable over bins of equal mass."""
    distance = counts.levels - _share(counts.answerable, counts.both)
    apart = [np.abs((inside * distance).sum(axis=1)) for inside in _bins(counts.both)]
    return np.sum(apart, axis=0) / counts.both.sum(axis=1)


def _risk_at(percent: int) -> Callable[[_Counts], Array]:
    """The share of wrong among the most confident questions, rounded up to whole ones."""

    def risk(counts: _Counts) -> Array:
        number = _number(counts.both)
        wanted = -(-number * percent // 100)
        more_confident = number - np.cumsum(counts.both, axis=1)
        taken = np.clip(wanted - more_confident, 0, counts.both)
        return (taken * _share(counts.wrong, counts.both)).sum(axis=1) / wanted

    return risk


def _bins(counts: Array) -> Iterator[Array]:
    """How many of the questions of each level fall into each bin of equal mass."""
    number = _number(counts)
    edges = np.linspace(0, number, min(_BINS, number) + 1).round()
    last = np.cumsum(counts, axis=1)
    first = last - counts
    for low, high in pairwise(edges.tolist()):
        yield np.clip(np.minimum(last, high) - np.maximum(first, low), 0, None)


def _number(counts: Array) -> int:
    """The number of questions, which is the same in every draw."""
    return round(float(counts[0].sum()))


def _share(some: Array, of_all: Array) -> Array:
    return some / np.maximum(of_all, 1)


def _figure(answers: Sequence[Confident], statistic: Callable[[_Counts], Array]) -> Figure:
    value = float(statistic(_counted(answers))[0])
    generator = np.random.default_rng(0)
    resampled = [
        statistic(_resampled(answers, generator)) for _ in range(RESAMPLES // _DRAWS_AT_ONCE)
    ]
    return with_interval(value, len(answers), np.concatenate(resampled))


def _counted(answers: Sequence[Confident]) -> _Counts:
    return _by_level(answers, lambda cells: cells[np.newaxis, :])


def _resampled(answers: Sequence[Confident], generator: np.random.Generator) -> _Counts:
    """Draw as many answerable and unanswerable questions again, with replacement."""

    def drawn(cells: Array) -> Array:
        number = _number(cells[np.newaxis, :])
        chances = cells / max(number, 1)
        return generator.multinomial(number, chances, size=_DRAWS_AT_ONCE).astype(np.float64)

    return _by_level(answers, drawn)


def _by_level(answers: Sequence[Confident], drawn: Callable[[Array], Array]) -> _Counts:
    """Count the answers by confidence, after `drawn` made (draws, cells) of each kind's cells.

    Cells are the right answers of each level, then the wrong ones of each.
    """
    levels, level = np.unique([one.confidence for one in answers], return_inverse=True)
    is_answerable = np.array([one.is_answerable for one in answers])
    is_wrong = np.array([bool(one.is_wrong) for one in answers]) | ~is_answerable
    cell = level + len(levels) * is_wrong
    kinds: list[tuple[Array, Array]] = []
    for chosen in (cell[is_answerable], cell[~is_answerable]):
        made = drawn(np.bincount(chosen, minlength=2 * len(levels)).astype(np.float64))
        kinds.append((made[:, : len(levels)], made[:, len(levels) :]))
    (right, wrong), (_, unanswerable) = kinds
    return _Counts(
        levels=levels,
        answerable=right + wrong,
        unanswerable=unanswerable,
        wrong=wrong + unanswerable,
    )

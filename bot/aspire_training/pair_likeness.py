"""Learn how alike two questions are that were read together, for clusters of questions.

    python -m aspire_training.pair_likeness DATA WORK

Logistic weights over the cosine in `question_space`, the rules' counts and the layers that judge
approved answers, learnt of the development half of `own/same-question.jsonl` mixed with unrelated
questions. All figures are of pairs that neither the projection nor the weights have seen: of four
folds, those of two folds are judged by what the other two (or three) taught. Writes
`WORK/pair_likeness.npz`; vectors and what was read are kept in WORK.
"""

import argparse
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.approved.same_question.judge import SameQuestion
from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.office.clusters import linked
from aspire_bot.office.pair_likeness import (
    MOST_SPREAD,
    NEAREST,
    PairWeights,
    pair_features,
)
from aspire_bot.settings import read_settings
from aspire_ingest.index.text.analysis import analyze
from aspire_training.paired_questions import Mixture, answered_questions, mixture
from aspire_training.question_space import COMPONENTS, RIDGE, embed, fit_space

_UNRELATED = 500
_FOLDS = 4
_LEAST = np.arange(0.4, 0.9, 0.025)
_NEAR, _TOLD, _READ = 1.0, 0.1, 1.0
"""How freely weights of the cosine, of the rules and of reading are learnt: their scales."""
_CELL = 3
"""Features of the cosine and of two languages, which come first."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs to learn from, by the places of their questions; `is_near`: the product reads them."""

    places: NDArray[np.intp]
    told: Floats
    """Features but the cosine's, which hang on the projection; (pairs, features)."""
    is_same: NDArray[np.bool_]
    is_judged: NDArray[np.bool_]
    is_near: NDArray[np.bool_]
    cells: tuple[tuple[int, int], ...]
    """The two folds of each, the lower first."""


def main() -> None:
    """Learn, say what it is worth, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    given = parser.parse_args()
    mixed = mixture(given.data, "development", _UNRELATED)
    cosines = _folded_cosines(given.data, given.work, mixed)
    pairs = _read(mixed, cosines, given.work)
    print(f"{len(pairs.places)} pairs, {int(pairs.is_same.sum())} of them the same")
    _say("cosines alone", mixed, cosines, {})
    log_odds, rows = np.zeros(len(pairs.places)), _rows(pairs, cosines).astype(np.float32)
    for cell in set(pairs.cells):
        own = np.array([one == cell for one in pairs.cells])
        apart = np.array([not set(one) & set(cell) for one in pairs.cells])
        learnt = _learn(pairs, cosines, apart & pairs.is_judged)
        log_odds[own] = [learnt.log_odds(row) for row in rows[own]]
    slope, offset = _worth(mixed, cosines)
    likeness = (log_odds - offset) / slope
    read = {
        (int(one), int(other)): float(alike)
        for (one, other), alike, near in zip(pairs.places, likeness, pairs.is_near, strict=True)
        if near
    }
    least = _say("with pairs read", mixed, cosines, read)
    learnt = _learn(pairs, cosines, pairs.is_judged)
    np.savez_compressed(
        given.work / "pair_likeness.npz",
        mean=learnt.mean.astype(np.float32),
        deviation=learnt.deviation.astype(np.float32),
        weights=learnt.weights.astype(np.float32),
        numbers=np.array([learnt.bias, slope, offset, least]),
    )


def _folds(mixed: Mixture) -> NDArray[np.intp]:
    """Give each question a fold; all that are joined by judged pairs have the same."""
    count = len(mixed.questions) - _UNRELATED
    parts = np.arange(len(mixed.questions))
    for one, other in np.argwhere(mixed.judged[:count, :count]).tolist():
        low, high = sorted((int(parts[one]), int(parts[other])))
        parts[parts == high] = low
    names = np.unique(parts)
    order = np.random.default_rng(3).permutation(len(names)) % _FOLDS
    return order[np.searchsorted(names, parts)]


def _folded_cosines(data: Path, work: Path, mixed: Mixture) -> NDArray[np.float32]:
    """Give the cosine of each pair in a space that neither question has taught."""
    answered = list(answered_questions(data, "development"))
    vectors = embed(mixed.questions, work / "paired.npy")
    everything = np.concatenate([vectors, embed(answered, work / "answered.npy")])
    asked = [one.language for one in mixed.questions]
    languages = [*asked, *(one.language for one in answered)]
    groups = np.array([*mixed.groups.tolist(), *(hash(one.answered_by) for one in answered)])
    folds = _folds(mixed)
    found = np.zeros((len(asked), len(asked)), np.float32)
    for cell in combinations_with_replacement(range(_FOLDS), 2):
        learnt = np.array([*(int(f) not in cell for f in folds), *(True for _ in answered)])
        space = fit_space(everything, languages, groups, learnt, RIDGE, COMPONENTS)
        placed = space.project(vectors, tuple(asked))
        for mine, theirs in {cell, cell[::-1]}:
            rows, columns = np.flatnonzero(folds == mine), np.flatnonzero(folds == theirs)
            found[np.ix_(rows, columns)] = placed[rows] @ placed[columns].T
    return found


def _read(mixed: Mixture, cosines: NDArray[np.float32], work: Path) -> Pairs:
    """Read what the product would read, and all that are the same or were judged beside it."""
    near = set(_nearest(cosines))
    same = np.triu(mixed.groups[:, None] == mixed.groups[None], 1)
    judged = np.zeros_like(mixed.judged)
    count = len(mixed.questions) - _UNRELATED
    judged[:count, :count] = np.triu(mixed.judged[:count, :count], 1)
    places = sorted(near | set(map(tuple, np.argwhere(same | judged).tolist())))
    kept = work / "read-pairs.npz"
    folds = _folds(mixed)
    if not kept.exists():
        settings = read_settings()
        reader = SameQuestion(settings.cache, load_glossary(None, analyze))
        texts = [one.text for one in mixed.questions]
        rows = [pair_features(reader.read_pair(texts[a], texts[b]), 0.0) for a, b in places]
        np.savez(kept, places=np.array(places), told=np.array(rows, np.float32))
    read = np.load(kept)
    where = np.array(places)
    if not np.array_equal(read["places"], where):
        raise SystemExit(f"{kept} is of other pairs: remove it")
    return Pairs(
        places=where,
        told=read["told"].astype(np.float64),
        is_same=same[where[:, 0], where[:, 1]],
        is_judged=mixed.judged[where[:, 0], where[:, 1]],
        is_near=np.array([place in near for place in places]),
        cells=tuple(
            (min(folds[a], folds[b]).item(), max(folds[a], folds[b]).item()) for a, b in places
        ),
    )


def _nearest(cosines: NDArray[np.float32]) -> list[tuple[int, int]]:
    """As `pairs_to_read` where all are new, of cosines: each pair has a space of its own."""
    apart = cosines.copy()
    np.fill_diagonal(apart, -np.inf)
    order = np.argsort(-apart, axis=1)[:, :NEAREST]
    return [(min(a, b), max(a, b)) for a, row in enumerate(order.tolist()) for b in row]


def _rows(pairs: Pairs, cosines: NDArray[np.float32]) -> Floats:
    """All features of each pair."""
    rows = pairs.told.copy()
    cosine = cosines[pairs.places[:, 0], pairs.places[:, 1]]
    rows[:, 0], rows[:, 1] = cosine, cosine**2
    return rows


def _learn(pairs: Pairs, cosines: NDArray[np.float32], learnt: NDArray[np.bool_]) -> PairWeights:
    """Weigh the features of some pairs."""
    rows = _rows(pairs, cosines)[learnt]
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    size = rows.shape[1]
    scales = np.full(size, _TOLD)
    scales[:_CELL], scales[-1] = _NEAR, _READ
    spread = np.clip((rows - mean) / deviation, -MOST_SPREAD, MOST_SPREAD) * scales
    weights, bias = _logistic(spread, pairs.is_same[learnt])
    return PairWeights(
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        weights=(weights * scales).astype(np.float32),
        bias=bias,
        slope=1.0,
        offset=0.0,
        least=0.0,
    )


def _worth(mixed: Mixture, cosines: NDArray[np.float32]) -> tuple[float, float]:
    """What log-odds a cosine alone is worth, over all judged pairs: slope and offset."""
    upper = np.triu(mixed.judged, 1)
    same = (mixed.groups[:, None] == mixed.groups[None])[upper]
    weights, bias = _logistic(cosines[upper].astype(np.float64)[:, None], same)
    return float(weights[0]), bias


def _logistic(rows: Floats, wanted: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Logistic regression with a ridge of one, by Newton's steps."""
    with_one = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    ridge = np.eye(with_one.shape[1])
    ridge[-1, -1] = 1e-6
    weights = np.zeros(with_one.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(with_one @ weights, -30, 30)))
        slope = with_one.T @ (chance - wanted) + ridge @ weights
        bend = (with_one * (chance * (1 - chance) + 1e-9)[:, None]).T @ with_one + ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return weights[:-1], float(weights[-1])


def _say(
    name: str,
    mixed: Mixture,
    cosines: NDArray[np.float32],
    read: dict[tuple[int, int], float],
) -> float:
    """Print the best F1 with precision and recall, and give from which likeness on it is so."""
    best = max(_LEAST, key=lambda least: mixed.f1(_grouped(cosines, read, float(least)))[0])
    f1, precision, recall = mixed.f1(_grouped(cosines, read, float(best)))
    print(f"{name}: F1={f1:.3f} precision={precision:.3f} recall={recall:.3f} from {best:.3f}")
    return float(best)


def _grouped(
    cosines: NDArray[np.float32], read: dict[tuple[int, int], float], least: float
) -> NDArray[np.intp]:
    """As `clusters.group`, of cosines: each pair has a space of its own."""
    likeness = cosines.copy()
    for (one, other), alike in read.items():
        likeness[one, other] = likeness[other, one] = alike
    return linked(likeness, least)


if __name__ == "__main__":
    main()

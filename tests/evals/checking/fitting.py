"""Learn the calibrated decision of coverage from what the other rules let pass."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.evals.checking.judging import Judged

import aspire_bot.answering.checking
from aspire_bot.answering.checking.coverage import FEATURES

TARGET = Path(aspire_bot.answering.checking.__path__[0]) / "calibration.json"
_SIGNS = {"unknown": -1, "missing": -1, "longest_gap": -1, "replaced": -1, "strangeness": -1}
_MOST_TRUTHS_LOST = {"same": 0.06, "cross": 0.1}
"""The share of true statements that the threshold may cost, of those that reach it."""
_PENALTY = 0.004
_WHOLE = ("covered", "worst_clause", "closeness")
"""What is 1 of a statement of which the sources say every word."""

Matrix = NDArray[np.float64]


def fit(judged: Sequence[Judged]) -> None:
    """Write the calibration learnt from development cases beside the code."""
    data = {pair: _fit_pair(pair, judged) for pair in ("same", "cross")}
    TARGET.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _fit_pair(pair: str, judged: Sequence[Judged]) -> Mapping[str, float]:
    rows = [one for one in judged if one.case.pair == pair and _reaches(one)]
    features = np.array([astuple(one.decision.coverage) for one in rows if one.decision.coverage])
    labels = np.array([float(_is_true(one)) for one in rows])
    weights = np.where(labels == 1, 0.5 / labels.sum(), 0.5 / max(1.0, (1 - labels).sum()))
    beta = _logistic(features, labels, weights)
    odds = np.hstack([features, np.ones((len(features), 1))]) @ beta
    chances = 1 / (1 + np.exp(-odds))
    threshold = float(np.quantile(chances[labels == 1], _MOST_TRUTHS_LOST[pair]))
    whole = np.array([float(name in _WHOLE) for name in FEATURES] + [1.0])
    threshold = min(threshold, float(1 / (1 + np.exp(-whole @ beta))))  # all said is enough
    lies = chances[labels == 0]
    print(
        f"{pair}: {int(labels.sum())} truths, {len(lies)} lies reach the decision, "
        f"{float((lies >= threshold).mean()) if len(lies) else 0:.1%} of these would pass"
    )
    named = dict(zip((*FEATURES, "bias"), (round(float(b), 4) for b in beta), strict=True))
    return {**named, "threshold": round(threshold - 0.005, 4)}


def _reaches(one: Judged) -> bool:
    """Whether nothing but coverage was in question."""
    reasons = set(one.decision.reasons) - {"no_marker", "no_support", "coverage"}
    return one.decision.coverage is not None and not reasons


def _is_true(one: Judged) -> bool:
    return one.case.made.is_true or one.case.made.kind in ("wrong marker", "missing marker")


def _logistic(features: Matrix, labels: Matrix, weights: Matrix) -> Matrix:
    """Projected gradient descent on the penalised weighted log loss, signs fixed in advance."""
    x = np.hstack([features, np.ones((len(features), 1))])
    signs = np.array([_SIGNS.get(name, 1) for name in FEATURES] + [0])
    ridge = np.array([_PENALTY / len(FEATURES)] * len(FEATURES) + [0.0])
    beta = np.zeros(x.shape[1])
    for step in range(20_000):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        beta -= 2.0 / (1 + step / 10_000) * (x.T @ (weights * (chance - labels)) + ridge * beta)
        beta = np.where(beta * signs < 0, 0.0, beta)
    return beta

"""Learn the calibrated decision of coverage from what the other rules let pass."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tests.evals.checking.judging import Judged

import aspire_bot.answering.checking
from aspire_bot.answering.checking.coverage import FEATURES

TARGET = Path(aspire_bot.answering.checking.__path__[0]) / "calibration.json"
_SIGNS = {
    "unknown": -1, "missing": -1, "longest_gap": -1, "replaced": -1, "strangeness": -1, "unsaid": -1,
}  # fmt: skip
_MOST_TRUTHS_LOST = {"same": 0.06, "cross": 0.1}
"""The share of true statements that the threshold may cost, of those that reach it."""
_MOST_LIES_IN_WORDS = {
    "strict": {"same": 0.15, "cross": 0.2},
    "balanced": {"same": 0.3, "cross": 0.35},
}
"""With the model that reads: the share of lies that may pass it, of those that reach it."""
_PENALTY = 0.004
_WHOLE = ("covered", "worst_clause", "closeness")
"""What is 1 of a statement of which the sources say every word."""
_READ = ("support", "unsaid")

Matrix = NDArray[np.float64]


def fit(judged: Sequence[Judged], part: Literal["words", "read"]) -> None:
    """Write one part of the calibration, learnt from development cases, beside the code."""
    data = json.loads(TARGET.read_text(encoding="utf-8"))
    data[part] = {pair: _fit_pair(pair, judged, part) for pair in ("same", "cross")}
    TARGET.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _fit_pair(pair: str, judged: Sequence[Judged], part: str) -> Mapping[str, float]:
    rows = [one for one in judged if one.case.pair == pair and _reaches(one)]
    names = [name for name in FEATURES if part == "read" or name not in _READ]
    features = np.array(
        [
            [getattr(one.decision.coverage, name) for name in names]
            for one in rows
            if one.decision.coverage
        ]
    )
    labels = np.array([float(_is_true(one)) for one in rows])
    weights = np.where(labels == 1, 0.5 / labels.sum(), 0.5 / max(1.0, (1 - labels).sum()))
    beta = _logistic(names, features, labels, weights)
    odds = np.hstack([features, np.ones((len(features), 1))]) @ beta
    chances = 1 / (1 + np.exp(-odds))
    named = dict(zip((*names, "bias"), (round(float(b), 4) for b in beta), strict=True))
    true, lies = chances[labels == 1], chances[labels == 0]
    if part == "words":
        threshold = float(np.quantile(true, _MOST_TRUTHS_LOST[pair]))
        whole = np.array([float(name in _WHOLE) for name in names] + [1.0])
        all_said = float(1 / (1 + np.exp(-whole @ beta)))
        thresholds = {"threshold": min(threshold, all_said)}  # all said is enough
    else:
        thresholds = {
            name: float(np.quantile(lies, 1 - most[pair]))
            for name, most in _MOST_LIES_IN_WORDS.items()
        }
    for name, least in thresholds.items():
        print(
            f"{pair}, {name}: of {len(true)} truths that reach the decision "
            f"{(true < least).mean():.1%} are lost, of {len(lies)} lies "
            f"{(lies >= least).mean():.1%} pass"
        )
    return {**named, **{name: round(least - 0.005, 4) for name, least in thresholds.items()}}


def _reaches(one: Judged) -> bool:
    """Whether nothing but coverage was in question."""
    reasons = set(one.decision.reasons) - {"no_marker", "no_support", "coverage"}
    return one.decision.coverage is not None and not reasons


def _is_true(one: Judged) -> bool:
    return one.case.made.is_true or one.case.made.kind in ("wrong marker", "missing marker")


def _logistic(names: Sequence[str], features: Matrix, labels: Matrix, weights: Matrix) -> Matrix:
    """Projected gradient descent on the penalised weighted log loss, signs fixed in advance."""
    x = np.hstack([features, np.ones((len(features), 1))])
    signs = np.array([_SIGNS.get(name, 1) for name in names] + [0])
    ridge = np.array([_PENALTY / len(names)] * len(names) + [0.0])
    beta = np.zeros(x.shape[1])
    for step in range(20_000):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        beta -= 2.0 / (1 + step / 10_000) * (x.T @ (weights * (chance - labels)) + ridge * beta)
        beta = np.where(beta * signs < 0, 0.0, beta)
    return beta

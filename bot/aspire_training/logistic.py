"""Logistic regression for a few features, and how well probabilities hold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.linear import LinearModel

Matrix = NDArray[np.float64]


def fit(rows: Matrix, labels: Matrix, names: Sequence[str], penalty: float = 1.0) -> LinearModel:
    """Fit a logistic regression by Newton's method, with a quadratic penalty on the weights."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    weights = np.zeros(scaled.shape[1])
    ridge = np.diag([penalty] * len(names) + [1e-6])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - labels) + ridge @ weights
        bend = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    real = weights[:-1] / spread
    return LinearModel(
        weights={name: float(value) for name, value in zip(names, real, strict=True)},
        bias=float(weights[-1] - real @ mean),
    )


def probabilities(model: LinearModel, names: Sequence[str], rows: Matrix) -> Matrix:
    """Give the probability (0 to 1) of each row."""
    weights = np.array([model.weights.get(name, 0.0) for name in names])
    return 1 / (1 + np.exp(-(rows @ weights + model.bias)))


def area(scores: Matrix, truth: Matrix) -> float:
    """Give the area under the ROC curve: how often a true one is above a false one."""
    above = np.subtract.outer(scores[truth == 1], scores[truth == 0])
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def calibration_error(chance: Matrix, truth: Matrix) -> float:
    """Give the expected calibration error over ten bins of as many questions each."""
    bins = np.array_split(np.argsort(chance), 10)
    return float(sum(len(b) * abs(chance[b].mean() - truth[b].mean()) for b in bins) / len(chance))

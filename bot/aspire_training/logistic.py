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


def fit_choice(
    rows: Sequence[Matrix], labels: Sequence[Matrix], names: Sequence[str], penalty: float = 1.0
) -> LinearModel:
    """Fit which row of each group is a right one: softmax over the group, any right one counts.

    Newton's method on standardised features, with a quadratic penalty on the weights. Groups
    without a right row are left out. The scores order rows of one group and mean nothing beyond.
    """
    both = [(some, right == 1) for some, right in zip(rows, labels, strict=True) if right.any()]
    whole = np.concatenate([some for some, _ in both])
    mean, spread = whole.mean(0), whole.std(0) + 1e-9
    scaled = [((some - mean) / spread, right) for some, right in both]
    weights = np.zeros(len(names))
    for _ in range(50):
        slope, bend = -penalty * weights, penalty * np.eye(len(names))
        for some, right in scaled:
            scores = some @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            among = np.where(right, np.exp(scores - scores[right].max()), 0.0)
            among /= among.sum()
            middle = chance @ some
            slope += among @ some - middle
            bend += (some * chance[:, None]).T @ some - np.outer(middle, middle)
        step = np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)  # a long one would never return
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    real = weights / spread
    return LinearModel(
        weights={name: float(value) for name, value in zip(names, real, strict=True)}
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

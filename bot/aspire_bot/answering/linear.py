"""Logistic models: a few learned weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """A logistic model: weights by signal name, and a bias."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def log_odds(self, names: Sequence[str], row: Sequence[float]) -> float:
        """Give the weighted sum of a row whose columns are `names`; unknown names weigh nothing."""
        pairs = zip(names, row, strict=True)
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in pairs)


def probability(log_odds: float) -> float:
    """Give the probability (0 to 1) of log-odds."""
    if log_odds < 0:
        return exp(log_odds) / (1.0 + exp(log_odds))
    return 1.0 / (1.0 + exp(-log_odds))

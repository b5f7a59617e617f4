"""The learned numbers: how much each signal speaks, and how sure that makes us.

`calibration.json` beside this file is written by `tests/evals/calibrate.py`; nothing in it is set
by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The models in force: which sentence answers, and whether the documents answer at all."""

    evidence: LinearModel
    answerable: LinearModel
    threshold: float
    """The confidence (0 to 1) from which on a question is answered."""


def probability(log_odds: float) -> float:
    """Give the probability (0 to 1) of log-odds."""
    if log_odds < 0:
        return exp(log_odds) / (1.0 + exp(log_odds))
    return 1.0 / (1.0 + exp(-log_odds))


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Read the calibration that is shipped with the package."""
    text = (resources.files("aspire_bot.answering") / "calibration.json").read_text("utf-8")
    return calibration_from(json.loads(text))


def calibration_from(data: Mapping[str, Mapping[str, float]]) -> Calibration:
    """Read a calibration out of its JSON form; the bias stands among the weights as `bias`."""
    return Calibration(
        evidence=_model(data["evidence"]),
        answerable=_model(data["answerable"]),
        threshold=data["decision"]["threshold"],
    )


def _model(weights: Mapping[str, float]) -> LinearModel:
    return LinearModel(
        weights={name: value for name, value in weights.items() if name != "bias"},
        bias=weights.get("bias", 0.0),
    )

"""Means of measured values with bootstrap intervals. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
"""How often the questions are drawn again, with replacement, for an interval."""
_BOUNDS = (0.025, 0.975)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value over `n` questions (or sentences, …) with its 95 % bootstrap interval."""

    value: float
    n: int
    low: float
    high: float


def figure(values: Sequence[float], *, seed: int = 0) -> Figure:
    """Give the mean of measured values and the interval that resampling the questions gives."""
    data = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(data), size=(RESAMPLES, len(data)))
    return with_interval(float(data.mean()), len(data), data[draws].mean(axis=1))


def with_interval(value: float, n: int, resampled: NDArray[np.float64]) -> Figure:
    """Give a value with the interval that holds 95 % of its resampled values, shape (draws,)."""
    low, high = np.quantile(resampled, _BOUNDS)
    return Figure(value=value, n=n, low=float(low), high=float(high))

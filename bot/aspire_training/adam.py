"""Descent by Adam over a slope that is known exactly: the same slopes give the same weights."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[Any]
"""Of any shape, float32 or float64."""


def descended(
    weights: Weights, slope_of: Callable[[Weights], Weights], *, rounds: int, rate: float
) -> Weights:
    """Go down `rounds` times from `weights`, in steps that begin at `rate` and end near 0."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        slope = slope_of(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        shrunk = rate * (1 - step / (rounds + 1))
        moved = shrunk * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = weights - moved
    return weights

"""Times as numbers with intervals."""

from collections.abc import Sequence

import numpy as np
from tests.evals.bench.results import Measured

_RESAMPLES = 1000


def median_of(times: Sequence[float]) -> Measured:
    """Give the median and its 95 % bootstrap interval."""
    return quantile_of(times, 0.5)


def quantile_of(times: Sequence[float], share: float) -> Measured:
    """Give a quantile and its 95 % bootstrap interval."""
    data = np.asarray(times, dtype=np.float64)
    draws = np.random.default_rng(0).integers(0, len(data), size=(_RESAMPLES, len(data)))
    low, high = np.quantile(np.quantile(data[draws], share, axis=1), (0.025, 0.975))
    return Measured(
        value=float(np.quantile(data, share)), n=len(data), low=float(low), high=float(high)
    )


def ratio_of(numerators: Sequence[float], denominators: Sequence[float]) -> Measured:
    """Give the ratio of the medians of runs taken in turns; the interval resamples the turns."""
    above, below = np.asarray(numerators), np.asarray(denominators)
    turns = np.random.default_rng(0).integers(0, len(above), size=(_RESAMPLES, len(above)))
    ratios = np.median(above[turns], axis=1) / np.median(below[turns], axis=1)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return Measured(
        value=float(np.median(above) / np.median(below)),
        n=len(above),
        low=float(low),
        high=float(high),
    )

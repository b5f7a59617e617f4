"""From the hidden states of tokens to vectors of length one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def mean_vector(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the mean of (tokens, hidden), of length one: the vector of the whole."""
    mean = states.mean(axis=0, dtype=np.float64)
    return (mean / np.linalg.norm(mean)).astype(np.float32)


def span_vectors(
    states: NDArray[np.float32],
    bounds: tuple[NDArray[np.int64], NDArray[np.int64]],
    spans: Sequence[tuple[int, int]],
    fallback: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Give one vector for each span: the mean of the tokens that overlap it (late chunking).

    Args:
        states: hidden states of the tokens, (tokens, hidden).
        bounds: where each token starts and ends; both (tokens,), neither ever going down.
        spans: pairs (start, end) on the same scale.
        fallback: the vector of a span without a token of its own, such as one of spaces.
    """
    starts, ends = bounds
    vectors = np.empty((len(spans), len(fallback)), np.float32)
    for row, (start, end) in enumerate(spans):
        first = int(np.searchsorted(ends, start, "right"))
        last = int(np.searchsorted(starts, end, "left"))
        vectors[row] = mean_vector(states[first:last]) if first < last else fallback
    return vectors

"""From the hidden states of tokens to vectors of length one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def mean_vector(states: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the mean of (tokens, hidden), of length one: the vector of the whole."""
    mean = states.mean(axis=0, dtype=np.float64)
    return (mean / np.linalg.norm(mean)).astype(np.float32)


def spans_to_tokens(
    starts: NDArray[np.int64], ends: NDArray[np.int64], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Give for each span the first token that overlaps it and the one after the last.

    Args:
        starts: where each token starts, never going down; (tokens,).
        ends: where each token ends, never going down; (tokens,).
        spans: pairs (start, end) on the same scale.
    """
    firsts = np.searchsorted(ends, [start for start, _ in spans], "right").tolist()
    lasts = np.searchsorted(starts, [end for _, end in spans], "left").tolist()
    return list(zip(firsts, lasts, strict=True))


def range_vectors(
    states: NDArray[np.float32],
    ranges: Sequence[tuple[int, int]],
    fallback: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Give the mean of each range of the states (tokens, hidden), of length one: (ranges, hidden).

    A range without tokens, such as that of a span of spaces, gets the `fallback` (hidden,).
    """
    vectors = np.empty((len(ranges), len(fallback)), np.float32)
    for row, (first, last) in enumerate(ranges):
        vectors[row] = mean_vector(states[first:last]) if first < last else fallback
    return vectors

"""The rows of a matrix that are nearest to a vector. NumPy alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import cast

import numpy as np
from numpy.typing import NDArray

_ROWS_ALONE = 8192
"""Rows that are scored in one thread: two gain a millisecond there at most."""


def nearest_rows(scores: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    """The `k` rows with the greatest scores, shape (rows,), best first; ties in row order."""
    k = min(k, len(scores))
    if k <= 0:
        return []
    lowest = np.partition(scores, len(scores) - k)[len(scores) - k]
    above = np.flatnonzero(scores > lowest)
    best = np.concatenate([above, np.flatnonzero(scores == lowest)[: k - len(above)]])
    best = best[np.lexsort((best, -scores[best]))]
    return list(zip(best.tolist(), scores[best].tolist(), strict=True))


def dot_products(matrix: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The dot product of each row of (rows, dimension) with a vector; shape (rows,)."""
    # Row by row, in this thread: `matrix @ vector` wakes a BLAS thread for each core, and they go
    # on spinning while the rest of the answer wants the cores (p50 of an answer 3.5 times longer
    # on a busy machine, nothing gained on an idle one).
    return cast("NDArray[np.float32]", np.vecdot(matrix, vector))


class RowScorer:
    """Scores a large matrix in two threads: the asking one and, where it is idle, one helper.

    One core reads memory at about half of what the machine can, and reading the matrix is all that
    takes time. Safe for threads.
    """

    def __init__(self) -> None:
        """Start nothing: the helper begins with the first large matrix."""
        self._helper = ThreadPoolExecutor(1, thread_name_prefix="score")
        self._busy = Lock()

    def scores(
        self, matrix: NDArray[np.float32], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The same as `dot_products`, to the last bit."""
        # Nobody waits for a helper that works for another question.
        if len(matrix) <= _ROWS_ALONE or not self._busy.acquire(blocking=False):
            return dot_products(matrix, vector)
        try:
            half = len(matrix) // 2
            second = self._helper.submit(dot_products, matrix[half:], vector)
            first = dot_products(matrix[:half], vector)
            return np.concatenate([first, second.result()])
        finally:
            self._busy.release()

    def close(self) -> None:
        """End the helper when it is done; nothing may be scored afterwards."""
        self._helper.shutdown(wait=False)

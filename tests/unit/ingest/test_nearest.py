"""The rows nearest to a vector, one thread or two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from numpy.typing import NDArray

from aspire_ingest.index.vectors import nearest
from aspire_ingest.index.vectors.nearest import RowScorer, dot_products, nearest_rows

RANDOM = np.random.default_rng(7)


def unit_rows(count: int) -> NDArray[np.float32]:
    rows = RANDOM.standard_normal((count, 24), np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_greatest_come_first_and_ties_in_row_order() -> None:
    scores = np.array([0.5, 0.9, 0.1, 0.9, 0.7], np.float32)
    assert [row for row, _ in nearest_rows(scores, 4)] == [1, 3, 4, 0]
    assert nearest_rows(scores, 1) == [(1, pytest.approx(0.9))]
    assert len(nearest_rows(scores, 99)) == 5
    assert nearest_rows(scores, 0) == []
    assert nearest_rows(np.empty(0, np.float32), 3) == []


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 9, 33])
def test_two_threads_score_as_one_does(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_ROWS_ALONE", 7)
    matrix, vector = unit_rows(rows), unit_rows(1)[0]
    scorer = RowScorer()
    assert np.array_equal(scorer.scores(matrix, vector), dot_products(matrix, vector))
    scorer.close()


def test_many_questions_share_one_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_ROWS_ALONE", 7)
    matrix, vectors = unit_rows(5_001), unit_rows(8)
    scorer, together = RowScorer(), Barrier(8)

    def score(vector: NDArray[np.float32]) -> NDArray[np.float32]:
        together.wait()
        return scorer.scores(matrix, vector)

    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            for vector, found in zip(vectors, pool.map(score, vectors), strict=True):
                assert np.array_equal(found, dot_products(matrix, vector))
    scorer.close()

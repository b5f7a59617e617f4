import numpy as np

from aspire_ingest.index.embedding.pooling import mean_vector, range_vectors, spans_to_tokens

STATES = np.array([[1, 0], [0, 2], [3, 3], [0, 1]], np.float32)
STARTS = np.array([0, 2, 4, 6])
ENDS = np.array([2, 4, 6, 8])
FALLBACK = np.array([0.6, 0.8], np.float32)


def test_the_mean_has_length_one() -> None:
    np.testing.assert_allclose(mean_vector(STATES[:2]), np.array([0.5, 1]) / 1.25**0.5, rtol=1e-6)


def test_a_span_takes_every_token_it_touches() -> None:
    spans = [(0, 2), (3, 5), (2, 8)]

    assert spans_to_tokens(STARTS, ENDS, spans) == [(0, 1), (1, 3), (1, 4)]


def test_a_range_is_the_mean_of_its_tokens() -> None:
    vectors = range_vectors(STATES, [(0, 1), (1, 3)], FALLBACK)

    np.testing.assert_allclose(vectors[0], [1, 0])
    np.testing.assert_allclose(vectors[1], mean_vector(STATES[1:3]))


def test_a_span_without_tokens_takes_the_fallback() -> None:
    ranges = spans_to_tokens(STARTS, ENDS, [(8, 9), (4, 4)])

    np.testing.assert_array_equal(range_vectors(STATES, ranges, FALLBACK), [FALLBACK, FALLBACK])


def test_no_spans_give_no_rows() -> None:
    assert spans_to_tokens(STARTS, ENDS, []) == []
    assert range_vectors(STATES, [], FALLBACK).shape == (0, 2)

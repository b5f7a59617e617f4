import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index.embedding.normalise import Normaliser
from aspire_ingest.index.embedding.weights import find_weights, read_weights

any_text = st.text(st.characters(categories=None), max_size=60)  # lone surrogates too


@pytest.fixture(scope="module")
def normalise() -> Normaliser:
    weights = read_weights(find_weights())
    return Normaliser(weights.normalisation, weights.normalisation_records)


def as_text(codes: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> str:
    return codes.tobytes().decode("utf-32-le")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＳＰＩＲＥ　２０２６", "ASPIRE 2026"),
        ("a\n\n\tb", "a b"),
        ("㈱", "(株)"),
        ("a\0b", "a b"),
        ("a\ud800b", "a b"),
        ("a\u200bb", "a b"),
        ("a\x01b", "ab"),
        ("か\u3099く", "がく"),
        ("", ""),
    ],
)
def test_folds(normalise: Normaliser, text: str, expected: str) -> None:
    assert as_text(normalise(text)[0]) == expected


def test_offsets_lead_back_to_the_original(normalise: Normaliser) -> None:
    codes, origin = normalise("㈱ か\u3099く")

    assert as_text(codes) == "(株) がく"
    assert origin.tolist() == [0, 0, 0, 1, 2, 4]


@given(text=any_text)
def test_any_text_keeps_its_offsets_in_order(normalise: Normaliser, text: str) -> None:
    codes, origin = normalise(text)

    assert len(codes) == len(origin)
    assert np.all(np.diff(origin) >= 0)
    assert np.all((origin >= 0) & (origin < max(len(text), 1)))
    assert "  " not in as_text(codes)


@given(text=st.text(st.sampled_from("aかきハ\u3099\u0301e "), max_size=20))
def test_decomposed_text_reads_like_composed(normalise: Normaliser, text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert as_text(normalise(text)[0]) == as_text(normalise(composed)[0])

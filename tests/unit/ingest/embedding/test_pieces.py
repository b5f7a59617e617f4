"""Pieces are found by their first two characters, as a dictionary of all of them would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_ingest.index.embedding.pieces import Pieces, text_of

NAMES = ["a", "ab", "abc", "abd", "b", "▁the", "▁then", "国", "国際", "国際的", "<s>", "𓀀", "𓀀𓀀"]


def _pieces(names: list[str], *withheld: str) -> Pieces:
    encoded = [name.encode() for name in names]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.uint32)
    utf8 = np.frombuffer(b"".join(encoded), np.uint8)
    assert [text_of(offsets, utf8, number) for number in range(len(names))] == names
    return Pieces(offsets, utf8, -np.arange(len(names), dtype=np.float32), withheld)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_found_with_its_number_and_score(name: str) -> None:
    found = _pieces(NAMES).find(name)
    assert found == (NAMES.index(name), -NAMES.index(name))


@pytest.mark.parametrize("text", ["", "c", "ac", "abcd", "▁th", "際", "国国", "\n", "a\n", "\n\n"])
def test_what_is_no_piece_is_not_found(text: str) -> None:
    assert _pieces(NAMES).find(text) is None


def test_what_is_withheld_is_not_found() -> None:
    pieces = _pieces(NAMES, "<s>", "a")
    assert [pieces.find(text) for text in ("<s>", "a")] == [None, None]
    assert pieces.find("ab") == (1, -1)


def test_a_group_says_how_long_its_longest_is() -> None:
    pieces = _pieces(NAMES)
    assert pieces.beginning("国際").longest == 3
    assert sorted(pieces.beginning("ab").pieces) == ["ab", "abc", "abd"]
    assert pieces.beginning("zz") == ({}, 1)


_TEXTS = st.text(st.sampled_from("ab▁国際𓀀"), min_size=1, max_size=4)


@given(names=st.lists(_TEXTS, min_size=1, unique=True), asked=st.lists(_TEXTS))
def test_as_a_dictionary_would(names: list[str], asked: list[str]) -> None:
    known = dict(zip(names, range(len(names)), strict=True))
    pieces = _pieces(names)
    for text in (*names, *asked):
        found = pieces.find(text)
        assert (found.piece_id if found else None) == known.get(text)

"""Pairs put together from phrases: what they say is known, and the same each time."""

from collections import Counter
from pathlib import Path

import pytest

from aspire_ingest.index.text.language import detect_language
from aspire_training.question_grammar import GRAMMAR, Grammar

SMALL = """
[fruit]
apple = [["apples", "pippins"], ["りんご"]]
pear = [["pears"], ["なし", "梨"]]
[[frame]]
slots = ["fruit"]
en = ["Are {0} ripe?", "May {0} be picked?"]
ja = ["{0}は熟れましたか。"]
[[frame]]
slots = ["fruit"]
en = ["Who sells {0}?"]
ja = ["{0}は誰が売りますか。"]
"""
RIPE = {"ripe", "picked", "熟れ"}
APPLES = {"apples", "pippins", "りんご"}


def _meaning(text: str) -> tuple[bool, bool]:
    """Whether a question asks for ripeness, and whether of apples."""
    plain = text.casefold()
    return any(word in plain for word in RIPE), any(word in plain for word in APPLES)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "grammar.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_a_pair_is_the_same_where_both_ask_the_same_of_the_same(small: Path) -> None:
    pairs = Grammar(small, seed=2).pairs(60)
    assert {p.is_same for p in pairs} == {True, False}
    for pair in pairs:
        assert (_meaning(pair.one) == _meaning(pair.other)) is pair.is_same, pair


def test_the_same_seed_makes_the_same_pairs_and_none_twice(small: Path) -> None:
    pairs = Grammar(small, seed=2).pairs(60)
    assert pairs == Grammar(small, seed=2).pairs(60)
    assert len({(p.one, p.other) for p in pairs}) == 60
    assert pairs != Grammar(small, seed=3).pairs(60)


def test_the_phrases_give_as_many_right_as_wrong_in_every_pair_of_languages() -> None:
    pairs = Grammar(GRAMMAR, seed=1).pairs(1_000)
    counts = Counter(
        (tuple(sorted(detect_language(text) == "ja" for text in (p.one, p.other))), p.is_same)
        for p in pairs
    )
    assert min(counts.values()) > 100
    assert not any("{" in p.one + p.other for p in pairs)

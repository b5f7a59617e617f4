"""Edits that keep what a question asks."""

import random

import pytest

from aspire_training.surface_edits import edited


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Must we buy a desk?", "Do we have to purchase a desk"),
        ("What is the deadline?", "What's the closing date"),
        ("旅費は払えますか。", "旅費は支払えますか"),
        ("締切はいつですか", "締切はいつでしょうか"),
    ],
)
def test_words_change_and_the_matter_stays(question: str, wanted: str) -> None:
    made = {edited(question, random.Random(seed)) for seed in range(400)}
    assert question not in made
    assert any(wanted in text for text in made)


def test_what_no_edit_fits_is_greeted_or_loses_its_mark() -> None:
    made = {edited("overhead?", random.Random(seed)) for seed in range(60)}
    assert "overhead" in made
    assert any(text.endswith(("overhead?", "overhead")) and len(text) > 9 for text in made)


def test_the_same_chance_edits_the_same() -> None:
    assert edited("Can I go?", random.Random(3)) == edited("Can I go?", random.Random(3))

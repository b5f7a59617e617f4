"""Sentences that state several counts, and questions that ask for them."""

import pytest

from aspire_bot.answering.quotes.counts import asks_count, states_counts


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("会場に30名、オンラインで12名が参加しました。", True),
        ("18件の提案があり、4件を採択しました。", True),
        ("18件の提案を、審査員6名が読みました。", False),
        ("応募は3件まで、採択は1件です。", False),
        ("In all 120 applied and 14 were chosen.", True),
        ("In 2031, 120 people applied.", False),
        ("It lasts 3 years and has 14 members.", False),
    ],
)
def test_counts_of_one_kind_are_several(sentence: str, *, states: bool) -> None:
    assert states_counts(sentence, 2) is states


def test_who_asks_how_many_asks_for_a_count() -> None:
    assert asks_count("And how many were chosen?")
    assert asks_count("何件採択されましたか")
    assert not asks_count("How much is paid?")
    assert not asks_count("いつ採択されましたか")

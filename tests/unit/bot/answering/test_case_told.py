"""A question whose author says behind it for which case it is asks of that case."""

import pytest

from aspire_bot.answering.message.case_told import with_case_first


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("PIの人件費は出せますか？B型です", "B型です。PIの人件費は出せますか？"),
        ("応募できますか? ポスドクですが。", "ポスドクですが。応募できますか?"),
        ("Can I be paid? I'm a postdoc.", "I'm a postdoc. Can I be paid?"),
        ("How much is it? It's for a type B project", "It's for a type B project. How much is it?"),
    ],
)
def test_the_case_goes_before_the_question(said: str, meant: str) -> None:
    assert with_case_first(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "締切はいつですか？急ぎです",
        "締切はいつですか？よろしくお願いします",
        "上限は？下限は？B型です",
        "How much is it? I'm in a hurry.",
        "How much is it? I'm asking for a friend.",
        "How much is it? Thanks.",
        "B型です。上限は？",
        "Is it open?",
    ],
)
def test_all_else_stays_as_it_is(said: str) -> None:
    assert with_case_first(said) == said

"""A follow-up that names another value behind the same preposition."""

import pytest

from aspire_bot.answering.message.follow_up.same_place import is_mere_place
from aspire_bot.answering.message.follow_up.stand_alone import completed


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        # a name for a name
        (
            "How many pages may a plan have for Larch in the 2031 call?",
            "for Rowan?",
            "How many pages may a plan have for Rowan in the 2031 call?",
        ),
        (
            "What is the overhead for the Norwegian side?",
            "and for the UK?",
            "What is the overhead for the UK side?",
        ),
        (
            "What is the page limit for Larch?",
            "and for the Rowan class?",
            "What is the page limit for the Rowan class?",
        ),
        (
            "What is the page limit of the Larch class?",
            "What about for Rowan?",
            "What is the page limit of the Rowan class?",
        ),
        (
            "Who may apply for Larch in Norway?",
            "And in Kenya?",
            "Who may apply for Larch in Kenya?",
        ),
        ("Who is on the panel for Larch?", "and Rowan?", "Who is on the panel for Rowan?"),
        # other words for other words
        ("May forms be sent by email?", "or by post?", "May forms be sent by post?"),
        (
            "How much can the Norwegian side get for equipment in 2031?",
            "and for travel?",
            "How much can the Norwegian side get for travel in 2031?",
        ),
        # Japanese particles
        ("日本語で申請書を出せますか", "英語では？", "英語で申請書を出せますか"),
        (
            "Larchの場合、上限額はいくらですか",
            "Rowanの場合は？",
            "Rowanの場合、上限額はいくらですか",
        ),
        ("Larchの研究期間は最長何年ですか", "Rowanだと？", "Rowanの研究期間は最長何年ですか"),
        ("学生として参加できますか", "研究員としては？", "研究員として参加できますか"),
        ("東京から来る人の旅費は出ますか", "大阪からは？", "大阪から来る人の旅費は出ますか"),
    ],
)
def test_it_takes_the_place_of_the_one_before(before: str, text: str, whole: str) -> None:
    assert completed(before, text) == whole


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("What is the limit for Larch?", "and for travel?"),  # says more of Larch
        ("What is the allowance in Oslo?", "and for Rowan?"),  # a name of another kind
        ("Is there a form for Larch and for Rowan?", "and for Alder?"),  # which of them?
        ("Who reads plans for Larch at the Council?", "and Rowan?"),
        ("Who may apply for it?", "and for how long?"),
        ("Who may apply for Larch?", "for example?"),
        ("What is needed for applying?", "and for me?"),
        ("Larchの締切はいつですか", "予算については？"),
        ("Larchの締切はいつですか", "メールでは？"),
    ],
)
def test_what_no_like_one_stands_for_replaces_nothing(before: str, text: str) -> None:
    assert completed(before, text) is None


@pytest.mark.parametrize(
    ("text", "is_mere"),
    [
        ("for Rowan?", True),
        ("in 2031?", True),
        ("Rowanの場合は？", True),
        ("the Rowan class?", False),
        ("For whom is it?", False),
        ("上限額は？", False),
    ],
)
def test_words_behind_a_preposition_ask_nothing_alone(text: str, *, is_mere: bool) -> None:
    assert is_mere_place(text) is is_mere

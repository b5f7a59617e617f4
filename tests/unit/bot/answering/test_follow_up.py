"""What a follow-up leaves of the question before it."""

import pytest

from aspire_bot.answering.message.follow_up.follow_up import without_question_word


@pytest.mark.parametrize(
    ("before", "follow_up", "left"),
    [
        ("Who moderated the bio meeting?", "When?", "moderated the bio meeting?"),
        ("How much can a team receive?", "until when", "can a team receive?"),
        ("会議の司会は誰でしたか", "いつ?", "会議の司会は"),
        ("会議はどこで開かれましたか", "いつですか", "会議は開かれましたか"),
    ],
)
def test_its_question_word_stands_in_place_of_the_one_before(
    before: str, follow_up: str, left: str
) -> None:
    assert without_question_word(before, follow_up) == left


@pytest.mark.parametrize("follow_up", ["And in 2024?", "英国側は?", "the UK side"])
def test_without_one_of_its_own_the_one_before_is_kept(follow_up: str) -> None:
    assert without_question_word("How many were chosen?", follow_up) == "How many were chosen?"


def test_nothing_but_a_question_word_is_kept() -> None:
    assert without_question_word("Why", "When?") == "Why"

"""Replies to a request to rewrite, as models write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.query.rewrite_reply import (
    RewriteReply,
    read_rewrite,
    says_no_answer,
)


@pytest.mark.parametrize(
    ("reply", "questions"),
    [
        ("What is the budget in 2025?\n", ("What is the budget in 2025?",)),
        ("1. What is A?\n2) What is B?\n", ("What is A?", "What is B?")),
        ("- 予算は?\n・期間は?", ("予算は?", "期間は?")),
        ("① 予算は?\n②期間は?", ("予算は?", "期間は?")),
        ("「予算はいくらですか。」", ("予算はいくらですか。",)),
        ("A?\nA?\nB?\nC?\nD?", ("A?", "B?", "C?")),
        ("What is the 3rd call?", ("What is the 3rd call?",)),
        ("2025年度の予算は?", ("2025年度の予算は?",)),
        ("See http://evil.example/x for it?\n[a](http://b)", ()),
        ("x" * 500, ()),
        ("\u202e\u200b\n\n---\n", ()),
        ("", ()),
    ],
)
def test_questions_are_read(reply: str, questions: tuple[str, ...]) -> None:
    assert read_rewrite(reply) == RewriteReply(questions=questions)


def test_a_question_back_stands_alone() -> None:
    assert read_rewrite("CLARIFY: Which year?") == RewriteReply(clarify="Which year?")
    assert read_rewrite("A?\nclarify: 何年度ですか。\nB?") == RewriteReply(clarify="何年度ですか。")
    assert read_rewrite("CLARIFY:") == RewriteReply()
    assert read_rewrite("CLARIFY: <!channel>, which?") == RewriteReply()
    assert read_rewrite("CLARIFY: see www.example.org, which?") == RewriteReply()


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ("[[NONE]]", True),
        (" [[NONE]].\n", True),
        ("[[NONE]] The passages do not say.", True),
        ("[NONE]", True),
        ("none", True),
        ("None of them was funded [1].", False),
        ("It is ten [1]. [[NONE]]", False),
        ("", False),
    ],
)
def test_no_answer_is_heard(reply: str, says: bool) -> None:
    assert says_no_answer(reply) is says


@given(st.text())
def test_nothing_makes_it_fail(reply: str) -> None:
    read = read_rewrite(reply)
    assert len(read.questions) <= 3
    assert all(0 < len(question) <= 400 for question in read.questions)
    says_no_answer(reply)


def test_an_address_may_only_be_one_of_the_conversations() -> None:
    line = "What does https://example.org/a say?"
    assert read_rewrite(line, "See https://example.org/a") == RewriteReply(questions=(line,))
    assert read_rewrite(line, "See https://example.org/b") == RewriteReply()

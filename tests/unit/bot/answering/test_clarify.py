"""What a model asks back is one harmless question, or is not asked."""

import pytest
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.writing.clarify import asks_back, read_clarify

SHOWN = [evidence("Yes.", info("a", title="Handbook FY2025 of Kestrel")).passage]
ASKED = "What is the limit in the second call?"


@pytest.mark.parametrize(
    "text",
    [
        "Which call do you mean?",
        "Do you mean the Handbook FY2025, or the second call?",
        "Is it about Kestrel?",
    ],
)
def test_a_short_question_is_asked(text: str) -> None:
    assert asks_back(f" clarify: {text}")
    assert read_clarify(f"CLARIFY: {text}", ASKED, SHOWN, "en") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The limit is high.",
        "The limit is high. Which call?",
        "Do you mean the 400 million yen?",
        "Is it about Falcon?",
        "Do you mean https://elsewhere.example?",
        "どの公募のことですか?",
        "Which " + "call, or which " * 30 + "one?",
    ],
)
def test_what_is_no_question_or_states_something_is_not(text: str) -> None:
    assert read_clarify(f"CLARIFY: {text}", ASKED, SHOWN, "en") is None


def test_japanese_questions_are_told_by_their_ending() -> None:
    reply = "CLARIFY: どの公募のことでしょうか。"
    assert read_clarify(reply, "上限は?", SHOWN, "ja") == "どの公募のことでしょうか。"
    assert read_clarify("CLARIFY: 上限は5億円ですか。", "上限は?", SHOWN, "ja") is None
    assert not asks_back("Which call? CLARIFY:")

"""A friendly word to what asks nothing of the documents."""

import pytest

from aspire_bot.answering.talk import say_word
from aspire_bot.answering.types import Act
from aspire_bot.messages import phrases
from aspire_ingest.index.text.language import language_of

QUESTIONS = ("Who can apply?", "What are the goals?", "When?")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_greeting_proposes_two_questions(language: str) -> None:
    said = say_word("greeting", "hi", language, QUESTIONS)
    assert said.startswith(phrases(language).conversation.greeting)
    assert all(question in said for question in QUESTIONS[:2])
    assert QUESTIONS[2] not in said


def test_a_greeting_without_enough_to_propose_proposes_nothing() -> None:
    assert say_word("greeting", "hi", "en", QUESTIONS[:1]) == phrases("en").conversation.greeting


@pytest.mark.parametrize("text", ["are you a bot?", "who made you", "人間ですか", "あなたは誰?"])
def test_who_it_is_is_said_to_who_asks_that(text: str) -> None:
    assert say_word("capability", text, "en") == phrases("en").conversation.identity
    assert say_word("capability", "help", "en") == phrases("en").conversation.capability


@pytest.mark.parametrize(
    "act",
    ["thanks", "complaint", "request-action", "off-topic", "feedback-positive", "unclear"],
)
def test_each_act_has_its_own_word_without_proposals(act: Act) -> None:
    said = say_word(act, "so", "en", QUESTIONS)
    assert said
    assert QUESTIONS[0] not in said


@pytest.mark.parametrize(
    ("act", "text", "language"),
    [
        ("greeting", "ok bye", "en"),
        ("greeting", "see you tomorrow", "en"),
        ("greeting", "Good night!", "en"),
        ("unclear", "さようなら", "ja"),
        ("greeting", "お疲れさまでした", "ja"),
        ("greeting", "また明日", "ja"),
    ],
)
def test_who_leaves_is_not_greeted(act: Act, text: str, language: str) -> None:
    assert say_word(act, text, language, QUESTIONS) == phrases(language).conversation.farewell
    assert say_word("greeting", "hello", "en") == phrases("en").conversation.greeting


def test_people_among_themselves_are_left_alone() -> None:
    assert say_word("chatter", "lunch?", "en", QUESTIONS) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("谢谢你", "en"),
        ("申请截止是什么时候", "en"),
        ("応募資格", "ja"),
        ("対象国", "ja"),
        ("Merci", "en"),
        ("네", "en"),
    ],
)
def test_only_japanese_is_answered_in_japanese(text: str, language: str) -> None:
    assert language_of(text) == language

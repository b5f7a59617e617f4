"""What was asked before a message, as far as the message may lean on it."""

from collections.abc import Mapping

import pytest

from aspire_bot.answering.message.conversation import asked_before, last_asked
from aspire_bot.answering.message.message import Message
from aspire_bot.answering.types import Act, Question, Turn

ACTS: Mapping[str, Act] = {
    "thanks!": "thanks",
    "no, that is wrong": "complaint",
    "shorter": "request-more",
    "who led it?": "follow-up",
    "and who paid?": "follow-up",
    "and the water panel?": "follow-up",
    "sorry, the water panel": "correction-of-self",
}
SOIL = "When did the soil panel meet?"
WATER = "When did the water panel meet?"


def _read(question: Question) -> Message:
    act = ACTS.get(question.text, "question")
    asks = () if act in ("thanks", "complaint") else (question.text,)
    return Message(act=act, asks=asks)


def _question(*said: str) -> Question:
    turns = [Turn(role="user", text=text) for text in said]
    answered = [one for turn in turns for one in (turn, Turn(role="assistant", text="So it is."))]
    return Question(text="when?", history=tuple(answered))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ((), ()),
        ((SOIL,), (SOIL,)),
        # what asks nothing, or the same in another form, is passed over
        ((SOIL, "thanks!", "shorter", "no, that is wrong"), (SOIL,)),
        # a follow-up leaves its question in its place
        ((SOIL, "who led it?"), ("who led it?", SOIL)),
        ((SOIL, "who led it?", "and who paid?"), ("and who paid?", SOIL)),
        # unless it asks the same of something else
        ((SOIL, "and the water panel?"), (WATER,)),
        ((SOIL, "who led it?", "sorry, the water panel"), ("who led it?", WATER)),
        # another question takes its place
        ((SOIL, "who led it?", "Where is the handbook?"), ("Where is the handbook?",)),
        (("thanks!",), ()),
    ],
)
def test_what_is_leaned_on(said: tuple[str, ...], asked: tuple[str, ...]) -> None:
    assert tuple(turn.text for turn in asked_before(_question(*said), _read)) == asked


def test_a_question_is_leaned_on_with_what_it_leaned_on() -> None:
    whole = f"Our grant began in May. {SOIL}"

    def read(question: Question) -> Message:
        return Message(act="question", asks=(SOIL,), whole=whole, has_context=True)

    assert [turn.text for turn in asked_before(_question(whole), read)] == [whole]


def test_what_seemed_to_ask_nothing_is_leaned_on_where_nothing_else_was_asked() -> None:
    def read(question: Question) -> Message:
        is_asked = question.text == SOIL
        return Message(act="question", asks=(SOIL,)) if is_asked else Message(act="off-topic")

    strange = "Do herons fish at Kobe?"
    assert [turn.text for turn in asked_before(_question(strange), read)] == [strange]
    assert [turn.text for turn in asked_before(_question(SOIL, strange), read)] == [SOIL]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ((SOIL, "thanks!", "shorter"), 0),
        ((SOIL, "who led it?", "shorter"), 2),
        (("thanks!",), None),
    ],
)
def test_the_answer_that_is_wanted_again_is_that_of_the_last_question(
    said: tuple[str, ...], at: int | None
) -> None:
    assert last_asked(_question(*said), _read) == at

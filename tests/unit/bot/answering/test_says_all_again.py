"""A follow-up that names again what the question before it named leans on nothing of it."""

import pytest
from tests.unit.bot.answering.test_years import NOTHING, REWRITER

from aspire_bot.answering.message.message import Message
from aspire_bot.answering.message.understand import Understanding
from aspire_bot.answering.types import Question, Turn

BEFORE = "What is the limit of a Larch grant in 2026?"


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("What was the limit of a Larch grant in 2025?", False),
        ("What was the limit of those in the year when it began?", True),
        ("the limit of a Larch grant then", True),
        ("Who signs?", True),
    ],
)
def test_what_says_all_again_stands_by_itself(text: str, *, leans: bool) -> None:
    message = Message(act="follow-up", asks=(text,), full=(text,), whole=text)
    asked = Question(text=text, history=(Turn(role="user", text=BEFORE),))
    query = Understanding(REWRITER).understand(asked, message, NOTHING).query
    assert (query.alone is not None or query.is_follow_up) is leans

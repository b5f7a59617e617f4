"""Kinds of messages through a local Slack, answered from documents by the real core.

Bolt over HTTP; the index lies in memory and the moment of asking is set.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.local_slack.scene import run_bot, texts_of
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER, index, info

from aspire_bot.answering.pipeline import AnswerPipeline
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import build_pipeline
from aspire_bot.local_slack.model import Message
from aspire_bot.settings import Settings

LAST = datetime(2031, 6, 16, 8, tzinfo=UTC)
"""17:00 in Tokyo, 10:00 in Paris."""


@cache
def pipeline() -> AnswerPipeline:
    return build_pipeline(Settings(home=Path("nowhere")), EMBEDDER)


@cache
def made() -> MemoryIndex:
    return index(
        (
            "# Larch call\n\nThe Larch call closes at 17:00 JST on 16 June 2031.",
            info("larch", title="Larch call", kind="call"),
        ),
        (
            "# Travel\n\nThe ceiling for travel is 800,000 yen a year.",
            info("travel", title="Travel"),
        ),
        (
            "# Annual review\n\nThe annual review was chaired by Dr. Hana Ito.",
            info("review", title="Annual review"),
        ),
    )


def at(moment: datetime) -> Callable[[Question], Answer]:
    """A core that answers what Slack brings as if it were this moment."""
    return lambda question: pipeline().answer(replace(question, asked_at=moment), made())


NOW = at(LAST - timedelta(days=14))


def whole(message: Message) -> str:
    return "\n".join(texts_of(message))


def test_three_questions_in_one_message_have_a_line_each() -> None:
    with run_bot(NOW) as scene:
        asked = scene.alice.asks(
            "C1",
            "Hi! Three things: 1) what is the ceiling for travel? 2) which calls are open now? "
            "3) who chaired the annual review? Many thanks, Alice",
        )
        scene.settle()
        (reply,) = scene.alice.replies(asked)
        said = whole(reply)
        lines = ["ceiling for travel?”:", "which calls are open now?”:", "annual review?”:"]
        places = [said.index(line) for line in lines]
        assert places == sorted(places)
        for fact in ("800,000 yen", "open until 16 June 2031", "Hana Ito"):
            assert fact in said
        assert "Many thanks" not in said


def test_a_forwarded_question_is_answered_to_whom_forwarded_it() -> None:
    with run_bot(NOW) as scene:
        heard = scene.ken.says("C1", "Who chaired the annual review?")
        scene.alice.forwards(heard, scene.alice.dm)
        (reply,) = scene.said(scene.alice.dm)
        assert "Hana Ito" in whole(reply)


def test_a_mail_forwarded_with_a_word_of_ones_own_is_answered_in_each_point() -> None:
    with run_bot(NOW) as scene:
        heard = scene.ken.says(
            "C1",
            "Dear office,\n1. What is the ceiling for travel?\n"
            "2. Who chaired the annual review?\n\n"
            "Kind regards\nKen Mori\n+81 3 0000 0000",
        )
        scene.alice.forwards(heard, scene.alice.dm, "can you help with this?")
        (reply,) = scene.said(scene.alice.dm)
        said = whole(reply)
        assert "800,000 yen" in said
        assert "Hana Ito" in said
        assert "Ken Mori" not in said


def test_a_group_conversation_gets_its_answer_in_the_thread() -> None:
    with run_bot(NOW) as scene:
        group = scene.alice.opens_group("U2", "U3")
        asked = scene.ken.asks(group, "Who chaired the annual review?")
        scene.settle()
        (reply,) = scene.ken.replies(asked)
        assert "Hana Ito" in whole(reply)


@pytest.mark.parametrize(
    ("moment", "person", "said"),
    [
        (LAST - timedelta(minutes=1), "alice", "open until 16 June 2031, 17:00 JST"),
        (LAST - timedelta(minutes=1), "ken", "open until 16 June 2031, 17:00 JST"),
        (LAST + timedelta(minutes=1), "alice", "closed on 16 June 2031, 17:00 JST"),
        (LAST + timedelta(minutes=1), "ken", "closed on 16 June 2031, 17:00 JST"),
    ],
)
def test_what_is_open_is_told_by_the_hour(moment: datetime, person: str, said: str) -> None:
    with run_bot(at(moment)) as scene:
        asked = getattr(scene, person).asks("C1", "Which calls are open?")
        scene.settle()
        (reply,) = scene.alice.replies(asked)
        assert said in whole(reply)


def test_the_day_is_that_of_the_asker() -> None:
    night = at(datetime(2031, 6, 16, 20, tzinfo=UTC))  # the 17th in Tokyo, the 16th in Paris
    with run_bot(night, night) as scene:
        first = scene.alice.asks("C1", "Which calls are open?")
        scene.settle()
        second = scene.ken.asks("C1", "Which calls are open?")
        scene.settle()
        paris, tokyo = (whole(scene.alice.replies(one)[0]) for one in (first, second))
        assert "as of 16 June 2031" in paris
        assert "as of 17 June 2031" in tokyo

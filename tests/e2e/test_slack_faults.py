"""Nothing is lost and nothing said twice, whatever fails; the short form of `make soak`."""

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.local_slack.answers import answer
from tests.local_slack.handmade import admit, deliver, direct_message
from tests.local_slack.scene import OFFICE, run_bot, texts_of
from tests.local_slack.server import Fault, LocalSlack
from tests.soak.asking import ask, direct_channels, judge
from tests.soak.burst import run_burst
from tests.soak.storm import StormPlan, run_storm

from aspire_bot.answering.types import Answer, Question
from aspire_bot.local_slack.events import event_body
from aspire_bot.local_slack.model import Message
from aspire_bot.slack.options import SlackOptions


@pytest.mark.parametrize("is_socket", [False, True], ids=["http", "socket"])
def test_every_question_has_one_answer_after_a_storm(is_socket: bool, tmp_path: Path) -> None:
    events, kills = (20, 1) if is_socket else (40, 3)
    plan = StormPlan(events=events, kills=kills, faults=25, seed=11, is_socket=is_socket)
    report = run_storm(plan, str(tmp_path / "state.db"), tmp_path)
    assert report.is_good, f"{report}\n{(tmp_path / 'bot.log').read_text()[-20_000:]}"
    assert sum(report.faults.values()) > 0
    assert len(report.verdict.orphans) <= 1  # what is posted and not noted is found again


def test_a_burst_in_one_channel_keeps_to_its_rate(tmp_path: Path) -> None:
    report = run_burst(7, str(tmp_path / "state.db"), tmp_path, is_one_channel=True)
    assert report.is_good, f"{report}\n{(tmp_path / 'bot.log').read_text()[-20_000:]}"
    assert report.closest_posts_s > 4.5  # six of them; Slack would take five at once


def test_the_judge_sees_a_question_without_an_answer() -> None:
    with LocalSlack() as slack:
        asked = [ask(slack, "C1", 1)]
        assert judge(slack, asked).unanswered == (asked[0].name,)


class Held:
    """Answers once it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, question: Question) -> Answer:
        assert self.go.wait(20)
        return answer(f"The answer to {question.text}.")


def test_who_has_to_wait_is_told_the_number_in_the_message_of_the_answer() -> None:
    held = Held()
    options = SlackOptions(office=OFFICE, workers=1, max_queue=3)
    with run_bot(*[held] * 9, options=options) as scene:
        asked = [
            ask(scene.slack, channel, n)
            for n, channel in enumerate(direct_channels(scene.slack, 6))
        ]
        for each in asked:
            assert deliver(scene.port, each.body) == 200

        def shown(number: int) -> list[Message]:
            channel = scene.slack.workspace.messages(asked[number].channel)
            return [m for m in channel if m.bot_id]

        scene.slack.wait_until(lambda: all(shown(n) for n in range(2, 6)))
        numbers = [texts_of(shown(n)[0])[0] for n in range(2, 6)]
        assert "yours is number 2 " in numbers[0]
        assert "yours is number 3 " in numbers[1]
        assert all("Please ask again in a few minutes" in text for text in numbers[2:])
        noticed = {n: shown(n)[0].ts for n in range(2, 6)}
        held.go.set()
        scene.settle()
        for n in range(4):
            (reply,) = shown(n)
            assert texts_of(reply)[0] == f"The answer to {asked[n].name}."
            assert reply.ts == noticed.get(n, reply.ts)
        assert len(scene.core.questions) == 4  # the two that were declined are not answered later


def test_who_waits_in_a_busy_channel_sees_a_status() -> None:
    """There a message is possible each second only."""
    held = Held()
    options = SlackOptions(office=OFFICE, workers=1)
    with run_bot(*[held] * 5, options=options) as scene:
        asked = [ask(scene.slack, "C1", n) for n in range(5)]
        for each in asked:
            assert deliver(scene.port, each.body) == 200
        statuses = scene.slack.workspace.statuses
        scene.slack.wait_until(lambda: ("C1", asked[-1].thread_ts) in statuses)
        held.go.set()
        assert judge(scene.slack, asked).unanswered
        scene.settle(30)
        assert statuses == {}
        assert judge(scene.slack, asked).doubled == ()


def test_an_unwritable_store_is_no_acknowledgement() -> None:
    """Slack then delivers again, and the question is not lost."""
    with run_bot(answer("Late but here.")) as scene:
        database = scene.state.database
        with database.write() as connection:
            connection.execute(text("ALTER TABLE inbox RENAME TO gone"))
        event = direct_message("What?")
        admit(scene.slack, event)
        body = event_body(event)
        assert deliver(scene.port, body) == 500
        with database.write() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO inbox"))
        assert deliver(scene.port, body) == 200
        (reply,) = scene.said("D1")
        assert texts_of(reply)[0] == "Late but here."


@pytest.mark.parametrize("method", ["chat.startStream", "chat.stopStream", "chat.appendStream"])
@pytest.mark.parametrize(
    "fault",
    [
        {"drops_answer": True},
        {"error": "internal_error", "status": 500},
        {"error": "ratelimited", "status": 429, "retry_after_s": 1},
    ],
    ids=["lost", "500", "429"],
)
def test_one_message_whatever_fails(method: str, fault: dict[str, Any]) -> None:
    with run_bot(*[answer("Here it is.")] * 3) as scene:
        scene.slack.fail_next(Fault(method=method, **fault))
        question = scene.alice.says("D1", "What?")
        scene.settle()
        (reply,) = scene.alice.replies(question)
        assert "Here it is." in texts_of(reply)
        assert len(scene.core.questions) == 1

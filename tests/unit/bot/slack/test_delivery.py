"""The one message of a question, at a local Slack: its plan, and what becomes of a lost one."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.local_slack.server import Fault, LocalSlack
from tests.new_state import new_state

from aspire_bot.answering.types import StepName
from aspire_bot.local_slack.api.methods import BOT_TOKEN, BOT_USER
from aspire_bot.local_slack.model import Message
from aspire_bot.messages import phrases
from aspire_bot.slack.answers.delivery import Place, Reply
from aspire_bot.slack.platform.rates import RATES, Pacer, Rate
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.platform.workspaces import build_client
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival

ANSWER = render_notice("Travel is paid.")


@dataclass
class Bench:
    slack: LocalSlack
    state: State
    web: SlackWeb
    root: str

    def reply(self, *, may_stream: bool = True) -> Reply:
        thread_ts = self.root if may_stream else ""
        asked = Arrival(
            kind="event",
            key="Ev1",
            team="T1",
            channel="C1",
            thread_ts=thread_ts,
            user="U1",
            body={},
        )
        self.state.inbox.put(asked)
        job = self.state.inbox.claim("bench")
        assert job is not None
        place = Place(channel="C1", thread_ts=thread_ts, user="U1")
        return Reply(self.web, self.state.inbox, job, place, phrases("en").slack)

    def plan(self, reply: Reply) -> list[object]:
        stream = self.slack.workspace.streams["C1", reply.ts]
        return [task["status"] for task in stream.tasks.values()]

    def said(self) -> list[Message]:
        return [m for m in self.slack.workspace.all_messages() if m.user == BOT_USER]


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    with LocalSlack(enforces_rates=False) as slack:
        state = open_state(new_state(tmp_path / "state.db"))
        hurry = Pacer(dict.fromkeys(RATES, Rate(1e6, 1000)))
        web = SlackWeb(build_client(BOT_TOKEN, slack.url), team="T1", pacer=hurry)
        with slack.held():
            root = slack.workspace.post(
                Message(team="T1", channel="C1", ts=slack.workspace.new_ts(), user="U1", text="?")
            )
        yield Bench(slack=slack, state=state, web=web, root=root.ts)
        state.close()
        assert slack.violations == []


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (("rewrite",), ["in_progress", "pending", "pending"]),
        (("retrieve",), ["in_progress", "pending", "pending"]),
        (("read",), ["complete", "in_progress", "pending"]),
        (("generate",), ["complete", "in_progress", "pending"]),
        (("retrieve", "read", "verify"), ["complete", "complete", "in_progress"]),
    ],
)
def test_the_plan_shows_how_far_the_work_is(
    bench: Bench, steps: tuple[StepName, ...], shown: list[str]
) -> None:
    reply = bench.reply()
    reply.open()
    for step in steps:
        reply.step(step)
    assert bench.plan(reply) == shown


@pytest.mark.parametrize(
    ("step", "is_opened"),
    [("rewrite", False), ("retrieve", True), ("read", True), ("generate", True), ("verify", True)],
)
def test_a_message_is_made_when_the_documents_are_searched(
    bench: Bench, step: StepName, is_opened: bool
) -> None:
    reply = bench.reply()
    reply.step(step)
    assert bool(reply.ts) == is_opened
    assert len(bench.said()) == is_opened


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
def test_the_answer_goes_out_though_its_message_was_deleted(bench: Bench, error: str) -> None:
    reply = bench.reply(may_stream=False)
    reply.open()
    opened = reply.ts
    bench.slack.fail_next(Fault(method="chat.update", error=error))
    reply.deliver(ANSWER)
    assert reply.ts != opened
    assert [m.text for m in bench.said() if m.ts == reply.ts] == [ANSWER.text]


def test_another_refusal_is_told(bench: Bench) -> None:
    reply = bench.reply(may_stream=False)
    reply.open()
    bench.slack.fail_next(Fault(method="chat.update", error="is_archived"))
    with pytest.raises(SlackCallError, match="is_archived"):
        reply.deliver(ANSWER)


def test_a_stream_that_is_over_is_taken_away(bench: Bench) -> None:
    reply = bench.reply()
    reply.open()
    assert reply.is_stream
    bench.slack.expire_stream("C1", reply.ts)
    reply.discard()
    assert bench.said() == []


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
def test_a_stream_that_somebody_deleted_needs_no_end(bench: Bench, error: str) -> None:
    reply = bench.reply()
    reply.open()
    bench.slack.fail_next(Fault(method="chat.stopStream", error=error))
    bench.slack.fail_next(Fault(method="chat.delete", error="message_not_found"))
    reply.discard()
    assert not bench.slack.has_faults


def test_a_stream_that_cannot_be_ended_is_told(bench: Bench) -> None:
    reply = bench.reply()
    reply.open()
    bench.slack.fail_next(Fault(method="chat.stopStream", error="is_archived"))
    with pytest.raises(SlackCallError, match="is_archived"):
        reply.discard()

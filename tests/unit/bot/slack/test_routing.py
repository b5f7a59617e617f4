"""What becomes of jobs that fail: again, told, or let be."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.local_slack.handmade import admit, mention
from tests.local_slack.server import Fault, LocalSlack
from tests.new_state import new_state
from tests.unit.bot.state.made import Clock

from aspire_bot.errors import GenerationError
from aspire_bot.local_slack.api.methods import BOT_TOKEN, BOT_USER
from aspire_bot.local_slack.events import event_body
from aspire_bot.slack.jobs.router import MAX_ATTEMPTS, PostponedError, Router
from aspire_bot.slack.jobs.task import AnyTask, Escalate, write_task
from aspire_bot.slack.listeners.events import PersonMessage, SlackEvent
from aspire_bot.slack.platform.metrics import Metrics
from aspire_bot.slack.platform.rates import RATES, Pacer, Rate
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.platform.workspaces import NotInstalledError, build_client
from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival, Job


@dataclass
class Bench:
    """A router over a real inbox, whose handlers do as a test says."""

    state: State
    clock: Clock
    slack: LocalSlack
    router: Router
    script: list[Exception | None] = field(default_factory=list[Exception | None])
    handled: int = 0

    def handle(self, job: Job, web: SlackWeb, what: object) -> None:
        del job, web, what
        self.handled += 1
        error = self.script.pop(0) if self.script else None
        if error is not None:
            raise error

    def put(self, event: Mapping[str, object], key: str = "Ev1") -> None:
        admit(self.slack, event)
        place = {name: str(event[name]) for name in ("channel", "user")}
        body = event_body(event, event_id=key)
        ts = str(event["ts"])
        arrival = Arrival(kind="event", key=key, team="T1", thread_ts=ts, body=body, **place)
        assert self.state.inbox.put(arrival) is not None

    def work_off(self, most: int = 100) -> int:
        """Work until nothing is left, letting time pass; give how often a job was claimed."""
        for claims in range(most):
            job = self.state.inbox.claim("bench")
            if job is None and not self.state.inbox.counts().waiting:
                return claims
            if job is not None:
                self.router.work(job)
            self.clock.pass_s(61)
        raise AssertionError("it never ends")

    def said(self) -> list[str]:
        messages = self.slack.workspace.all_messages()
        return [f"{m.text}" for m in messages if m.user == BOT_USER]


@pytest.fixture
def bench(tmp_path: Path) -> Generator[Bench]:
    clock = Clock()
    with LocalSlack(enforces_rates=False) as slack:
        state = open_state(new_state(tmp_path / "state.db"), clock=clock)
        hurry = Pacer(dict.fromkeys(RATES, Rate(1e6, 1000)))
        web = SlackWeb(build_client(BOT_TOKEN, slack.url), team="T1", pacer=hurry)
        made: list[Bench] = []

        def handle_event(job: Job, web: SlackWeb, slack_event: SlackEvent) -> None:
            made[0].handle(job, web, slack_event)

        def handle_task(job: Job, web: SlackWeb, task: AnyTask) -> None:
            made[0].handle(job, web, task)

        router = Router(
            inbox=state.inbox,
            web_of=lambda team: web,
            bot_user_of=lambda team: BOT_USER,
            events={PersonMessage: handle_event},
            tasks={Escalate: handle_task},
            metrics=Metrics(),
        )
        made.append(Bench(state=state, clock=clock, slack=slack, router=router))
        yield made[0]
        state.close()
        assert slack.violations == []


def _slack_error(code: str, *, retryable: bool = False) -> SlackCallError:
    return SlackCallError("chat.postMessage", code, retryable=retryable)


def test_what_may_be_tried_again_is(bench: Bench) -> None:
    bench.script = [_slack_error("ratelimited", retryable=True), GenerationError("slow"), None]
    bench.put(mention("What?"))
    bench.work_off()
    assert (bench.handled, bench.said()) == (3, [])


def test_to_wait_for_its_turn_is_no_attempt(bench: Bench) -> None:
    bench.script = [PostponedError(5.0)] * 50
    bench.put(mention("What?"))
    bench.work_off()
    assert (bench.handled, bench.said()) == (51, [])


@pytest.mark.parametrize(
    "error",
    [NotInstalledError("gone"), _slack_error("channel_not_found"), _slack_error("is_archived")],
)
def test_where_nobody_can_be_told_it_ends(bench: Bench, error: Exception) -> None:
    bench.script = [error]
    bench.put(mention("What?"))
    bench.work_off()
    assert (bench.handled, bench.said()) == (1, [])


@pytest.mark.parametrize(
    "make",
    [lambda: ValueError("inside"), lambda: _slack_error("invalid_blocks")],
    ids=["bug", "slack"],
)
def test_the_asker_is_told_of_all_else_once(bench: Bench, make: Callable[[], Exception]) -> None:
    bench.script = [make()]
    bench.put(mention("What?"))
    bench.slack.fail_next(Fault(method="chat.postMessage", drops_answer=True))
    bench.work_off()
    (told,) = bench.said()
    assert "Something went wrong" in told
    assert bench.handled == 1


def test_what_keeps_failing_is_given_up_and_told(bench: Bench) -> None:
    bench.script = [_slack_error("ratelimited", retryable=True) for _ in range(99)]
    bench.put(mention("何ですか?"))
    bench.work_off()
    assert bench.handled == MAX_ATTEMPTS
    (told,) = bench.said()
    assert "問題が発生" in told


def test_what_takes_the_process_down_is_given_up(bench: Bench) -> None:
    bench.put(mention("What?"))
    for _ in range(MAX_ATTEMPTS):
        assert bench.state.inbox.claim("dies") is not None
        bench.clock.pass_s(61)
    bench.work_off()
    assert bench.handled == 0
    assert "Something went wrong" in bench.said()[0]


def test_an_asker_who_cannot_be_told_is_left_in_the_end(bench: Bench) -> None:
    bench.script = [ValueError("inside")]
    bench.put(mention("What?"))
    bench.slack.fail_next(Fault(method="chat.postMessage", error="internal_error"), times=99)
    bench.work_off()
    assert bench.said() == []


def test_who_pressed_a_button_is_told_alone(bench: Bench) -> None:
    bench.script = [ValueError("inside")]
    workspace = bench.slack.workspace
    url = bench.slack.world.new_response_url(workspace, "U1", "C1")
    body = write_task(Escalate(user="U1", answer_id="a", response_url=url))
    bench.state.inbox.put(
        Arrival(kind="task", key="t", team="T1", channel="C1", user="U1", body=body)
    )
    bench.work_off()
    (told,) = workspace.all_messages()
    assert told.ephemeral_to == "U1"
    assert "Something went wrong" in told.text


@pytest.mark.parametrize("body", [{}, {"task": "unknown"}, {"event": {"type": "message"}}])
@pytest.mark.parametrize("kind", ["event", "task"])
def test_what_cannot_be_read_ends(bench: Bench, kind: str, body: Mapping[str, object]) -> None:
    bench.state.inbox.put(Arrival(kind=kind, key="x", team="T1", body=body))  # pyright: ignore[reportArgumentType]  one of the kinds
    assert bench.work_off() <= 3
    assert bench.said() == []

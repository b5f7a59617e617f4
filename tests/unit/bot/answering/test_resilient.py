"""A model asked with care: a scripted one fails in every way, and nobody really waits."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from aspire_bot.answering.chat import ChatMessage, ChatReply, ChatStream, Usage, estimated_usage
from aspire_bot.answering.limits import BreakerState, CircuitBreaker, DailyBudget, Deadline
from aspire_bot.answering.limits import MemoryLedger as Ledger
from aspire_bot.errors import FailureKind, GenerationError
from aspire_bot.llm.resilient import Patience, ResilientModel

MESSAGES = (ChatMessage(role="user", text="How much may be carried over?"),)
DAY = date(2026, 4, 6)


def failure(kind: FailureKind, retry_after_s: float | None = None) -> GenerationError:
    return GenerationError(f"it is {kind}", kind=kind, retry_after_s=retry_after_s)


Step = str | Exception
"""Said, or raised."""


@dataclass
class Scripted:
    """Each request gets the next reply; a reply may break off."""

    replies: Sequence[tuple[Step, ...]]
    usage: Usage = field(default_factory=Usage)
    name: str = "scripted/one"
    is_outside: bool = True
    asked: int = 0
    closed: bool = False

    def stream(
        self, messages: Sequence[ChatMessage], *, deadline: Deadline, max_tokens: int
    ) -> ChatStream:
        assert tuple(messages) == MESSAGES
        assert not deadline.is_over
        assert max_tokens == 50
        self.asked += 1
        return ChatStream(self._say(self.replies[self.asked - 1]))

    def _say(self, steps: tuple[Step, ...]) -> Generator[str, None, ChatReply]:
        for step in steps:
            if isinstance(step, Exception):
                raise step
            yield step
        return ChatReply(usage=self.usage, finish="stop")

    def close(self) -> None:
        self.closed = True


@dataclass
class Scene:
    """Everything around the model, and what was noticed."""

    model: Scripted
    per_day: int = 0
    now_s: float = 0.0
    slept: list[float] = field(default_factory=list[float])
    used: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    failures: list[FailureKind] = field(default_factory=list["FailureKind"])
    breaker_states: list[BreakerState] = field(default_factory=list["BreakerState"])
    ledger: Ledger = field(default_factory=Ledger)

    def __post_init__(self) -> None:
        self.breaker = CircuitBreaker(
            most_failures=2, rest_s=30, clock=self.clock, on_change=self.model_breaker
        )
        self.resilient = ResilientModel(
            self.model,
            breaker=self.breaker,
            budget=DailyBudget(self.ledger, self.per_day, today=lambda: DAY),
            watch=self,
            patience=Patience(sleep=self.sleep),
        )

    def clock(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds

    def model_used(self, prompt_tokens: int, completion_tokens: int) -> None:
        self.used.append((prompt_tokens, completion_tokens))

    def model_failed(self, kind: FailureKind) -> None:
        self.failures.append(kind)

    def model_breaker(self, state: BreakerState) -> None:
        self.breaker_states.append(state)

    def ask(self, within_s: float = 20) -> ChatStream:
        deadline = Deadline.after(within_s, self.clock)
        return self.resilient.stream(MESSAGES, deadline=deadline, max_tokens=50)


def test_it_passes_on_what_the_model_says() -> None:
    scene = Scene(Scripted([("One ", "two.")], usage=Usage(prompt_tokens=9, completion_tokens=2)))
    stream = scene.ask()
    assert list(stream) == ["One ", "two."]
    assert stream.reply == ChatReply(text="One two.", usage=scene.model.usage, finish="stop")
    assert scene.used == [(9, 2)]
    assert (scene.resilient.name, scene.resilient.is_outside) == ("scripted/one", True)
    scene.resilient.close()
    assert scene.model.closed


def test_nothing_is_asked_before_somebody_listens() -> None:
    scene = Scene(Scripted([]))
    scene.ask()
    assert scene.model.asked == 0


@pytest.mark.parametrize("kind", ["busy", "server", "connection"])
def test_what_may_pass_is_tried_again(kind: FailureKind) -> None:
    scene = Scene(Scripted([(failure(kind),), (failure(kind),), ("Yes.",)]))
    assert list(scene.ask()) == ["Yes."]
    assert scene.failures == [kind, kind]
    assert len(scene.slept) == 2
    assert scene.breaker.state == "closed"


@pytest.mark.parametrize(
    "kind", ["timeout", "refused", "unfit", "malformed", "flood", "empty", "stopped"]
)
def test_what_does_not_pass_is_not(kind: FailureKind) -> None:
    scene = Scene(Scripted([(failure(kind),), ("Yes.",)]))
    with pytest.raises(GenerationError):
        list(scene.ask())
    assert scene.model.asked == 1


def test_it_is_tried_three_times_at_most() -> None:
    scene = Scene(Scripted([(failure("server"),)] * 9))
    with pytest.raises(GenerationError):
        list(scene.ask())
    assert scene.model.asked == 3


def test_waits_are_random_below_a_bound_that_grows() -> None:
    waits: set[float] = set()
    for _ in range(40):
        scene = Scene(Scripted([(failure("server"),)] * 3))
        with pytest.raises(GenerationError):
            list(scene.ask())
        first, second = scene.slept
        assert 0 <= first <= 0.5
        assert 0 <= second <= 1.0
        waits |= {first, second}
    assert len(waits) > 60


def test_the_word_of_the_server_is_waited_for() -> None:
    scene = Scene(Scripted([(failure("busy", 3),), ("Yes.",)]))
    assert list(scene.ask()) == ["Yes."]
    assert 3 <= scene.slept[0] <= 3.5


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    scene = Scene(Scripted([(failure("busy", 19.5),), ("Yes.",)]))
    with pytest.raises(GenerationError) as raised:
        list(scene.ask())
    assert raised.value.kind == "busy"
    assert scene.slept == []


def test_after_the_first_piece_nothing_is_tried_again() -> None:
    scene = Scene(Scripted([("One ", failure("connection")), ("Other.",)]))
    stream = scene.ask()
    assert next(stream) == "One "
    with pytest.raises(GenerationError):
        next(stream)
    assert stream.reply.text == "One "
    assert scene.model.asked == 1
    assert scene.failures == ["connection"]


def test_a_model_that_says_nothing_has_failed() -> None:
    scene = Scene(Scripted([()]))
    with pytest.raises(GenerationError) as raised:
        list(scene.ask())
    assert raised.value.kind == "empty"


def test_a_model_that_keeps_failing_is_left_alone_and_tried_again() -> None:
    scene = Scene(Scripted([(failure("timeout"),), (failure("timeout"),), ("Yes.",), ("Yes.",)]))
    for _ in range(2):
        with pytest.raises(GenerationError):
            list(scene.ask())
    with pytest.raises(GenerationError) as raised:
        list(scene.ask())
    assert raised.value.kind == "resting"
    assert scene.model.asked == 2
    scene.now_s += 30
    assert list(scene.ask()) == ["Yes."]
    assert list(scene.ask()) == ["Yes."]
    assert scene.breaker_states == ["open", "half-open", "closed"]


def test_a_request_that_does_not_fit_says_nothing_of_the_model() -> None:
    scene = Scene(Scripted([(failure("unfit"),)] * 3 + [("Yes.",)]))
    for _ in range(3):
        with pytest.raises(GenerationError):
            list(scene.ask())
    assert list(scene.ask()) == ["Yes."]


def test_who_has_heard_enough_may_go_and_what_was_said_counts() -> None:
    scene = Scene(Scripted([("It is ten percent. ", "And more."), ("Yes.",)]), per_day=1_000)
    stream = scene.ask()
    next(stream)
    stream.close()
    used = estimated_usage(MESSAGES, "It is ten percent. ")
    assert scene.used == [(used.prompt_tokens, used.completion_tokens)]
    assert scene.ledger.add(DAY, 0) == used.total
    assert scene.breaker.state == "closed"
    assert scene.failures == []


def test_tokens_nobody_counted_are_estimated() -> None:
    scene = Scene(Scripted([("五億円です。",)]))
    stream = scene.ask()
    list(stream)
    assert stream.reply.usage == Usage(prompt_tokens=8, completion_tokens=6, is_estimated=True)


def test_the_day_is_charged_with_what_was_used() -> None:
    usage = Usage(prompt_tokens=9, completion_tokens=2)
    scene = Scene(Scripted([("Yes.",)] * 2, usage=usage), per_day=70)
    assert list(scene.ask()) == ["Yes."]
    assert scene.ledger.add(DAY, 0) == 11
    scene.ledger.add(DAY, 40)
    with pytest.raises(GenerationError) as raised:
        list(scene.ask())
    assert raised.value.kind == "budget"
    assert scene.model.asked == 1
    assert scene.ledger.add(DAY, 0) == 51
    assert scene.breaker.state == "closed"


def test_a_failure_costs_nothing_but_a_timeout_its_prompt() -> None:
    scene = Scene(Scripted([(failure("refused"),), (failure("timeout"),)]), per_day=1_000)
    for expected in (0, 8):
        with pytest.raises(GenerationError):
            list(scene.ask())
        assert scene.ledger.add(DAY, 0) == expected


def test_a_model_at_rest_costs_nothing() -> None:
    scene = Scene(Scripted([(failure("server"),)] * 6), per_day=1_000)
    for _ in range(3):
        with pytest.raises(GenerationError):
            list(scene.ask())
    assert scene.failures[-1] == "resting"
    assert scene.ledger.add(DAY, 0) == 0


def test_an_error_that_nobody_foresaw_says_nothing_of_the_model() -> None:
    # two failures would rest it; a success in between would forget the first
    scene = Scene(
        Scripted([(failure("empty"),), ("Up to", ValueError("odd")), (failure("empty"),)])
    )
    for expected in (GenerationError, ValueError, GenerationError):
        with pytest.raises(expected):
            list(scene.ask())
    assert scene.breaker_states == ["open"]


def test_a_reply_that_nobody_reads_to_its_end_was_a_reply() -> None:
    scene = Scene(Scripted([(failure("empty"),), ("Up to", " 10 %"), (failure("empty"),)]))
    with pytest.raises(GenerationError):
        list(scene.ask())
    stream = scene.ask()
    assert next(stream) == "Up to"
    stream.close()
    with pytest.raises(GenerationError):
        list(scene.ask())
    assert scene.breaker_states == []

"""Every provider's model keeps the same promises, whatever its server does."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from tests.local_models import FORMATS, THOUGHT, LocalModel, Reply, serving

from aspire_bot.answering.chat import ChatMessage, ChatReply, Usage
from aspire_bot.answering.limits import CircuitBreaker, DailyBudget, Deadline, MemoryLedger
from aspire_bot.errors import FailureKind, GenerationError
from aspire_bot.llm.chat_model import LlamaIndexChatModel
from aspire_bot.llm.model_choice import choose
from aspire_bot.llm.resilient import Patience, ResilientModel

KEY = "sk-very-secret"
PRIVATE = "the budget of nobody's business"
PROMPT = (
    ChatMessage(role="system", text="Answer."),
    ChatMessage(role="user", text=f"First {PRIVATE} \ud800?"),
    ChatMessage(role="assistant", text="So."),
    ChatMessage(role="user", text="And then?"),
)
LONG_S = 30.0
SLACK_S = 10.0
"""For a machine with other things to do; what hangs would take a minute."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    pieces: tuple[str, ...]
    reply: ChatReply
    error: GenerationError | None
    took_s: float

    @property
    def failure(self) -> FailureKind | None:
        return self.error.kind if self.error else None


Ask = Callable[..., Heard]


class Bench:
    """A local model, and ours that asks it."""

    def __init__(self, provider: str, stack: ExitStack) -> None:
        self.reply = Reply()
        self.server: LocalModel = stack.enter_context(serving(provider, lambda _asked: self.reply))
        self._stack = stack
        self.model = self.another()

    def another(self, *, first_token_s: float = LONG_S) -> LlamaIndexChatModel:
        chosen = choose(self.server.setting, base_url=self.server.base_url, api_key=KEY)
        model = LlamaIndexChatModel(chosen, first_token_s=first_token_s)
        self._stack.callback(model.close)
        return model

    def ask(self, reply: Reply, *, within_s: float = LONG_S, max_tokens: int = 50) -> Heard:
        self.reply = reply
        began = time.monotonic()
        deadline = Deadline.after(within_s)
        stream = self.model.stream(PROMPT, deadline=deadline, max_tokens=max_tokens)
        pieces: list[str] = []
        error = None
        try:
            pieces.extend(stream)
        except GenerationError as raised:
            error = raised
        took_s = time.monotonic() - began
        return Heard(pieces=tuple(pieces), reply=stream.reply, error=error, took_s=took_s)


@pytest.fixture(scope="module", params=FORMATS)
def opened(request: pytest.FixtureRequest) -> Generator[Bench]:
    with ExitStack() as stack:
        yield Bench(request.param, stack)


@pytest.fixture
def bench(opened: Bench) -> Generator[Bench]:
    """The same for all tests of a provider: a model takes a fifth of a second to make."""
    server, model = opened.server, opened.model
    for heard in (server.asked, server.refused, server.encodings):
        heard.clear()
    for event in (server.hung_up, server.released):
        event.clear()
    server.script = lambda _asked: opened.reply
    yield opened
    server.released.set()
    opened.model = model


def test_it_says_what_the_server_says(bench: Bench) -> None:
    heard = bench.ask(Reply(pieces=("It is 5億円 ", "a year ", "[1]. 🎈")))
    assert heard.error is None
    assert heard.pieces == ("It is 5億円 ", "a year ", "[1]. 🎈")
    assert heard.reply.text == "It is 5億円 a year [1]. 🎈"
    assert heard.reply.usage == Usage(prompt_tokens=11, completion_tokens=3)
    assert heard.reply.finish == "stop"
    assert bench.server.refused == []


def test_the_server_is_asked_just_what_was_meant(bench: Bench) -> None:
    bench.ask(Reply(pieces=("Yes.",)), max_tokens=77)
    (asked,) = bench.server.asked
    assert asked.key == KEY
    assert f"{bench.server.provider}/{asked.model}" == bench.model.name == bench.server.setting
    assert asked.system == "Answer."
    assert asked.messages == (
        ("user", f"First {PRIVATE} ??"),  # what no encoding holds is replaced
        ("assistant", "So."),
        ("user", "And then?"),
    )
    assert (asked.max_tokens, asked.temperature, asked.is_streamed) == (77, 0, True)
    assert bench.server.encodings == ["identity"]  # what is not packed can be measured
    assert not bench.model.is_outside


def test_each_piece_is_given_before_the_next_is_there(bench: Bench) -> None:
    bench.reply = Reply(pieces=("One ", "two"), ending="hang")
    stream = bench.model.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=50)
    assert next(stream) == "One "
    assert next(stream) == "two"
    assert stream.reply == ChatReply(text="One two")
    bench.server.released.set()
    with pytest.raises(GenerationError) as raised:
        next(stream)
    assert raised.value.kind == "stopped"


def test_a_server_that_does_not_stream_is_understood_and_remembered(bench: Bench) -> None:
    bench.model = bench.another()
    for text in ("One two.", "Three."):
        heard = bench.ask(Reply(pieces=(text,), is_never_streamed=True))
        assert (heard.error, heard.reply.text, heard.reply.finish) == (None, text, "stop")
        assert heard.reply.usage.prompt_tokens == 11
    assert len(bench.server.asked) <= 3  # the first question may take two requests


def test_a_reply_cut_at_the_most_tokens_says_so(bench: Bench) -> None:
    heard = bench.ask(Reply(pieces=("One ", "two"), ending="length"))
    assert (heard.error, heard.reply.text, heard.reply.finish) == (None, "One two", "length")


def test_a_reply_that_a_filter_cut_is_not_taken_for_whole(bench: Bench) -> None:
    heard = bench.ask(Reply(pieces=("One ", "two"), ending="refused"))
    assert (heard.error, heard.reply.text, heard.reply.finish) == (None, "One two", "length")


def test_a_refusal_without_a_word_is_a_failure(bench: Bench) -> None:
    heard = bench.ask(Reply(ending="refused"))
    assert (heard.pieces, heard.failure) == ((), "empty")


@pytest.mark.parametrize("is_streamed", [True, False], ids=["streamed", "whole"])
def test_what_a_model_does_beside_its_answer_is_not_said(bench: Bench, is_streamed: bool) -> None:
    bench.model = bench.another()
    reply = Reply(pieces=("Yes", " [1]."), has_asides=True, is_never_streamed=not is_streamed)
    heard = bench.ask(reply)
    assert (heard.error, heard.reply.text) == (None, "Yes [1].")
    assert heard.reply.usage.prompt_tokens == 11
    assert THOUGHT.strip() not in "".join(heard.pieces)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"429", b'"slow down"', b"<html>no</html>", b'{"error": null}',
        b'{"error": "slow down"}', b'{"error": {"message": 5}}', b'[{"error": {"code": 429}}]',
        b'{"detail": [{"msg": "slow down"}]}', b"\xff\xfe", b'{"error": {"mess',
    ],
)  # fmt: skip
def test_the_form_of_an_error_does_not_matter(bench: Bench, body: bytes) -> None:
    heard = bench.ask(Reply(status=429, body=body or b" ", headers={"Retry-After": "3"}))
    assert heard.error is not None
    assert (heard.failure, heard.error.retry_after_s) == ("busy", 3)


def test_usage_that_is_not_told_is_nought(bench: Bench) -> None:
    heard = bench.ask(Reply(pieces=("Yes.",), has_usage=False))
    assert (heard.error, heard.reply.usage) == (None, Usage())


@pytest.mark.parametrize("ending", ["torn", "short"])
def test_a_reply_that_breaks_off_leaves_what_came(bench: Bench, ending: str) -> None:
    heard = bench.ask(Reply(pieces=("It is ", "5 milli"), ending=ending))  # pyright: ignore[reportArgumentType]  one of them
    assert heard.reply == ChatReply(text="It is 5 milli")
    assert heard.failure == "stopped"


def test_an_empty_reply_is_a_failure(bench: Bench) -> None:
    heard = bench.ask(Reply())
    assert (heard.pieces, heard.failure) == ((), "empty")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(hangs_first=True),
        Reply(pieces=("One ", "two"), ending="hang"),
        Reply(pieces=("One ",) * 200, pause_s=0.05),
    ],
    ids=["before", "after", "dripping"],
)
def test_a_hang_costs_the_deadline_at_most(bench: Bench, reply: Reply) -> None:
    bench.ask(Reply(pieces=("Warm.",)))
    heard = bench.ask(reply, within_s=0.5)
    assert heard.failure == "timeout"
    assert 0.5 <= heard.took_s < 0.5 + SLACK_S
    assert heard.reply.text == "".join(reply.pieces)[: len(heard.reply.text)]


def test_the_first_word_has_a_deadline_of_its_own(bench: Bench) -> None:
    bench.model = bench.another(first_token_s=0.3)
    heard = bench.ask(Reply(hangs_first=True))
    assert heard.failure == "timeout"
    assert heard.took_s < SLACK_S


def test_whoever_stops_listening_lets_the_server_know(bench: Bench) -> None:
    bench.reply = Reply(pieces=("One ",), ending="flood")
    stream = bench.model.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=50)
    assert next(stream) == "One "
    stream.close()
    assert stream.reply == ChatReply(text="One ")
    assert bench.server.hung_up.wait(SLACK_S)


@pytest.mark.parametrize(
    ("status", "kind", "is_retryable"),
    [
        (429, "busy", True),
        (529, "busy", True),
        (500, "server", True),
        (503, "server", True),
        (400, "unfit", False),
        (401, "refused", False),
        (404, "refused", False),
        (307, "refused", False),
    ],
)
def test_a_refusal_is_told_by_its_kind(
    bench: Bench, status: int, kind: FailureKind, is_retryable: bool
) -> None:
    headers = {"Retry-After": "7", "Location": f"{bench.server.url}/elsewhere"}
    heard = bench.ask(Reply(status=status, headers=headers))
    assert heard.error is not None
    assert heard.failure == kind
    assert heard.error.retryable == is_retryable
    assert heard.error.retry_after_s == 7
    assert str(status) in str(heard.error)
    requests = len(bench.server.asked)
    assert requests == 1 or (requests == 2 and status == 400)  # once more without mere wishes
    assert bench.server.refused == []  # nobody went elsewhere


def test_no_failure_tells_a_key_or_a_prompt(bench: Bench) -> None:
    for reply in (Reply(status=500), Reply(status=401), Reply(body=f"{KEY} {PRIVATE}".encode())):
        heard = bench.ask(reply)
        error: BaseException | None = heard.error
        assert error is not None
        while error is not None:
            assert KEY not in str(error)
            assert PRIVATE not in str(error)
            error = error.__cause__ or error.__context__


EVENTS = {"Content-Type": "text/event-stream"}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b'{"choices": 3'),
        Reply(body=b"<html>it works</html>", headers={"Content-Type": "text/html"}),
        Reply(body=b"[]"),
        Reply(body=b"null"),
        Reply(body=b'{"choices": [], "content": [], "candidates": []}'),
        Reply(body=b'data: {"choices": [{"del\n\n', headers=EVENTS),
        Reply(body=b"data: null\n\n", headers=EVENTS),
        Reply(body=b'data: {"choices": 5, "candidates": 5}\n\n', headers=EVENTS),
        Reply(body=b"\xff\xfe\x00data: ", headers=EVENTS),
        Reply(body=b"", headers=EVENTS),
        Reply(body=b"data: {}\n\n", headers={**EVENTS, "Content-Encoding": "gzip"}),
    ],
)
def test_what_is_no_reply_is_none(bench: Bench, reply: Reply) -> None:
    bench.model = bench.another()
    heard = bench.ask(reply)
    assert heard.pieces == ()
    assert heard.failure in ("malformed", "connection", "empty")


@pytest.mark.parametrize("ending", ["flood", "line"])
def test_a_flood_is_cut(bench: Bench, ending: str) -> None:
    heard = bench.ask(Reply(pieces=("One ",), ending=ending))  # pyright: ignore[reportArgumentType]  one of them
    assert heard.failure == "flood"
    assert len(heard.reply.text) <= 20_000
    assert bench.server.hung_up.wait(SLACK_S)


def test_a_server_that_is_not_there_is_told(bench: Bench) -> None:
    setting, nowhere = bench.server.setting, "http://127.0.0.1:9"
    chosen = choose(setting, base_url=nowhere, api_key=KEY)
    model = LlamaIndexChatModel(chosen, first_token_s=LONG_S)
    with pytest.raises(GenerationError) as raised:
        next(model.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=9))
    assert raised.value.kind == "connection"
    model.close()


def test_many_are_answered_at_once_each_with_their_own(bench: Bench) -> None:
    bench.server.script = lambda asked: Reply(pieces=(asked.messages[-1][1], "!"))
    heard: dict[int, str] = {}

    def ask(number: int) -> None:
        prompt = (ChatMessage(role="user", text=f"number {number}"),)
        deadline = Deadline.after(LONG_S)
        heard[number] = "".join(bench.model.stream(prompt, deadline=deadline, max_tokens=9))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: f"number {number}!" for number in range(8)}


def test_no_thread_outlives_what_hung(bench: Bench) -> None:
    bench.ask(Reply(pieces=("Warm.",)))
    bench.ask(Reply(hangs_first=True), within_s=0.3)
    until = time.monotonic() + SLACK_S
    while any(thread.name == "chat model" for thread in threading.enumerate()):
        assert time.monotonic() < until, "a reading thread is still there"
        time.sleep(0.02)


def test_thoughts_are_not_said(bench: Bench) -> None:
    heard = bench.ask(Reply(pieces=("<thi", "nk>Let me see [9].", "</thi", "nk>\n\n", "Yes [1].")))
    assert heard.reply.text == "Yes [1]."


@pytest.mark.parametrize(
    ("provider", "model", "path"),
    [("azure", "our-deployment", ""), ("azure", "ours", "/openai/v1"), ("openai", "gpt-4o", "/v1")],
)
def test_others_speak_openais_format_too(provider: str, model: str, path: str) -> None:
    with serving("openai-like", lambda _: Reply(pieces=("Yes", "."))) as server:
        chosen = choose(f"{provider}/{model}", base_url=f"{server.url}{path}", api_key=KEY)
        opened = LlamaIndexChatModel(chosen, first_token_s=LONG_S)
        stream = opened.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=33)
        assert list(stream) == ["Yes", "."]
        assert stream.reply.usage == Usage(prompt_tokens=11, completion_tokens=2)
        opened.close()
    (asked,) = server.asked
    assert (asked.key, asked.model, asked.max_tokens) == (KEY, model, 33)
    assert server.refused == []


def test_the_servers_word_on_when_to_come_back_is_kept_within_the_deadline(bench: Bench) -> None:
    waits: list[float] = []
    patient = ResilientModel(
        bench.model,
        breaker=CircuitBreaker(),
        budget=DailyBudget(MemoryLedger(), 0),
        patience=Patience(first_wait_s=0.0, longest_wait_s=0.0, sleep=waits.append),
    )
    replies = iter([Reply(status=429, headers={"Retry-After": "2"}), Reply(pieces=("Yes.",))])
    bench.server.script = lambda _: next(replies)
    stream = patient.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=9)
    assert "".join(stream) == "Yes."
    assert waits == [2]
    bench.server.script = lambda _: Reply(status=429, headers={"Retry-After": "60"})
    with pytest.raises(GenerationError) as raised:
        list(patient.stream(PROMPT, deadline=Deadline.after(LONG_S), max_tokens=9))
    assert raised.value.kind == "busy"
    assert waits == [2]  # a minute is more than there is

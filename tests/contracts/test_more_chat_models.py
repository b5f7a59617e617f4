"""Ollama and Bedrock: what `test_chat_model` asks of the others, as far as their libraries can."""

import importlib.util
import time
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from tests.local_models import THOUGHT, LocalModel, Reply, serving

from aspire_bot.answering.chat import ChatMessage, ChatReply, Usage
from aspire_bot.answering.limits import Deadline
from aspire_bot.errors import FailureKind, GenerationError
from aspire_bot.llm.chat_model import LlamaIndexChatModel
from aspire_bot.llm.model_choice import choose
from aspire_bot.llm.providers import PROVIDERS

KEY = "AKIAVERYSECRETKEY"
PRIVATE = "the budget of nobody's business"
PROMPT = (
    ChatMessage(role="system", text="Answer."),
    ChatMessage(role="user", text=f"First {PRIVATE}?"),
)
LONG_S = 30.0
SLACK_S = 10.0


class Bench:
    def __init__(self, provider: str, stack: ExitStack) -> None:
        self.reply = Reply()
        self.server: LocalModel = stack.enter_context(serving(provider, lambda _: self.reply))
        chosen = choose(self.server.setting, base_url=self.server.url, api_key=KEY, max_tokens=77)
        self.model = LlamaIndexChatModel(chosen, first_token_s=LONG_S)
        stack.callback(self.model.close)

    def ask(
        self, reply: Reply, *, within_s: float = LONG_S
    ) -> tuple[ChatReply, GenerationError | None]:
        self.reply = reply
        deadline = Deadline.after(within_s)
        stream = self.model.stream(PROMPT, deadline=deadline, max_tokens=77)
        try:
            list(stream)
        except GenerationError as error:
            return stream.reply, error
        return stream.reply, None


@pytest.fixture(scope="module", params=["ollama", "bedrock"])
def bench(request: pytest.FixtureRequest) -> Generator[Bench]:
    provider: str = request.param
    module = f"llama_index.llms.{PROVIDERS[provider].module}"
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"not installed: the extra `{provider}`; `make setup` has it")
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": "very-secret",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        yield Bench(provider, stack)


def test_it_says_what_the_server_says(bench: Bench) -> None:
    reply, error = bench.ask(Reply(pieces=("It is 5億円 ", "a year ", "[1]. 🎈")))
    assert error is None
    assert reply == ChatReply(
        text="It is 5億円 a year [1]. 🎈",
        usage=Usage(prompt_tokens=11, completion_tokens=3),
        finish="stop",
    )
    asked = bench.server.asked[-1]
    assert (asked.key, asked.system, asked.max_tokens, asked.temperature) == (KEY, "Answer.", 77, 0)
    assert asked.messages == (("user", f"First {PRIVATE}?"),)
    assert bench.server.refused == []


def test_a_cut_reply_says_so(bench: Bench) -> None:
    reply, error = bench.ask(Reply(pieces=("One ", "two"), ending="length"))
    assert (error, reply.text, reply.finish) == (None, "One two", "length")


def test_what_a_model_does_beside_its_answer_is_not_said(bench: Bench) -> None:
    reply, error = bench.ask(Reply(pieces=("Yes", " [1]."), has_asides=True))
    assert (error, reply.text) == (None, "Yes [1].")
    assert THOUGHT.strip() not in reply.text


def test_an_empty_reply_is_a_failure(bench: Bench) -> None:
    _, error = bench.ask(Reply())
    assert error is not None
    assert error.kind == "empty"


def test_a_reply_that_breaks_off_leaves_what_came(bench: Bench) -> None:
    reply, error = bench.ask(Reply(pieces=("It is ", "5 milli"), ending="torn"))
    assert reply.text == "It is 5 milli"
    assert error is not None
    assert error.kind == "stopped"


@pytest.mark.parametrize(
    "reply",
    [Reply(hangs_first=True), Reply(pieces=("One ",), ending="hang")],
    ids=["before", "after"],
)
def test_a_hang_costs_the_deadline_at_most(bench: Bench, reply: Reply) -> None:
    bench.server.released.clear()
    began = time.monotonic()
    _, error = bench.ask(reply, within_s=0.5)
    bench.server.released.set()
    assert error is not None
    assert error.kind == "timeout"
    assert time.monotonic() - began < SLACK_S


@pytest.mark.parametrize(
    ("status", "kind"), [(429, "busy"), (500, "server"), (400, "unfit"), (403, "refused")]
)
def test_a_refusal_is_told_by_its_kind_and_tells_no_secret(
    bench: Bench, status: int, kind: FailureKind
) -> None:
    before = len(bench.server.asked)
    for body in (None, b"no JSON", b'{"error": 5}'):
        _, error = bench.ask(replace(Reply(status=status), body=body))
        assert error is not None
        assert error.kind == kind
        said: BaseException | None = error
        while said is not None:
            assert KEY not in str(said)
            assert PRIVATE not in str(said)
            said = said.__cause__ or said.__context__
    assert len(bench.server.asked) == before + 3  # the library itself tries nothing again

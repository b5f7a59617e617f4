"""A GGUF file run by the bot itself: a real model in a real child process."""

import os
import signal
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from tests.small_model import weights

from aspire_bot.answering.chat import ChatMessage
from aspire_bot.answering.limits import Deadline
from aspire_bot.doctor.models import check_models
from aspire_bot.errors import GenerationError
from aspire_bot.llm.local.chat_model import (
    MOST_WAITING,
    LocalChatModel,
    LocalOptions,
    open_local_model,
)
from aspire_bot.settings import Settings

PATIENT_S = 300.0
"""This machine may have other things to do; the model alone needs a second."""
SHORT = (
    ChatMessage(role="system", text="You are helpful \ud800."),
    ChatMessage(role="user", text="Name a colour."),
)
LONG = (ChatMessage(role="user", text="Write a long story about a river and a mountain."),)
Open = Callable[..., LocalChatModel]


@pytest.fixture(scope="module")
def file() -> Path:
    found = weights()
    if found is None:
        pytest.skip("the small language model is not installed: make setup")
    return found


@pytest.fixture(scope="module")
def model(file: Path) -> Generator[LocalChatModel]:
    options = LocalOptions(context=1_024, threads=1, first_token_s=PATIENT_S)
    opened = open_local_model(f"local/{file}", options)
    yield opened
    opened.close()


def ask(
    model: LocalChatModel,
    messages: tuple[ChatMessage, ...] = SHORT,
    *,
    within_s: float = PATIENT_S,
    max_tokens: int = 4,
) -> str:
    stream = model.stream(messages, deadline=Deadline.after(within_s), max_tokens=max_tokens)
    return "".join(stream)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_answers_in_pieces_and_counts_tokens(model: LocalChatModel) -> None:
    stream = model.stream(SHORT, deadline=Deadline.after(PATIENT_S), max_tokens=6)
    pieces = list(stream)
    reply = stream.reply
    assert len(pieces) > 1
    assert reply.text == "".join(pieces) != ""
    assert reply.usage.completion_tokens <= 6
    assert reply.finish == ("length" if reply.usage.completion_tokens == 6 else "stop")
    # the file's own template: two turns take its marks, and nothing is estimated
    assert 15 < reply.usage.prompt_tokens < 60
    assert not reply.usage.is_estimated
    assert ask(model, max_tokens=6) == reply.text  # the same words to the same question


def test_the_deadline_ends_the_child_and_another_takes_its_place(model: LocalChatModel) -> None:
    ask(model)
    before = model.pid
    assert before is not None
    began = time.monotonic()
    with pytest.raises(GenerationError) as raised:
        ask(model, LONG, within_s=0.4, max_tokens=900)
    assert raised.value.kind == "timeout"
    assert time.monotonic() - began < 10
    assert not is_running(before)
    assert model.pid not in (None, before)  # loads while nobody waits
    assert ask(model)


def test_a_reply_that_nobody_wants_stops_and_leaves_the_child(model: LocalChatModel) -> None:
    ask(model)
    before = model.pid
    stream = model.stream(LONG, deadline=Deadline.after(PATIENT_S), max_tokens=900)
    next(stream)
    stream.close()
    assert ask(model)
    assert model.pid == before


def test_a_child_that_died_is_begun_anew(model: LocalChatModel) -> None:
    ask(model)
    before = model.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    while model.pid == before:  # the system takes a moment
        time.sleep(0.01)
    assert ask(model)
    assert model.pid not in (None, before)


def test_a_child_that_dies_in_the_midst_of_a_reply_breaks_it_off(model: LocalChatModel) -> None:
    stream = model.stream(LONG, deadline=Deadline.after(PATIENT_S), max_tokens=900)
    next(stream)
    assert model.pid is not None
    os.kill(model.pid, signal.SIGKILL)
    with pytest.raises(GenerationError) as raised:
        list(stream)
    assert raised.value.kind == "stopped"


def test_a_prompt_beyond_the_context_is_refused_and_the_next_is_answered(
    model: LocalChatModel,
) -> None:
    with pytest.raises(GenerationError, match="ASPIRE_LLM_CONTEXT_TOKENS") as raised:
        ask(model, (ChatMessage(role="user", text="one two " * 1_000),))
    assert raised.value.kind == "unfit"
    assert ask(model)


def test_one_at_a_time_and_not_too_many_wait(model: LocalChatModel) -> None:
    first = model.stream(LONG, deadline=Deadline.after(PATIENT_S), max_tokens=900)
    next(first)
    with pytest.raises(GenerationError, match="no time") as late:
        ask(model, within_s=0.05)
    assert late.value.kind == "timeout"
    said: list[str] = []
    waiting = [
        threading.Thread(target=lambda: said.append(ask(model, max_tokens=1)))
        for _ in range(MOST_WAITING)
    ]
    for thread in waiting:
        thread.start()
    until = time.monotonic() + 10
    kinds: list[str] = []
    while "busy" not in kinds:
        assert time.monotonic() < until, kinds
        with pytest.raises(GenerationError) as full:
            ask(model, within_s=0.05)
        kinds.append(full.value.kind)
    first.close()
    for thread in waiting:
        thread.join(PATIENT_S)
    assert len(said) == MOST_WAITING


def test_closing_ends_the_child(file: Path) -> None:
    model = open_local_model(f"local/{file}", LocalOptions(context=1_024, threads=1))
    model.prepare()
    pid = model.pid
    assert pid is not None
    model.close()
    assert not is_running(pid)
    with pytest.raises(GenerationError):
        ask(model)
    assert model.pid is None


def test_weights_that_are_broken_off_are_refused_by_the_child(file: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.gguf"
    with file.open("rb") as whole:
        short.write_bytes(whole.read(5_000_000))
    model = open_local_model(f"local/{short}", LocalOptions(context=1_024, threads=1))
    with pytest.raises(GenerationError, match="cannot be loaded by") as raised:
        ask(model)
    assert raised.value.kind == "refused"
    model.close()


def test_doctor_has_it_say_a_word(file: Path, tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path, llm=f"local/{file}", llm_context_tokens=1_024, llm_threads=1,
        llm_first_token_s=PATIENT_S, llm_max_tokens=16, embedding="openai-like/none",
    )  # fmt: skip
    checks = check_models(settings)
    (check,) = (one for one in checks if one.name == "language model")
    assert check.state == "ok", check
    assert check.found.startswith(f"local/{file.name}, inside this network: answers")

"""Replies as they come, token estimates, and thoughts that are left out."""

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.chat import ChatReply, ChatStream, Usage, estimated_tokens
from aspire_bot.errors import GenerationError
from aspire_bot.llm.thinking import ThinkingFilter


def test_a_reply_is_whole_when_it_is_over() -> None:
    def pieces() -> Generator[str, None, ChatReply]:
        yield "One "
        yield "two."
        return ChatReply(usage=Usage(prompt_tokens=5), finish="length")

    stream = ChatStream(pieces())
    next(stream)
    assert stream.reply == ChatReply(text="One ")
    assert list(stream) == ["two."]
    assert list(stream) == []
    assert stream.reply == ChatReply(text="One two.", usage=Usage(prompt_tokens=5), finish="length")


def test_what_came_before_a_failure_stays() -> None:
    def pieces() -> Generator[str, None, ChatReply]:
        yield "One "
        raise GenerationError("broken", kind="stopped")

    stream = ChatStream(pieces())
    next(stream)
    with pytest.raises(GenerationError):
        next(stream)
    assert stream.reply == ChatReply(text="One ")


def test_use_adds_up_and_estimates_stay_estimates() -> None:
    exact = Usage(prompt_tokens=1, completion_tokens=2)
    guess = Usage(prompt_tokens=3, completion_tokens=4, is_estimated=True)
    assert exact + guess == Usage(prompt_tokens=4, completion_tokens=6, is_estimated=True)
    assert (exact + guess).total == 10


def test_estimates_are_rather_too_high() -> None:
    # of common tokenizers: 9, 14 and 0
    assert estimated_tokens("The budget per project is 100 million yen.") >= 9
    assert estimated_tokens("一課題あたりの予算は1億円です。") >= 14
    assert estimated_tokens("") == 0


def through(pieces: list[str]) -> str:
    thinking = ThinkingFilter()
    return "".join([*map(thinking.feed, pieces), thinking.close()])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("<think>Let me see.</think>\n\nYes [1].", "Yes [1]."),
        ("  \n<think></think>Yes.", "Yes."),
        ("<think>for ever and ever", ""),
        ("Yes. <think>not at the beginning</think>", "Yes. <think>not at the beginning</think>"),
        ("<thin", "<thin"),
        ("<thinker> is a word", "<thinker> is a word"),
        ("", ""),
        ("Plain.", "Plain."),
    ],
)
def test_thoughts_are_left_out(said: str, kept: str) -> None:
    assert through([said]) == kept
    assert through(list(said)).lstrip() == kept.lstrip()


@given(st.lists(st.sampled_from(["<think>", "</think>", "<th", "ink>", "a", " ", "\n", "<", "/"])))
def test_how_it_is_cut_makes_no_difference(pieces: list[str]) -> None:
    assert through(pieces).split() == through(["".join(pieces)]).split()

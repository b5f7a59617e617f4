"""A real model behind a real server, through the same settings as any other."""

from pathlib import Path

import pytest
from tests.small_model import MODEL

from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.types import Question
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.errors import GenerationError
from aspire_bot.evaluation.facts import sentences_of, unstated
from aspire_bot.llm.language_model import build_chat_model
from aspire_bot.settings import Settings

PATIENT_S = 300.0
"""This machine may have other things to do; the model alone needs some seconds."""


def settings(home: Path, url: str) -> Settings:
    return Settings(
        home=home,
        llm=f"openai-like/{MODEL}",
        llm_base_url=url,
        llm_timeout_s=PATIENT_S,
        llm_first_token_s=PATIENT_S,
    )


def test_it_answers_our_prompt_and_counts_its_tokens(
    small_model_url: str, assistant: Assistant, tmp_path: Path
) -> None:
    question = Question(text="How much may be carried over to the next year?")
    passages = assistant.retrieve(question)[:1]
    messages, prompt_hash = load_prompts().answer_messages(question.text, (), passages, "en")
    model = build_chat_model(settings(tmp_path, small_model_url))
    assert model is not None
    assert not model.is_outside
    stream = model.stream(messages, deadline=Deadline.after(PATIENT_S), max_tokens=24)
    pieces = list(stream)
    model.close()
    reply = stream.reply
    assert len(pieces) > 5
    assert reply.text == "".join(pieces)
    assert len(prompt_hash) == 12
    assert reply.usage.prompt_tokens > 300
    assert len(pieces) <= reply.usage.completion_tokens <= 24
    assert reply.finish == ("length" if reply.usage.completion_tokens == 24 else "stop")


def test_it_is_left_when_the_time_is_over(small_model_url: str, tmp_path: Path) -> None:
    messages, _ = load_prompts().rewrite_messages("Count from one to one thousand.", (), "en")
    model = build_chat_model(settings(tmp_path, small_model_url))
    assert model is not None
    deadline, late = Deadline.after(0.5), Deadline.after(10.5)
    with pytest.raises(GenerationError) as raised:
        list(model.stream(messages, deadline=deadline, max_tokens=2_000))
    assert raised.value.kind == "timeout"
    assert not late.is_over
    model.close()


@pytest.mark.parametrize(
    "asked",
    ["How much may be carried over to the next year?"],
)
def test_nothing_false_about_numbers_dates_and_names_is_posted(
    small_model_url: str, home: Path, asked: str
) -> None:
    """`make bench` asks it all development questions."""
    short = settings(home, small_model_url).model_copy(update={"llm_max_tokens": 60})
    with open_assistant(short) as assistant:
        answer = assistant.answer(Question(text=asked))
    assert answer.outcome == "answered"
    assert answer.trace is not None
    assert answer.trace.completion_tokens > 0
    if answer.model != "extractive":
        assert [
            unstated(said, asked) for said in sentences_of(answer) if unstated(said, asked)
        ] == []

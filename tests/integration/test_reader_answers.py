"""Answers of the model that reads, over a real index: what it says holds, and how sure it is."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from aspire_bot.answering.quotes.citations import holds
from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.messages import phrases
from aspire_bot.settings import Settings


@pytest.fixture(scope="module")
def reading(home: Path) -> Generator[Assistant]:
    with open_assistant(Settings(home=home, reader="embedded")) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who moderated the bioengineering field meeting?", "Hiroshi Shimizu"),
        ("When was the bioengineering field meeting held?", "November 4, 2025"),
        ("領域会議はいつ開催されましたか", "2025年11月4日"),
    ],
)
def test_the_sentence_that_answers_is_said(reading: Assistant, text: str, words: str) -> None:
    answer = reading.answer(Question(text=text))
    assert answer.outcome == "answered"
    assert words in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "What are the goals of ASPIRE?",
        "How much can a project carry over without approval?",
        "Can I bring my dog to the field meeting?",
        "領域会議の司会は誰でしたか",
    ],
)
def test_quotes_hold_and_what_is_not_sure_says_so_first(reading: Assistant, text: str) -> None:
    answer = reading.answer(Question(text=text))
    hedge = phrases(answer.language).answer.hedged
    assert (answer.certainty is None) == (answer.outcome != "answered")
    assert answer.text.startswith(hedge) == (answer.certainty == "hedged")
    with reading.reader() as index:
        for citation in answer.citations:
            assert holds(citation, index.document(citation.document.document_id))


@pytest.mark.parametrize("settings", [{"reader": "none"}, {"reader": "none", "sure_from": 0.0}])
def test_where_nothing_reads_words_and_vectors_choose_and_every_answer_is_hedged(
    home: Path, settings: dict[str, Any]
) -> None:
    asked = ("Who moderated the bioengineering field meeting?", "What are the goals of ASPIRE?")
    with open_assistant(Settings(home=home, **settings)) as assistant:
        answers = [assistant.answer(Question(text=text)) for text in asked]
    assert {answer.certainty for answer in answers} == {"hedged"}
    assert "Hiroshi Shimizu" in answers[0].text
    assert all(answer.text.startswith(phrases("en").answer.hedged) for answer in answers)


def test_what_is_not_sure_names_whom_to_ask(home: Path) -> None:
    asked = Question(text="Who moderated the bioengineering field meeting?")
    for sure_from, is_named in ((1.0, True), (0.0, False)):
        settings = Settings(
            home=home, contact="office@example.org", answer_from=0.0, sure_from=sure_from
        )
        with open_assistant(settings) as assistant:
            answer = assistant.answer(asked)
        assert answer.text.endswith("Please ask office@example.org.") == is_named


def test_bands_are_settings(home: Path) -> None:
    asked = Question(text="Who moderated the bioengineering field meeting?")
    said: list[str | None] = []
    for low, high in ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0)):
        settings = Settings(home=home, reader="embedded", answer_from=low, sure_from=high)
        with open_assistant(settings) as assistant:
            said.append(assistant.answer(asked).certainty)
    assert said == ["sure", "hedged", None]

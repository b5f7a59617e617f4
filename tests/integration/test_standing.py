"""An assistant of a process that stays makes itself ready before it is asked."""

import logging
import threading
from pathlib import Path

import pytest

from aspire_bot.answering.pipeline import AnswerPipeline
from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import ModelUpkeep, open_standing_assistant
from aspire_bot.settings import Settings
from aspire_ingest.index import IndexMissingError


def rehearsed() -> None:
    for thread in threading.enumerate():
        if thread.name == "rehearsal":
            thread.join(60)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_has_searched_in_both_languages(
    home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    searched: list[str] = []
    real = AnswerPipeline.evidence

    def recorded(pipeline: AnswerPipeline, question: Question, index: object) -> object:
        query, ranking, evidence = real(pipeline, question, index)  # pyright: ignore[reportArgumentType]
        if evidence:
            searched.append(query.language)
        return query, ranking, evidence

    monkeypatch.setattr(AnswerPipeline, "evidence", recorded)
    with open_standing_assistant(Settings(home=home), ModelUpkeep()):
        rehearsed()
    assert language in searched


def test_without_an_index_the_first_question_says_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.INFO, "aspire_bot.bootstrap"),
        open_standing_assistant(Settings(home=tmp_path), ModelUpkeep()) as assistant,
    ):
        rehearsed()
        with pytest.raises(IndexMissingError, match="aspire-ingest"):
            assistant.answer(Question(text="What is ASPIRE?"))
    assert "not ready yet" in caplog.text

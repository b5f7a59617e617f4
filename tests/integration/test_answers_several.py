"""A question about time among several things asked: each is answered in its own way."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from tests.memory_index import MemoryIndex
from tests.unit.bot.answering.made import EMBEDDER, index, info
from tests.unmet import UNMET

from aspire_bot.answering.pipeline import AnswerPipeline
from aspire_bot.answering.quotes.citations import markers_match
from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.answering.verify import is_sound
from aspire_bot.bootstrap import build_pipeline
from aspire_bot.settings import Settings

NOW = datetime(2031, 6, 2, 3, tzinfo=UTC)


@cache
def pipeline() -> AnswerPipeline:
    return build_pipeline(Settings(home=Path("nowhere")), EMBEDDER, now=lambda: NOW)


@cache
def made() -> MemoryIndex:
    return index(
        (
            "# Larch call\n\nThe Larch call closes at 17:00 JST on 16 June 2031.",
            info("larch", title="Larch call", kind="call"),
        ),
        (
            "# Travel\n\nThe ceiling for travel is 800,000 yen a year.",
            info("travel", title="Travel"),
        ),
        (
            "# 旅費\n\n旅費の上限額は年間80万円です。",
            info("ryohi", title="旅費", language="ja"),
        ),
    )


def ask(text: str) -> Answer:
    answer = pipeline().answer(Question(text=text), made())
    assert markers_match(answer.text, answer.citations)
    return answer


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "What is the ceiling for travel, and which calls are open now?",
            ["“What is the ceiling for travel”:", "“which calls are open now?”:"],
        ),
        (
            "Which calls are open? And what is the ceiling for travel?",
            ["“Which calls are open?”:", "“what is the ceiling for travel?”:"],
        ),
    ],
)
def test_each_is_answered_under_its_own_line(text: str, lines: list[str]) -> None:
    answer = ask(text)
    assert answer.outcome == "answered"
    assert is_sound(answer, made())
    said = answer.text
    assert [said.index(line) for line in lines] == sorted(said.index(line) for line in lines)
    assert "(open until 16 June 2031, 17:00 JST)" in said
    assert "800,000 yen" in said
    assert len(answer.questions) == 2
    assert {one.document.document_id for one in answer.citations} == {"larch", "travel"}


def test_japanese_likewise() -> None:
    answer = ask("旅費の上限額は?あと今開いている公募は?")
    assert "「旅費の上限額は?」について:" in answer.text
    assert "「今開いている公募は?」について:" in answer.text
    assert {one.document.document_id for one in answer.citations} == {"larch", "ryohi"}


def test_what_the_documents_leave_open_is_named_beside_what_is_open() -> None:
    answer = ask("Who painted the ceiling of the museum, and which calls are open now?")
    assert answer.outcome == "answered"
    assert "The documents do not say: “Who painted the ceiling of the museum”" in answer.text
    assert "(open until 16 June 2031, 17:00 JST)" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "What does the ceiling hold for and how much is it a year?",
        # the reader takes its first half for a question that nothing answers
        pytest.param("Which costs have a ceiling and how much is it a year?", marks=UNMET),
    ],
)
def test_a_sentence_of_which_a_part_is_in_doubt_is_one_question(text: str) -> None:
    answer = ask(text)
    assert (answer.certainty, len(answer.citations)) == ("sure", 1)
    assert answer.text == "The ceiling for travel is 800,000 yen a year. [1]"


def test_what_is_surely_said_of_a_part_is_not_left_out() -> None:
    answer = ask("Where does the Larch call close and how much is there for travel a year?")
    assert {one.document.document_id for one in answer.citations} == {"larch", "travel"}


def test_a_new_question_in_an_old_conversation_is_answered_by_itself() -> None:
    before = Turn(role="user", text="When does the Larch call close?")
    said = Turn(role="assistant", text="At 17:00 JST on 16 June 2031. [1]")
    asked = Question(text="What is the ceiling for travel a year?", history=(before, said))
    understood = pipeline().read(asked)
    assert understood.act == "follow-up", "what the model of messages takes it for"
    answer = pipeline().answer(asked, made())
    assert (answer.certainty, answer.questions) == ("sure", (asked.text,))
    assert [one.document.document_id for one in answer.citations] == ["travel"]


def test_a_follow_up_is_answered_after_what_it_leans_on() -> None:
    before = Turn(role="user", text="What is the ceiling for travel?")
    answer = pipeline().answer(Question(text="and in Japanese yen?", history=(before,)), made())
    assert [one.document.document_id for one in answer.citations] == ["travel"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("今月締切のものと、旅費の上限額を教えて", ["今月締切のもの", "旅費の上限額を教えて"]),
        ("旅費の上限額と今月締切の公募は？", ["旅費の上限額", "今月締切の公募は？"]),
        (
            "Show me the calls open now as well as the ceiling for travel.",
            ["Show me the calls open now", "the ceiling for travel."],
        ),
    ],
)
def test_a_list_of_dates_and_what_a_word_joins_to_it_are_both_answered(
    text: str, lines: list[str]
) -> None:
    answer = ask(text)
    said = [answer.text.index(line) for line in lines]
    assert said == sorted(said)
    documents = {one.document.document_id for one in answer.citations}
    assert "larch" in documents
    assert documents & {"travel", "ryohi"}


def test_kinds_of_occasions_are_listed_together() -> None:
    answer = pipeline().answer(
        Question(text="2031年5月の会議とシンポジウムを教えて"),
        index(
            ("# 会議\n\n運営会議は2031年5月8日に開催された。", info("kaigi", language="ja")),
            ("# 集い\n\nシンポジウムは2031年5月20日に開催された。", info("sympo", language="ja")),
        ),
    )
    assert answer.outcome == "answered"
    assert answer.questions == ("2031年5月の会議とシンポジウムを教えて",)
    assert {one.document.document_id for one in answer.citations} == {"kaigi", "sympo"}

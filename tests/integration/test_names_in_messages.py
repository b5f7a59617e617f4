"""Messages that name what a few documents hold, by a part of its name or in passing."""

from collections.abc import Generator

import pytest
from tests import knowledge

from aspire_bot.answering.types import Question, Turn
from aspire_bot.bootstrap import Assistant, open_assistant
from aspire_bot.settings import Settings

_GUIDE = """---
title: "LUMEN 2026: Guide for Applicants"
language: en
kind: guideline
---

# LUMEN 2026: Guide for Applicants

## Amounts

LUMEN for Young Makers (Glass) pays up to 30 million yen. LUMEN for the Old Masters (Glass) pays \
up to 95 million yen.

## Change of kiln

A project may move its kiln from Mikawa to another town once a year, if the office agrees.

## At Kobari

At Kobari, lenses are rinsed with distilled water once a week.
"""
_GUIDE_JA = """---
title: "LUMEN 2026年度 募集要項"
language: ja
kind: guideline
---

# LUMEN 2026年度 募集要項

## 上限額

「若手のためのLUMEN(硝子)」の上限額は3000万円である。「名匠のためのLUMEN(硝子)」の上限額は9500万円である。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Generator[Assistant]:
    folder = tmp_path_factory.mktemp("names")
    documents = folder / "documents"
    documents.mkdir()
    for name, page in (("en", _GUIDE), ("ja", _GUIDE_JA)):
        (documents / f"{name}.md").write_text(page, encoding="utf-8")
    assert knowledge.add(folder / "home", documents).is_complete
    with open_assistant(Settings(home=folder / "home")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("turns", "right"),
    [
        (("How much does LUMEN for Young Makers (Glass) pay?", "What about Old?"), "95 million"),
        (("How much does LUMEN for the Old Masters (Glass) pay?", "and Young?"), "30 million"),
        (("若手のためのLUMEN(硝子)の上限額はいくらですか", "名匠は？"), "9500万円"),
        (
            (
                "若手のためのLUMEN(硝子)の上限額はいくらですか",
                "どこで焼けますか",
                "すみません、名匠の方です",
            ),
            "9500万円",
        ),
    ],
)
def test_a_part_of_a_name_asks_of_the_whole_one(
    assistant: Assistant, turns: tuple[str, ...], right: str
) -> None:
    history: tuple[Turn, ...] = ()
    for text in turns[:-1]:
        history = (*history, Turn(role="user", text=text), Turn(role="assistant", text="So it is."))
    answer = assistant.answer(Question(text=turns[-1], history=history))
    assert answer.outcome == "answered"
    first = answer.citations[0].quote
    assert right in first, answer.text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("how does Kobari rinse lenses", "distilled water"),
        ("I need to move our kiln away from Mikawa", "another town"),
        ("窯を三河から別の町へ移したいのですが", "another town"),
    ],
)
def test_what_names_something_that_few_documents_hold_is_searched(
    assistant: Assistant, text: str, right: str
) -> None:
    answer = assistant.answer(Question(text=text))
    assert answer.outcome == "answered"
    assert right in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "How is the weather in Mikawa?",
        "Book me a hotel in Mikawa",
        "I love Kobari",
        "三河の天気は？",
        "三河のホテルを予約して",
    ],
)
def test_small_talk_stays_small_talk_whatever_it_names(assistant: Assistant, text: str) -> None:
    assert assistant.answer(Question(text=text)).outcome == "conversation"

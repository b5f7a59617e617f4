"""Messages that announce several things: nothing of them is taken for one question."""

import pytest

from aspire_bot.answering.message.things.announcement import (
    announces,
    is_announcement,
    topic_announced,
    with_announced,
)
from aspire_bot.answering.message.things.pieces import pieces_of
from aspire_bot.answering.message.types import Label


@pytest.mark.parametrize(
    "words",
    [
        "Two things",
        "Hi, some quick questions",
        "I would like to know three points",
        "My questions are",
        "Two questions about the Rowan call",
        "Questions",
        "I have a couple of questions",
        "質問が二つあります。",
        "3点確認させてください。",
        "お聞きしたいことが四点あります",
        "いくつか質問があります",
    ],
)
def test_an_announcement_asks_nothing(words: str) -> None:
    assert is_announcement(words)
    assert announces(f"{words}: when")


@pytest.mark.parametrize(
    "words",
    [
        "quick question",
        "What are the two things",
        "The points are clear",
        "Things are fine",
        "第2点の質問",
        "3件の採択",
        "2031年2月の質問",
    ],
)
def test_other_words_announce_nothing(words: str) -> None:
    assert not is_announcement(words)
    assert not announces(f"{words}: when")


@pytest.mark.parametrize(
    ("before", "topic"),
    [
        ("I have two questions about Rowan: ", "Rowan"),
        ("Three quick questions on the Rowan call. Who ", "the Rowan call"),
        ("Rowanについて二点教えてください。", "Rowan"),
        ("以下について二点教えてください。", ""),
        ("Two questions: ", ""),
        ("What is said about Rowan? ", ""),
    ],
)
def test_what_all_are_about_is_said_once(before: str, topic: str) -> None:
    assert topic_announced(before) == topic


@pytest.mark.parametrize(
    ("text", "labels", "right"),
    [
        (
            "Two things: the page limit and the overhead.",
            ("begins", "begins", "goes on"),
            ["other", "begins", "begins"],
        ),
        (
            "三点伺います：締切、通知時期、使用言語。",
            ("other", "other", "begins", "other"),
            ["other", "begins", "begins", "begins"],
        ),
        # who says something first asks nothing with it
        ("Two things: they came late, and who pays?", ("other", "other", "begins"), None),
        ("The budget: the page limit and the fee.", ("other", "other", "other"), None),
    ],
)
def test_names_behind_it_are_asked(
    text: str, labels: tuple[Label, ...], right: list[Label] | None
) -> None:
    pieces = pieces_of(text)
    assert len(pieces) == len(labels)
    assert with_announced(text, pieces, labels) == (right or list(labels))

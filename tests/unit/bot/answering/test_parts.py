"""Compound questions come apart, and others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.split_by_rule import MOST_PARTS, split_question


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        (
            "What is the yearly ceiling and who approves a change?",
            "en",
            ("What is the yearly ceiling", "who approves a change?"),
        ),
        (
            "Is travel covered? And how much may be spent on it?",
            "en",
            ("Is travel covered", "how much may be spent on it?"),
        ),
        (
            "Where was the meeting held, and is there a report of it?",
            "en",
            ("Where was the meeting held", "is there a report of it?"),
        ),
        (
            "会議はいつでしたか。また、司会は誰でしたか。",
            "ja",
            ("会議はいつでしたか", "司会は誰でしたか"),
        ),
        (
            "上限額はいくらですか?それから、様式はどれを使いますか?",
            "ja",
            ("上限額はいくらですか", "様式はどれを使いますか?"),
        ),
    ],
)
def test_what_asks_several_things_comes_apart(
    text: str, language: str, parts: tuple[str, ...]
) -> None:
    assert split_question(text, language) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which fields and countries are supported?", "en"),
        ("Who may apply and how?", "en"),
        ("What do the goals say about young and senior researchers?", "en"),
        ("I read that the call is open. Is that right?", "en"),
        ("What is A? What is B? What is C? What is D?", "en"),
        ("目標と分野は何ですか。", "ja"),
        ("会議は開かれました。司会は誰でしたか。", "ja"),
    ],
)
def test_what_asks_one_thing_stays_whole(text: str, language: str) -> None:
    assert split_question(text, language) == (text,)


@given(st.text(max_size=200), st.sampled_from(["en", "ja", "und"]))
def test_any_text_gives_few_parts_of_its_own_words(text: str, language: str) -> None:
    parts = split_question(text, language)
    assert 1 <= len(parts) <= MOST_PARTS
    assert all(part in text for part in parts)

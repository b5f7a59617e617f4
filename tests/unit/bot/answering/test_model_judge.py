"""What a language model says as a judge is read strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.chat import ChatReply, Finish
from aspire_bot.llm.model_judge import read_opinion


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        ("YES", True),
        ("NO", False),
        (" no.\n", False),
        ("**Yes**", True),
        ("「NO」", False),
        ("YES, it does", None),
        ("NO NO", None),
        ("NOT", None),
        ("NONE", None),
        ("yesterday", None),
        ("はい", None),
        ("", None),
        ("...", None),
    ],
)
def test_one_word_is_an_opinion(text: str, opinion: bool | None) -> None:
    assert read_opinion(ChatReply(text=text, finish="stop")) is opinion


@pytest.mark.parametrize("finish", ["length", "unfinished"])
def test_a_reply_that_is_cut_is_none(finish: Finish) -> None:
    assert read_opinion(ChatReply(text="NO", finish=finish)) is None


@given(st.text(max_size=40))
def test_no_reply_breaks_it(text: str) -> None:
    found = read_opinion(ChatReply(text=text, finish="stop"))
    assert found is None or "".join(filter(str.isalpha, text)).upper() in {"YES", "NO"}

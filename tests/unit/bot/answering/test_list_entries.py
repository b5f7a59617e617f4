"""The entries of a list ask alike, however the model read each of them."""

import pytest

from aspire_bot.answering.message.things.list_entries import MARK, is_mere_date, with_entries
from aspire_bot.answering.message.things.pieces import pieces_of
from aspire_bot.answering.message.types import Label


def asking(text: str, *asks: str, other: float = 0.9) -> list[str]:
    """The pieces that ask, without marks, where only those that hold one of `asks` were read so."""
    pieces = pieces_of(text)
    words = [text[piece.start : piece.end] for piece in pieces]
    labels: list[Label] = [
        "begins" if any(one in said for one in asks) else "other" for said in words
    ]
    chances = [0.1 if label == "begins" else other for label in labels]
    right = with_entries(text, pieces, labels, chances)
    return [
        MARK.sub("", said) for said, label in zip(words, right, strict=True) if label == "begins"
    ]


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        ("- page limit\n- font size", ["page limit"], ["page limit", "font size"]),
        ("a) page limit\nb) font size", ["font size"], ["page limit", "font size"]),
        ("・様式\n・提出先", ["提出先"], ["様式", "提出先"]),
        ("1. 様式\n2. 提出先", ["提出先"], ["様式", "提出先"]),
        ("(1) who pays (2) who signs", ["who pays"], ["who pays", "who signs"]),
        ("say (a) the limit and (b) the form", ["the limit"], ["the limit", "the form"]),
        ("①様式、②提出先、③部数", ["①様式"], ["様式", "提出先", "部数"]),
        # nothing was read so, and the lines before say that all of it is asked
        ("教えてください。\n・様式\n・提出先", [], ["様式", "提出先"]),
        ("Please tell me:\n- form\n- font size", [], ["form", "font size"]),
    ],
)
def test_an_entry_among_others_that_ask_asks(text: str, read: list[str], right: list[str]) -> None:
    assert asking(text, *read) == right


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        # states something, or says when
        ("- Who pays?\n- The printer is broken.", ["Who pays"], ["Who pays?"]),
        ("・様式は?\n・昨日届きました", ["様式"], ["様式は?"]),
        ("・様式は?\n・12月5日(金)17時", ["様式"], ["様式は?"]),
        # one entry is no list, nor are lines with others between them
        ("- form", [], []),
        ("- Alex\nThanks.\n- Who pays?", ["Who pays"], ["Who pays?"]),
        # a list of which but a little is asked
        ("- dentist\n- form\n- who pays?", ["who pays"], ["who pays?"]),
        # an agenda that nobody asks about
        ("Today:\n- lunch\n- printer", [], []),
        # numbers that count nothing
        ("In 2. place the form, who pays", ["who pays"], ["who pays"]),
    ],
)
def test_what_else_stands_in_lists_does_not(text: str, read: list[str], right: list[str]) -> None:
    assert asking(text, *read) == right


def test_what_is_surely_no_question_stays_none() -> None:
    assert asking("- page limit\n- Alex", "page limit", other=0.99) == ["page limit"]


def test_a_mark_alone_asks_nothing() -> None:
    assert asking("１） 様式\n２） 提出先", "１", "様式", "２") == ["様式", "提出先"]


def test_what_stands_before_a_bracket_in_an_entry_belongs_to_it() -> None:
    assert asking("・様式の可否(航空券)\n・提出先", "航空券", "提出先")[0] == "様式の可否"


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        ("First, who pays? Second, who signs?", ["First", "signs"], ["who pays?", "who signs?"]),
        ("まず、様式を教えて。次に、部数。", ["まず", "部数"], ["様式を教えて。", "部数。"]),
        ("Finally, thanks to all", [], []),
    ],
)
def test_what_only_says_in_which_order_asks_nothing(
    text: str, read: list[str], right: list[str]
) -> None:
    assert asking(text, *read) == right


@pytest.mark.parametrize(
    ("words", "is_date"),
    [
        ("12月5日(金)17時まで", True),
        ("by 5 December 2031", True),
        ("金", True),
        ("12月5日の会議", False),
        ("FY2024?", False),
        ("in 2024?", False),
        ("締切", False),
    ],
)
def test_a_day_alone_is_when_a_reply_is_awaited(words: str, *, is_date: bool) -> None:
    assert is_mere_date(words) == is_date

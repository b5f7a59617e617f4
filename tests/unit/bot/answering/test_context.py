"""What a message says beside its questions: what they lean on is kept, talk is not."""

from functools import cache

import numpy as np
import pytest

from aspire_bot.answering.message import context
from aspire_bot.answering.message.context import (
    MOST_KEPT,
    ContextModel,
    runs_of,
    shipped_model,
    unpacked,
    with_context,
)
from aspire_bot.answering.message.hash_features import BUCKETS
from aspire_bot.answering.message.message import LazyMessageModel, Message, read_message
from aspire_bot.answering.message.things.asked_words import words_of_all
from aspire_bot.answering.message.things.pieces import pieces_of
from aspire_bot.answering.types import Question
from aspire_bot.settings import Settings

KEEPS_ALL = ContextModel(weights=np.zeros(BUCKETS, np.float32), bias=9.0, keep_from=0.5)


@cache
def model() -> LazyMessageModel:
    return LazyMessageModel(Settings().cache)


def understood(text: str) -> Message:
    return read_message(Question(text=text), model())


@pytest.mark.parametrize(
    "text",
    [
        "I left university twelve years ago. May I hand in a proposal for the junior line?",
        "Our agreement began in April 2023. Does the new travel ceiling hold for us?",
        "The brochure and the web page give different sums. Which one is right?",
        "We are a private museum; can we be a partner?",
        "博士号を取って11年目です。若手の枠に出せますか",
        "「みおつくし」の締切はいつですか",
        "第4回の公募で、旅費は何割まで出ますか",
        "despite the bad weather they went on, why?",
    ],
)
def test_what_a_question_leans_on_is_asked_with_it(text: str) -> None:
    message = understood(text)
    said, typed = (
        "".join(sign for sign in one.casefold() if sign.isalnum()) for one in (message.whole, text)
    )
    assert said == typed


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Sorry to trouble you once more! Who signs the form?", "Who signs the form?"),
        ("Hope you had a nice holiday. Who signs the form? Cheers, Ola", "Who signs the form?"),
        (
            "Who signs the form?\n\nKind regards\nDr. Mia Holm\nOffice for Grants\n+47 22 000000",
            "Who signs the form?",
        ),
        ("> The form is enclosed.\nWho signs the form?", "Who signs the form?"),
        ("The lift is stuck again, anyway: who signs the form?", "who signs the form?"),
        ("Who signs the form? anyhow the lift is stuck", "Who signs the form?"),
        ("先日はありがとうございました。様式には誰が署名しますか。", "様式には誰が署名しますか。"),
        ("お世話になっております。様式には誰が署名しますか。", "様式には誰が署名しますか。"),
        (
            "たびたび失礼いたします。様式には誰が署名しますか。よろしくお願いします。",
            "様式には誰が署名しますか。",
        ),
    ],
)
def test_talk_is_left_out(text: str, whole: str) -> None:
    assert understood(text).whole == whole


def test_several_things_asked_keep_the_words_between_them() -> None:
    message = understood("Who signs the form, and by when must it be sent?")
    assert len(message.asks) == 2
    assert message.whole == "Who signs the form, and by when must it be sent?"
    assert not message.has_context


def test_no_more_is_kept_than_is_read_and_the_nearest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(context, "shipped_model", lambda: KEEPS_ALL)
    far, near, behind = ("word " * 30 + f"{name}." for name in ("far", "near", "behind"))
    text = f"{far.capitalize()} {near.capitalize()} Who signs? {behind.capitalize()}"
    pieces = pieces_of(text)
    asking = next(piece for piece in pieces if text[piece.start :].startswith("Who"))
    kept = with_context(text, pieces, [[asking]])
    assert words_of_all(text, pieces, kept) == f"{near.capitalize()} Who signs?"
    assert sum(piece.end - piece.start for piece in kept) <= MOST_KEPT + len("Who signs?")


def test_what_leads_to_a_question_is_no_context() -> None:
    text = "Could you tell me when it opens?"
    pieces = pieces_of(text)
    assert runs_of(text, pieces, [[pieces[-1]]]) == []


@pytest.mark.parametrize("text", ["「みおつくし」の締切", '"Home again" by whom?'])
def test_a_quotation_keeps_its_marks(text: str) -> None:
    pieces = pieces_of(text)
    assert words_of_all(text, pieces, pieces) == text


def test_runs_are_of_one_sentence_and_stop_at_a_signature() -> None:
    text = "First, this one. Who signs?\nThat one.\nBest regards,\nMia Holm"
    pieces = pieces_of(text)
    asking = next(piece for piece in pieces if text[piece.start :].startswith("Who"))
    found = runs_of(text, pieces, [[asking]])
    assert [run.words for run in found] == ["First, this one.", "That one."]
    assert [run.is_before for run in found] == [True, False]


def test_a_file_of_a_model_is_read_as_it_was_written() -> None:
    shipped = shipped_model()
    again = unpacked(shipped.packed())
    assert np.allclose(again.weights, shipped.weights, atol=1e-6)
    assert (again.bias, again.keep_from) == (shipped.bias, shipped.keep_from)

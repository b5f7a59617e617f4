"""The shipped model of support: it loads, and tells plain cases apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from aspire_bot.answering.checking.support_lazy import LazySupportModel
from aspire_bot.answering.checking.support_model import SupportModel, load_support_model
from aspire_bot.answering.checking.support_text import source_text, statement_text
from aspire_bot.settings import Settings

HARBOUR = """The harbour office sells tickets until noon. On stormy days the crossing is cancelled.
The museum beside the pier shows charts that were drawn by local fishermen."""
SONG = """市の合唱団は毎年春に演奏会を開催している。練習は図書館の二階で行われる。
指揮者は地元の高校の教員である。"""
TOLD_APART = [
    (HARBOUR, "The crossing is called off on stormy days.", "The crossing is painted at night."),
    (HARBOUR, "Charts made by local fishermen are on show.", "Charts made by tax inspectors burn."),
    (SONG, "合唱団は春に演奏会を開く。", "合唱団は春に野菜を栽培する。"),
    (SONG, "図書館の二階で練習している。", "病院の地下で手術している。"),
]


@pytest.fixture(scope="module")
def model() -> SupportModel:
    return load_support_model(Settings().cache)


def odds(model: SupportModel | LazySupportModel, passage: str, said: str) -> float:
    return model.read(source_text("", passage), statement_text(said)).log_odds


@pytest.mark.parametrize(("passage", "true", "false"), TOLD_APART)
def test_what_a_passage_says_is_likelier_than_what_it_does_not(
    model: SupportModel, passage: str, true: str, false: str
) -> None:
    assert odds(model, passage, true) > odds(model, passage, false) + 1


def test_the_same_is_said_alone_and_side_by_side(model: SupportModel) -> None:
    alone = [odds(model, passage, true) for passage, true, _ in TOLD_APART]
    with ThreadPoolExecutor(2) as pool:
        pending = [pool.submit(odds, model, passage, true) for passage, true, _ in TOLD_APART]
        beside = [one.result() for one in pending]
    assert alone == beside


def test_odd_texts_are_read_too(model: SupportModel) -> None:
    for said in ("", " ", "?", "x" * 5_000, "\u0000\ud800"):
        assert isinstance(odds(model, HARBOUR, said), float)
    assert isinstance(odds(model, "", "Tickets are sold."), float)


def test_the_lazy_one_is_the_model_of_the_process(model: SupportModel) -> None:
    lazy = LazySupportModel(Settings().cache)
    passage, true, _ = TOLD_APART[0]
    assert odds(lazy, passage, true) == odds(model, passage, true)

"""What is said where a model and the reader disagree."""

from dataclasses import replace
from math import inf

import pytest
from tests.unit.bot.answering.made import query

from aspire_bot.answering.search.search import Bands
from aspire_bot.answering.types import Answer
from aspire_bot.answering.writing.outcome_table import (
    Acted,
    Band,
    Cell,
    OutcomeTable,
    band_of,
    shipped_table,
)

BANDS = Bands(answer_from=0.47, sure_from=0.55)
QUOTED = Answer(
    question=query().question,
    outcome="answered",
    certainty="sure",
    text="Yes. [1]",
    language="en",
    confidence=0.9,
)


def table(right: float, wrong: float) -> OutcomeTable:
    return OutcomeTable(cells={("hedged", "passed"): Cell(right=right, wrong=wrong)})


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [(95, 5, "sure"), (70, 30, "hedged"), (30, 70, None), (2, 0, "hedged"), (1, 0, "hedged")],
)
def test_what_is_likely_right_is_said(right: float, wrong: float, said: str | None) -> None:
    """Where little was counted, rather not plainly."""
    assert table(right, wrong).certainty("hedged", "passed", BANDS) == said


def test_a_case_that_was_never_counted_is_not_said() -> None:
    assert table(9, 0).certainty("sure", "passed", BANDS) is None


def test_an_operator_may_ask_for_more_and_not_for_less() -> None:
    strict, lax = Bands(answer_from=0.9, sure_from=inf), Bands(answer_from=0, sure_from=0)
    assert table(70, 30).certainty("hedged", "passed", strict) is None
    assert table(950, 5).certainty("hedged", "passed", strict) == "hedged"
    assert table(30, 70).certainty("hedged", "passed", lax) is None


def test_rows_are_what_the_quotes_alone_would_do() -> None:
    silent = replace(QUOTED, outcome="abstained", certainty=None)
    assert band_of(QUOTED, BANDS) == "sure"
    assert band_of(replace(QUOTED, certainty="hedged"), BANDS) == "hedged"
    assert band_of(replace(silent, confidence=0.4), BANDS) == "silent, near"
    assert band_of(replace(silent, confidence=0.1), BANDS) == "silent, far"


@pytest.mark.parametrize(
    ("band", "acted", "said"),
    [
        ("sure", "passed", "sure"),
        ("sure", "in_part", "hedged"),
        ("hedged", "passed", "hedged"),
        ("silent, near", "passed", "hedged"),
        ("sure", "none", None),
        ("hedged", "none", None),
        ("silent, near", "asked_back", None),
    ],
)
def test_the_shipped_table_trusts_words_that_passed_more_than_quotes(
    band: Band, acted: Acted, said: str | None
) -> None:
    assert shipped_table().certainty(band, acted, BANDS) == said

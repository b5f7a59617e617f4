"""AUROC, calibration error and risk by examples worked out by hand."""

import random

import pytest

from aspire_bot.evaluation.figures import Figure
from aspire_bot.evaluation.reliability import (
    Confident,
    confidence_figures,
    reliability_bins,
)


def answers(*rows: tuple[float, bool, bool | None]) -> list[Confident]:
    return [Confident(confidence=c, is_answerable=a, is_wrong=w) for c, a, w in rows]


def right(*confidences: float) -> list[Confident]:
    return answers(*((one, True, False) for one in confidences))


def wrong(*confidences: float) -> list[Confident]:
    return answers(*((one, True, True) for one in confidences))


def unanswerable(*confidences: float) -> list[Confident]:
    return answers(*((one, False, True) for one in confidences))


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        ((0.9, 0.8), (0.1,), 1),
        ((0.1,), (0.9, 0.8), 0),
        ((0.5,), (0.5,), 0.5),
        ((0.9, 0.3), (0.4, 0.8), 0.5),  # pairs: .9>.4, .9>.8, .3<.4, .3<.8
        ((0.9, 0.6, 0.4), (0.4, 0.2), 5.5 / 6),
    ],
)
def test_auroc_by_hand(
    positive: tuple[float, ...], negative: tuple[float, ...], expected: float
) -> None:
    figures = confidence_figures(right(*positive) + unanswerable(*negative))
    assert figures["AUROC"].value == pytest.approx(expected)


def test_auroc_has_an_interval_that_shrinks_with_more_questions() -> None:
    few = confidence_figures(right(0.9, 0.6, 0.4) + unanswerable(0.5, 0.2))["AUROC"]
    assert (few.value, few.n) == (pytest.approx(5 / 6), 5)
    assert few.low < few.value < few.high <= 1
    many = confidence_figures(right(0.9, 0.6, 0.4) * 30 + unanswerable(0.5, 0.2) * 30)["AUROC"]
    assert many.value == pytest.approx(5 / 6)
    assert many.high - many.low < (few.high - few.low) / 2


def test_auroc_needs_both_kinds() -> None:
    assert "AUROC" not in confidence_figures(right(0.9, 0.1))
    assert "AUROC" not in confidence_figures(unanswerable(0.9, 0.1))


def test_ece_of_twenty_questions_in_bins_of_two() -> None:
    # ten bins: .05 ×2, .15 ×2, … .95 ×2, one of each pair answerable: |.05-.5|, |.15-.5|, …
    levels = [0.05 + 0.1 * place for place in range(10)]
    found = confidence_figures(right(*levels) + unanswerable(*levels))["ECE"]
    assert found.value == pytest.approx(sum(abs(level - 0.5) for level in levels) / 10)
    assert found.n == 20


def test_ece_is_nothing_where_confidence_is_the_share_of_answerable() -> None:
    calibrated = right(*[0.8] * 8) + unanswerable(*[0.8] * 2)
    assert confidence_figures(calibrated)["ECE"].value == pytest.approx(0)
    boastful = right(*[0.8] * 2) + unanswerable(*[0.8] * 8)
    assert confidence_figures(boastful)["ECE"].value == pytest.approx(0.6)


def test_bins_hold_as_many_questions_each_not_the_same_width() -> None:
    # 20 questions between .90 and .919: bins of equal width would see one bin
    confidences = [0.9 + 0.001 * place for place in range(20)]
    bins = reliability_bins(right(*confidences[:10]) + unanswerable(*confidences[10:]))
    assert [one.n for one in bins] == [2] * 10
    assert [one.answerable for one in bins] == [1] * 5 + [0] * 5
    assert bins[0].confidence == pytest.approx(0.9005)
    assert (bins[9].low, bins[9].high) == (pytest.approx(0.918), pytest.approx(0.919))


def test_bins_of_a_number_that_ten_does_not_divide() -> None:
    bins = reliability_bins(right(*(place / 23 for place in range(23))))
    assert sum(one.n for one in bins) == 23
    assert {one.n for one in bins} == {2, 3}
    assert [one.low for one in bins] == sorted(one.low for one in bins)


def test_few_questions_have_fewer_bins_and_none_no_bin() -> None:
    assert [one.n for one in reliability_bins(right(0.1, 0.9, 0.5))] == [1, 1, 1]
    assert reliability_bins([]) == []
    assert confidence_figures([]) == {}


def test_a_cut_among_equal_confidences_takes_the_same_share_of_each() -> None:
    bins = reliability_bins(right(*[0.5] * 10) + unanswerable(*[0.5] * 10))
    assert [one.answerable for one in bins] == pytest.approx([0.5] * 10)
    # 3 of 5 are taken: the sure one, and 2 of the 4 at .5, of which one in four is wrong
    risk = confidence_figures(right(0.9, 0.5, 0.5, 0.5) + unanswerable(0.5))["risk_at_60"]
    assert risk.value == pytest.approx(2 * 0.25 / 3)


def test_risk_of_the_most_confident() -> None:
    # from the top: right, unanswerable, right, wrong, right | wrong, wrong, wrong, right, right
    known = right(0.99, 0.97, 0.95, 0.91, 0.9) + unanswerable(0.98) + wrong(0.96, 0.94, 0.93, 0.92)
    figures = confidence_figures(known)
    assert figures["risk_at_60"].value == pytest.approx(3 / 6)
    assert figures["risk_at_80"].value == pytest.approx(5 / 8)
    assert figures["risk_at_60"].n == 10


def test_the_number_covered_is_rounded_up() -> None:
    figures = confidence_figures(right(0.9) + unanswerable(0.8, 0.7, 0.6))
    assert figures["risk_at_60"].value == pytest.approx(2 / 3)  # 2.4 questions: 3
    assert figures["risk_at_80"].value == pytest.approx(3 / 4)


def test_risk_leaves_out_what_nobody_can_judge() -> None:
    known = right(0.9) + answers((0.8, True, None)) + unanswerable(0.1)
    figures = confidence_figures(known)
    assert (figures["risk_at_60"].n, figures["ECE"].n, figures["AUROC"].n) == (2, 3, 3)
    assert figures["risk_at_60"].value == 0.5
    assert "risk_at_60" not in confidence_figures(answers((0.8, True, None)))
    assert "risk_at_60" not in confidence_figures(unanswerable(0.8))


def test_every_answer_to_an_unanswerable_question_is_wrong() -> None:
    known = right(0.5) + answers((0.9, False, None))
    assert confidence_figures(known)["risk_at_80"].value == 0.5
    assert confidence_figures(known)["risk_at_80"].n == 2


def test_risk_has_an_interval() -> None:
    found = confidence_figures(right(0.9, 0.8, 0.7) * 5 + wrong(0.85, 0.75) * 5)["risk_at_80"]
    assert found.low < found.value < found.high


def test_the_order_in_the_file_changes_nothing() -> None:
    chance = random.Random(3)  # noqa: S311 - the same each time
    known = [
        *right(*(round(chance.random(), 1) for _ in range(30))),
        *wrong(*(round(chance.random(), 1) for _ in range(20))),
        *unanswerable(*(round(chance.random(), 1) for _ in range(25))),
    ]
    before: dict[str, Figure] = confidence_figures(known)
    chance.shuffle(known)
    assert confidence_figures(known) == before

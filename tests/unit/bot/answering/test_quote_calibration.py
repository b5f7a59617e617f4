"""What was learnt of scores: the file that is shipped, and the rows it is applied to."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, in_one_passage, info

from aspire_bot.answering.linear import probability
from aspire_bot.answering.quotes.calibration import (
    ADDING_FEATURES,
    ANSWER_FEATURES,
    COMPARED_FEATURES,
    SENTENCE_FEATURES,
    QuoteCalibration,
    adding_features,
    answer_features,
    scored,
    sentence_features,
    shipped_calibration,
)

_READ, _UNREAD = shipped_calibration().read, shipped_calibration().unread


@pytest.mark.parametrize("learnt", [_READ, _UNREAD])
def test_the_shipped_calibration_knows_its_features(learnt: QuoteCalibration) -> None:
    assert learnt.sentence.weights.keys() <= set(SENTENCE_FEATURES)
    assert learnt.compared.weights.keys() <= set(COMPARED_FEATURES)
    assert learnt.answers.weights.keys() <= set(ANSWER_FEATURES)
    assert learnt.right.weights.keys() <= set(ANSWER_FEATURES)
    assert learnt.rule.adding.weights.keys() <= set(ADDING_FEATURES)
    for threshold in (learnt.answer_from, learnt.sure_from, learnt.rule.add_from):
        assert 0 <= threshold <= 1


def test_log_odds_of_any_size_give_a_probability() -> None:
    assert probability(0) == 0.5
    assert probability(-800) == pytest.approx(0)  # pyright: ignore[reportUnknownMemberType]
    assert probability(800) == 1


def test_words_and_vectors_alone_know_no_reading() -> None:
    assert "reading" in _READ.sentence.weights
    assert not any("reading" in name for name in _UNREAD.sentence.weights)
    assert not any("passage" in name for name in _UNREAD.answers.weights)


def test_a_sentence_that_is_read_to_answer_scores_higher() -> None:
    one = evidence("Travel is paid.", measured={"is_current": 1.0})
    low, high = (
        scored(replace(one, reading=value, passage_reading=value), _READ.sentence)
        for value in (-3.0, 3.0)
    )
    assert low.score < high.score
    assert (
        scored(one, _UNREAD.sentence).score
        == scored(replace(one, reading=9.0), _UNREAD.sentence).score
    )


def test_what_is_far_behind_says_nothing_of_how_many_documents_speak() -> None:
    best, other, far = (
        evidence(f"{name} is so.", info(name), passage_id=name, score=score)
        for name, score in (("a", 2.0), ("b", 1.0), ("c", -9.0))
    )
    at = ANSWER_FEATURES.index("of_its_document")
    rows = [
        answer_features(ranked, language="en", is_follow_up=False)[at]
        for ranked in ([best], [best, far], [best, other, far])
    ]
    assert rows == [1.0, 1.0, 0.5]


def test_rows_have_a_number_for_each_feature() -> None:
    first, second, third = in_one_passage(
        "One is so. Two is so. Three is so.",
        ("One is so.", 2.0),
        ("Two is so.", 1.0),
        ("Three is so.", 0.5),
    )
    other = evidence("Elsewhere.", passage_id="p2", score=0.2)
    assert len(sentence_features(first)) == len(SENTENCE_FEATURES)
    row = answer_features([first, second], language="ja", is_follow_up=True)
    assert dict(zip(ANSWER_FEATURES, row, strict=True))["is_japanese"] == 1.0
    rows = [
        dict(zip(ADDING_FEATURES, adding_features([first], one, 1.5), strict=True))
        for one in (second, third, other)
    ]
    assert [row["is_same_passage"] for row in rows] == [1.0, 1.0, 0.0]
    assert [row["is_beside"] for row in rows] == [1.0, 0.0, 0.0]
    assert [row["gap"] for row in rows] == [1.0, 1.5, 1.8]
    assert {row["said"] for row in rows} == {1.0}

"""How sure an answer is, with the calibration that is shipped; and the last check of it."""

from dataclasses import replace

import pytest
from tests.unit.bot.answering.made import evidence, index, info, need, query

from aspire_bot.answering.confidence import ANSWERABLE_SIGNALS, answerable_signals, confidence
from aspire_bot.answering.coverage import SIGNAL_NAMES
from aspire_bot.answering.expectation import Expectation
from aspire_bot.answering.linear import (
    calibration_from,
    probability,
    shipped_calibration,
)
from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import Answer, Question
from aspire_bot.answering.verify import is_sound

SHIPPED = shipped_calibration()
STRONG = {
    "similarity": 0.8,
    "passage_similarity": 0.8,
    "covered_around": 1.0,
    "strict_covered": 1.0,
    "is_current": 1.0,
}
TRAVEL = evidence("The travel of students is paid.", score=4.0, measured=STRONG)


def _sure(chosen: Evidence, *names: str) -> float:
    return confidence(query("?", *(need(name) for name in names)), (chosen,), SHIPPED)


def test_nothing_said_is_nothing_known() -> None:
    assert confidence(query(), (), SHIPPED) == 0


def test_it_is_a_probability() -> None:
    for score in (-1e6, -5.0, 0.0, 5.0, 1e6):
        assert 0 <= _sure(replace(TRAVEL, score=score), "travel") <= 1
    assert probability(0) == 0.5
    assert probability(-800) == pytest.approx(0)
    assert probability(800) == 1


@pytest.mark.parametrize(
    ("signal", "low", "high"),
    [
        ("similarity", 0.0, 0.9),
        ("passage_similarity", 0.0, 0.9),
        ("covered_around", 0.2, 1.0),
        ("strict_covered", 0.0, 1.0),
        ("is_off_programme", 1.0, 0.0),
        ("is_set_aside", 1.0, 0.0),
    ],
)
def test_signals_speak_for_an_answer_or_against_it(signal: str, low: float, high: float) -> None:
    def with_value(value: float) -> Evidence:
        return replace(TRAVEL, signals=replace(TRAVEL.signals, **{signal: value}))  # pyright: ignore[reportArgumentType]  # a signal's name

    assert _sure(with_value(low), "travel") <= _sure(with_value(high), "travel")


def test_evidence_that_names_more_is_surer() -> None:
    assert _sure(TRAVEL, "travel", "students") > _sure(TRAVEL, "travel", "elephants")
    assert _sure(TRAVEL, "travel") > _sure(TRAVEL, "elephants")


def test_a_name_that_nobody_knows_weighs() -> None:
    plain = query("?", need("travel"), need("brazil", weight=0.5))
    strict = query("?", need("travel"), need("brazil", weight=0.5, is_strict=True))
    weak = replace(TRAVEL, signals=replace(TRAVEL.signals, strict_covered=0.0))
    assert confidence(strict, (weak,), SHIPPED) < confidence(plain, (TRAVEL,), SHIPPED)


def test_a_value_that_is_missing_makes_it_less_sure() -> None:
    asked = replace(query("How much?", need("travel")), expects=(Expectation.MONEY,))
    amount = evidence("The travel of students costs 300 yen.", score=4.0, measured=STRONG)
    assert confidence(asked, (amount,), SHIPPED) >= confidence(asked, (TRAVEL,), SHIPPED)


def test_good_evidence_is_answered_and_bad_is_not() -> None:
    poor = evidence("Weather.", score=-8.0)
    assert _sure(poor, "travel", "students") < SHIPPED.threshold


def test_the_shipped_calibration_knows_its_signals() -> None:
    assert set(SHIPPED.evidence.weights) <= set(SIGNAL_NAMES)
    assert set(SHIPPED.answerable.weights) <= set(ANSWERABLE_SIGNALS)
    assert 0 < SHIPPED.threshold < 1
    row = answerable_signals(query("?", need("travel")), (TRAVEL,))
    assert len(row) == len(ANSWERABLE_SIGNALS)


def test_a_calibration_is_read_from_json() -> None:
    read = calibration_from(
        {
            "evidence": {"bias": -1, "similarity": 2},
            "answerable": {"evidence": 3},
            "decision": {"threshold": 0.4},
        }
    )
    assert read.evidence.log_odds(("similarity", "unknown"), (0.5, 9)) == 0
    assert read.answerable.bias == 0
    assert read.threshold == 0.4


def _answer(text: str, *quotes: tuple[str, int]) -> Answer:
    citations = tuple(
        cite(marker, evidence(quoted, info("d0"), start=start))
        for marker, (quoted, start) in enumerate(quotes, start=1)
    )
    return Answer(
        question=Question(text="?"),
        outcome="answered",
        text=text,
        language="en",
        confidence=1.0,
        citations=citations,
    )


def test_an_answer_is_sound_where_every_quote_and_marker_holds() -> None:
    known = index("Travel is paid. Lodging too.\n")
    assert is_sound(_answer("Travel is paid. [1]", ("Travel is paid.", 0)), known)
    both = _answer("a [1] b [2]", ("Travel is paid.", 0), ("Lodging too.", 16))
    assert is_sound(both, known)


@pytest.mark.parametrize(
    "answer",
    [
        _answer("Travel is paid."),
        _answer("Travel is paid.", ("Travel is paid.", 0)),
        _answer("Travel is paid. [2]", ("Travel is paid.", 0)),
        _answer("Travel is paid. [1] [2]", ("Travel is paid.", 0)),
        _answer("Travel is paid. [1]", ("Travel is paid.", 1)),
        _answer("Travel was paid. [1]", ("Travel was paid.", 0)),
        _answer("Travel is paid. [1]", ("Travel is paid.", 900)),
        _answer(" [1]", ("", 0)),
    ],
)
def test_an_answer_that_does_not_hold_is_not_sound(answer: Answer) -> None:
    assert not is_sound(answer, index("Travel is paid. Lodging too.\n"))


def test_a_document_that_is_gone_is_not_cited() -> None:
    answer = _answer("Travel is paid. [1]", ("Travel is paid.", 0))
    gone = replace(answer.citations[0], document=info("gone"))
    known = index("Travel is paid.\n")
    assert not is_sound(replace(answer, citations=(gone,)), known)

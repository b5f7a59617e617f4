"""Evidence with what a reader says of it, and what follows for the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from tests.unit.bot.answering.made import evidence, in_one_passage, info, query

from aspire_bot.answering.linear import LinearModel
from aspire_bot.answering.quotes.calibration import QuoteCalibration, Rule, chances
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.read import (
    FIRST_READ,
    FURTHER_READ,
    MOST_COMPARED,
    MOST_READ,
    read_evidence,
    side_by_side,
)
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.types import Question, Turn

_PLAIN = QuoteCalibration(
    sentence=LinearModel(weights={"reading": 1.0, "covered": 1.0}),
    compared=LinearModel(weights={"score": 1.0, "compared": 2.0, "is_compared": 8.0}),
    further=LinearModel(weights={"place": -1.0, "shared": 100.0}),
    answers=LinearModel(weights={"best": 1.0}),
    right=LinearModel(weights={"best": 0.5}),
    answer_from=0.3,
    sure_from=0.6,
    rule=Rule(adding=LinearModel(weights={}), add_from=0.5),
)


@dataclass
class _Reader:
    """Says what it is told of each text, and of texts side by side; keeps what it was asked."""

    said: dict[str, float]
    side_by_side: dict[str, float] = field(default_factory=dict[str, float])
    asked: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
        self.asked.append((question.text, len(passages)))
        return [
            Reading(
                sentences=tuple(
                    (self.side_by_side if len(one.spans) > 1 else self.said).get(
                        one.text[start:end], -4.0
                    )
                    for start, end in one.spans
                ),
                passage=0.5,
            )
            for one in passages
        ]


def _ranked(count: int) -> list[Evidence]:
    made = [
        evidence(f"Sentence {n}.", passage_id=f"p{n}", measured={"covered": -n / 10})
        for n in range(count)
    ]
    return [
        replace(one, passage=replace(one.passage, rank=n)) for n, one in enumerate(made, start=1)
    ]


def test_reading_and_signals_score_a_sentence_together() -> None:
    reader = _Reader({"Sentence 3.": 3.0})
    best, *_ = read_evidence(query(), _ranked(5), reader, _PLAIN)
    assert best.text == "Sentence 3."
    assert best.score == pytest.approx(3.0 - 0.3)  # pyright: ignore[reportUnknownMemberType]
    assert (best.reading, best.passage_reading) == (3.0, 0.5)


def test_more_is_read_only_where_the_first_passages_do_not_answer_surely() -> None:
    sure, unsure = _Reader({"Sentence 1.": 5.0}), _Reader({})
    few = FIRST_READ + FURTHER_READ
    assert len(read_evidence(query(), _ranked(30), sure, _PLAIN)) == few
    assert len(read_evidence(query(), _ranked(30), unsure, _PLAIN)) == MOST_READ
    counts = [count for _, count in unsure.asked]
    assert counts == [FIRST_READ, FURTHER_READ, MOST_READ - few, 1]


def test_where_editions_are_compared_all_is_read_though_one_of_them_answers() -> None:
    reader = _Reader({"Sentence 1.": 5.0})
    for editions, count in (
        (("FY2025",), FIRST_READ + FURTHER_READ),
        (("FY2025", "FY2026"), MOST_READ),
    ):
        asked = replace(query(), editions=editions)
        assert len(read_evidence(asked, _ranked(30), reader, _PLAIN)) == count


def test_what_is_like_the_best_sentence_of_the_first_passages_is_read_next() -> None:
    first = [evidence(f"Fee {n}.", passage_id=f"p{n}") for n in range(FIRST_READ)]
    more = [
        evidence("Rooms.", passage_id="rooms"),
        evidence("Desks.", passage_id="desks"),
        evidence("Fee 2 abroad.", passage_id="abroad"),
    ]
    read = read_evidence(query(), [*first, *more], _Reader({"Fee 2.": 5.0}), _PLAIN)
    names = {one.text for one in read}
    assert {"Fee 2 abroad.", "Rooms."} <= names, "the likest, then the order of the ranking"
    assert "Desks." not in names


def test_the_asker_s_own_turns_stand_before_a_question_that_leans_on_them() -> None:
    reader = _Reader({})
    history = (
        Turn(role="user", text="Who won?"),
        Turn(role="assistant", text="Nobody."),
    )
    asked = replace(query("Then?"), question=Question(text="And then?", history=history))
    for leans in (True, False):
        read_evidence(replace(asked, is_follow_up=leans), _ranked(1), reader, _PLAIN)
    asked_twice = [text for text, _ in reader.asked]
    assert asked_twice == ["query: Who won? / And then?"] * 2 + ["query: Then?"] * 2


def test_the_best_sentences_are_read_side_by_side_and_told_apart() -> None:
    ranked = _ranked(MOST_COMPARED + 2)
    apart = {f"Sentence {n}.": 5.0 - n for n in range(MOST_COMPARED + 2)}
    reader = _Reader(apart, side_by_side={"Sentence 4.": 6.0})
    found = read_evidence(query(), ranked, reader, _PLAIN, reads_on=True)
    assert [one.text for one in found[:2]] == ["Sentence 4.", "Sentence 0."]
    assert found[0].compared == 6.0
    assert [one.text for one in found if one.compared is None] == ["Sentence 8.", "Sentence 9."]


def test_sentences_of_one_passage_are_read_in_its_order() -> None:
    found = in_one_passage("One. Two. Three.", ("One.", 2.0), ("Two.", 1.0), ("Three.", 3.0))
    texts: list[str] = []

    class Keeping(_Reader):
        def read(self, question: ReaderText, passages: Sequence[ReaderText]) -> Sequence[Reading]:
            texts.extend(one.text[one.spans[0][0] :] for one in passages)
            return super().read(question, passages)

    told = side_by_side(query(), found, Keeping({}, side_by_side={"Two.": 1.0}))
    assert texts == ["One.\nTwo.\nThree."]
    assert [(one.text, one.compared) for one in told if one.compared == 1.0] == [("Two.", 1.0)]


def test_nothing_from_nothing() -> None:
    assert read_evidence(query(), (), _Reader({}), _PLAIN) == ()
    assert chances((), _PLAIN, language="en", is_follow_up=False) == (0.0, 0.0)


def test_chances_grow_with_the_best_sentence() -> None:
    low, high = (
        chances([evidence("A.", info(), score=score)], _PLAIN, language="ja", is_follow_up=False)
        for score in (-2.0, 2.0)
    )
    assert low < high
    assert all(0 < value < 1 for value in (*low, *high))

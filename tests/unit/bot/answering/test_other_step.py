"""The question before asked of another step, of the one before or after, of other people."""

import pytest

from aspire_bot.answering.message.follow_up.stand_alone import asks_nothing_alone, completed


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "When are the interviews of the pilot call?",
            "and the deadline?",
            "When is the deadline of the pilot call?",
        ),
        (
            "when is the briefing for the pilot call",
            "results?",
            "when are the results for the pilot call",
        ),
        ("When will interviews be?", "what about the hearing?", "When will hearing be?"),
        ("試行公募の面接はいつですか", "結果は?", "試行公募の結果はいつですか"),
        ("試行公募の書類審査はいつ", "では研究開始は", "試行公募の研究開始はいつ"),
        ("面接はいつでしょうか", "採否の通知は?", "採否の通知はいつでしょうか"),
    ],
)
def test_when_another_step_is(before: str, text: str, whole: str) -> None:
    assert completed(before, text) == whole


def test_what_belongs_to_a_step_is_asked_of_that_step() -> None:
    assert completed("試行公募の説明会はいつですか", "会場は?") == "試行公募の説明会の会場は?"
    assert completed("試行公募の面接は誰がしますか", "結果は?") != "試行公募の結果は誰がしますか"


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("Where is the next forum?", "and the last one?", "Where is the last forum?"),
        ("when will the next forum be held", "and the last", "when was the last forum held"),
        ("Who chaired the first panel?", "the second?", "Who chaired the second panel?"),
        ("Who chaired the previous forum?", "the next one", "Who chaired the next forum?"),
        ("次回の懇談会はどこですか", "前回は?", "前回の懇談会はどこですか"),
        ("前回の司会は誰でしたか", "では次回は", "次回の司会は誰でしたか"),
    ],
)
def test_the_one_before_or_after(before: str, text: str, whole: str) -> None:
    assert completed(before, text) == whole


def test_of_several_told_in_an_answer_the_question_names_no_order() -> None:
    assert completed("Who are the chairs of the forum?", "the second one?") is None
    assert completed("Is the first or the last forum online?", "the second one?") is None


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "Can nurses apply for the pilot call?",
            "are they paid?",
            "are nurses paid for the pilot call?",
        ),
        ("May heads of the labs hire?", "can they travel?", "can heads travel?"),
        ("Do foreign reviewers see it?", "who chooses them?", "who chooses foreign reviewers?"),
        (
            "Which teams spoke at the forum?",
            "what did they show?",
            "what did teams show at the forum?",
        ),
        (
            "Can postdocs apply for the pilot call?",
            "and PhD students?",
            "Can PhD students apply for the pilot call?",
        ),
        ("Are foreign companies admitted?", "what about labs", "Are labs admitted?"),
    ],
)
def test_several_are_meant_by_they_and_others_stand_in_their_place(
    before: str, text: str, whole: str
) -> None:
    assert completed(before, text) == whole


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Can postdocs claim travel costs?", "and fees?"),
        ("Does this include taxes?", "are they high?"),
        ("Can I apply?", "are they paid?"),
    ],
)
def test_no_other_people_are_named(before: str, text: str) -> None:
    assert completed(before, text) is None


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (
            "What did the fund pay in 2024?",
            "and the year before?",
            "What did the fund pay in 2023?",
        ),
        ("How many boats in FY25?", "the following year?", "How many boats in FY26?"),
        ("令和7年度の定員は何名ですか", "その前の年は？", "令和6年度の定員は何名ですか"),
        ("2025年度の定員は何名ですか", "翌年度は？", "2026年度の定員は何名ですか"),
        ("How many boats in 2024 and 2025?", "the year before?", None),
        ("How many boats are there?", "the previous year?", None),
    ],
)
def test_the_year_beside_is_told_from_the_one_that_was_asked_of(
    before: str, text: str, whole: str | None
) -> None:
    assert completed(before, text) == whole


@pytest.mark.parametrize(
    ("text", "asks_nothing"),
    [
        ("since when?", True),
        ("and the duration?", True),
        ("the previous year?", True),
        ("いつから？", True),
        ("期間は？", True),
        ("since when is it open?", False),
        ("the duration of the larch call?", False),
        ("唐松公募はいつから？", False),
    ],
)
def test_what_asks_nothing_alone(text: str, asks_nothing: bool) -> None:
    assert asks_nothing_alone(text) is asks_nothing


def test_an_attribute_is_asked_of_what_was_spoken_of() -> None:
    assert completed("How much does the Larch grant pay?", "duration?") == (
        "What is the duration of the Larch grant?"
    )
    assert completed("When is the deadline?", "duration?") is None


def test_the_verb_behind_can_is_no_part_of_the_name() -> None:
    assert completed("How much can the Larch grant pay?", "and the deadline?") == (
        "What is the deadline of the Larch grant?"
    )
    assert completed("How much can the Larch grant squander?", "and the deadline?") is None

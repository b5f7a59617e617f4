"""Plots of the figures by week, and how test questions came out, worked out without a page."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.new_state import new_state
from tests.unit.bot.state.made import NOW, posted

from aspire_bot.console.views.plots import HEIGHT, WIDTH, plots
from aspire_bot.console.views.test_results import test_results as results_of
from aspire_bot.messages import phrases
from aspire_bot.office.figures import (
    PlaceClass,
    WeekFigures,
    figures_by_week,
    languages_asked,
)
from aspire_bot.state import open_state
from aspire_bot.state.office.test_questions import TestQuestion, TestRun

MONDAY = date(2026, 9, 7)
Share = st.one_of(st.none(), st.floats(0, 1))


def week(number: int, **values: float | None) -> WeekFigures:
    made = WeekFigures(
        week=MONDAY + timedelta(weeks=number), language="", topic="", asked=4, answered=0.5,
        hedged=0.25, silent=0.5, asked_back=0.0, up=3, down=1, escalated=1, reply_hours=6.0,
    )  # fmt: skip
    return replace(made, **values)  # pyright: ignore[reportArgumentType]  fields of the class


def test_a_line_is_broken_where_a_week_is_missing() -> None:
    silent = next(
        one for one in plots([week(0), week(1), week(4), week(5)]) if one.name == "silent"
    )
    (line,) = silent.series
    assert [run.count(",") for run in line.runs] == [2, 2]
    assert len(line.dots) == 4
    assert [row.label for row in silent.rows] == ["0%", "25%", "50%", "75%", "100%"]
    assert silent.columns[0].label == "9/7"


def test_higher_is_further_up_and_later_further_right() -> None:
    answered = plots([week(0, answered=0.2), week(1, answered=0.9)])[0]
    (first, second) = answered.series[0].dots
    assert first[0] < second[0]
    assert first[1] > second[1]


def test_what_has_no_value_is_empty_and_votes_are_two_lines() -> None:
    drawn = {one.name: one for one in plots([week(0, reply_hours=None)])}
    assert drawn["reply_hours"].is_empty
    assert [line.name for line in drawn["votes"].series] == ["up", "down"]
    assert plots([]) == []
    assert set(drawn) == set(phrases("en").console.quality_plots)


@given(
    st.lists(
        st.tuples(Share, Share, st.integers(0, 10**6), st.one_of(st.none(), st.floats(0, 10**5))),
        min_size=1,
        max_size=60,
    )
)
def test_all_stands_inside_the_drawing(
    rows: list[tuple[float | None, float | None, int, float]],
) -> None:
    figures = [
        week(number, answered=a, hedged=h, up=up, asked=up, reply_hours=hours)
        for number, (a, h, up, hours) in enumerate(rows)
    ]
    for plot in plots(figures):
        assert len(plot.columns) <= 5
        for line in plot.series:
            assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in line.dots)


@pytest.mark.parametrize(
    ("language", "place", "asked"),
    [("", None, [4, 1]), ("ja", None, [1, 1]), ("en", "direct", [1]), ("", "staff", [1]),
     ("", "channel", [2, 1]), ("fr", None, [])],
)  # fmt: skip
def test_figures_of_a_language_and_a_class_of_places(
    tmp_path: Path, language: str, place: PlaceClass | None, asked: list[int]
) -> None:
    state = open_state(new_state(tmp_path / "state.db"))
    said = replace(posted("a"), outcome="answered", certainty="sure")
    answers = [
        replace(said, answer_id="1"),
        replace(said, answer_id="2", channel="D7"),
        replace(said, answer_id="3", audience="staff"),
        replace(posted("4"), language="ja"),
        replace(said, answer_id="5", language="ja", asked_at=NOW + timedelta(days=7)),
        replace(said, answer_id="old", asked_at=NOW - timedelta(days=70)),
    ]
    for one in answers:
        state.answers.add(one)
    since = NOW - timedelta(days=20)
    found = figures_by_week(state.database, since=since, language=language, place=place)
    assert [one.asked for one in found] == asked
    assert {one.topic for one in found} <= {""}
    assert languages_asked(state.database) == ("en", "ja")
    state.close()


def test_outcomes_are_kept_where_they_change(tmp_path: Path) -> None:
    state = open_state(new_state(tmp_path / "state.db"))
    questions = [
        TestQuestion(test_id=name, question=f"{name}?", expects="none")
        for name in ("steady", "broken", "mended", "new")
    ]
    state.test_questions.put(questions)
    begin = datetime(2026, 11, 1, tzinfo=UTC)

    def run(name: str, day: int, *, has_passed: bool) -> None:
        state.test_questions.keep_run(
            TestRun(
                test_id=name, has_passed=has_passed, outcome="abstained", said="",
                index_version=f"{day}", ran_at=begin + timedelta(days=day),
            )
        )  # fmt: skip

    for day in range(1, 4):
        run("steady", day, has_passed=True)
        run("broken", day, has_passed=day < 3)
        run("mended", day, has_passed=day > 1)
    tests = state.test_questions
    found = results_of(tests.all(), tests.runs(), tests.outcomes())
    assert [one.question.test_id for one in found] == ["broken", "mended", "new", "steady"]
    broken, mended, new, steady = found
    assert broken.since is not None
    assert broken.before is not None
    assert (broken.since.index_version, broken.before.has_passed) == ("3", True)
    assert mended.since is not None
    assert mended.since.index_version == "2"
    assert steady.last is not None
    assert (steady.last.index_version, steady.before) == ("3", None)
    assert (new.last, new.since) == (None, None)
    for day in range(4, 70):
        run("broken", day, has_passed=bool(day % 2))
    assert len(tests.outcomes()["broken"]) == 20
    assert tests.remove("broken")
    assert "broken" not in tests.outcomes()
    state.close()

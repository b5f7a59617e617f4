"""What staff decide on their pages, on both databases."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from tests.unit.bot.state.made import NOW, Clock, gap, posted

from aspire_bot.office.figures import figures_by_week, languages_asked
from aspire_bot.state import State
from aspire_bot.state.office.test_questions import TestQuestion, TestRun


def test_a_question_is_given_and_given_up(state: State) -> None:
    made, _ = state.escalations.open_for(posted("a1"), "U5", staff_channel="C9")
    for owner in ("S1", "S2", None):
        state.escalations.take(made.escalation_id, owner)
        kept = state.escalations.get(made.escalation_id)
        assert kept is not None
        assert kept.owner == owner


def test_a_day_that_staff_set_stands_in_for_the_usual_reminders(state: State, clock: Clock) -> None:
    made, _ = state.escalations.open_for(posted("a1"), "U5", staff_channel="C9")
    name = made.escalation_id
    state.escalations.set_message(name, "C9", "8.0")
    clock.pass_s(7200)
    an_hour_ago = clock() - timedelta(hours=1)
    assert len(state.escalations.neglected(an_hour_ago, 9)) == 1
    day = clock() + timedelta(days=3)
    state.escalations.set_remind_at(name, day)
    assert state.escalations.neglected(an_hour_ago, 9) == ()
    assert state.escalations.due(clock(), 9) == ()
    state.escalations.set_reminder(name, "9.0")  # one that was on its way
    kept = state.escalations.get(name)
    assert kept is not None
    assert kept.remind_at == day
    clock.pass_s(3 * 86400)
    assert [one.escalation_id for one in state.escalations.due(clock(), 9)] == [name]
    state.escalations.set_reminder(name, "10.0")
    assert state.escalations.due(clock(), 9) == ()
    state.escalations.set_remind_at(name, day)
    state.escalations.mark_answered(name)
    assert state.escalations.due(clock(), 9) == ()


def test_what_staff_decided_of_a_cluster_is_kept(state: State) -> None:
    for name in ("g1", "g2", "g3"):
        state.gaps.add(gap(name, f"{name}?"))
    vectors = {name: np.ones(4, np.float32) for name in ("g1", "g2", "g3")}
    state.clusters.add(vectors, "x")
    state.clusters.assign("T1", dict.fromkeys(vectors, "c"))
    made = state.clusters.split("T1", ["g3"])
    state.clusters.assign("T1", {"g1": made, "g2": "other", "g3": "c"})
    assert (state.clusters.gaps_of("c"), state.clusters.gaps_of(made)) == (["g1", "g2"], ["g3"])
    state.clusters.set_status("c", "dismissed", "S1", "not ours")
    decided = state.clusters.decisions("T1")
    assert (decided["c"].status, decided["c"].reason, decided["c"].decided_by) == (
        "dismissed", "not ours", "S1",
    )  # fmt: skip
    assert decided[made].status == "open"
    assert state.clusters.decisions("T2") == {}
    state.retention.forget("S1")
    assert state.clusters.decisions("T1")["c"].decided_by is None


def test_an_outcome_is_kept_where_it_differs_from_the_one_before(state: State) -> None:
    state.test_questions.put([TestQuestion(test_id="t", question="Q?", expects="none")])
    said = TestRun(
        test_id="t", has_passed=True, outcome="abstained", said="", index_version="1", ran_at=NOW
    )
    for day, run in enumerate((said, said, replace(said, has_passed=False, said="x"), said)):
        state.test_questions.keep_run(replace(run, ran_at=NOW + timedelta(days=day)))
    state.test_questions.keep_run(replace(said, test_id="gone"))
    found = state.test_questions.outcomes()
    assert [(one.has_passed, (one.ran_at - NOW).days) for one in found["t"]] == [
        (True, 3), (False, 2), (True, 0),
    ]  # fmt: skip
    assert list(found) == ["t"]
    assert state.test_questions.remove("t")
    assert state.test_questions.outcomes() == {}


def test_figures_are_counted_by_week(state: State) -> None:
    state.answers.add(replace(posted("a1"), channel="D1"))
    state.answers.add(replace(posted("a2"), language="ja", audience="staff"))
    (both,) = figures_by_week(state.database, since=NOW - timedelta(days=7))
    assert (both.asked, both.silent, both.language) == (2, 1.0, "")
    (direct,) = figures_by_week(state.database, since=NOW - timedelta(days=7), place="direct")
    assert direct.asked == 1
    assert languages_asked(state.database) == ("en", "ja")
    assert figures_by_week(state.database, since=NOW + timedelta(days=7)) == ()


def test_a_dismissed_answer_comes_back_with_the_next_vote_against_it(
    state: State, clock: Clock
) -> None:
    state.answers.add(posted("a1"))
    state.feedback.vote("a1", "U1", "down")
    clock.pass_s(60)
    state.dismissals.add("disliked", "a1", team="T1", user="S1", reason="Right as it was")
    state.dismissals.add("held", "a1", team="T1", user="S1", reason="x", version="draft")
    assert state.answer_list.disliked(9) == ()
    assert state.dismissals.versions("held") == {"a1": "draft"}
    clock.pass_s(60)
    state.feedback.vote("a1", "U2", "up")
    assert state.answer_list.disliked(9) == ()
    state.feedback.vote("a1", "U3", "down")
    assert [one.answer_id for one in state.answer_list.disliked(9)] == ["a1"]
    said = state.dismissals.remove("disliked", "a1")
    assert said is not None
    assert (said.reason, said.dismissed_by) == ("Right as it was", "S1")
    assert state.dismissals.remove("disliked", "a1") is None
    assert [one.kind for one in state.dismissals.latest(9)] == ["held"]


def test_questions_that_hold_words_and_how_alike_pairs_are(state: State) -> None:
    for name, question in (("g1", "TRAVEL costs?"), ("g2", "Costs of visas"), ("g3", "50% of it")):
        state.gaps.add(gap(name, question))
    assert state.gaps.holding(["costs", "travel"]) == {"g1"}
    assert state.gaps.holding(["COSTS"]) == {"g1", "g2"}
    assert state.gaps.holding(["0%"]) == {"g3"}
    assert state.gaps.holding(["%o"]) == set(), "no wildcard"
    state.question_pairs.add({("g1", "g2"): 0.5, ("g1", "g3"): -0.25}, "w/1")
    state.question_pairs.add({("g1", "g2"): 0.75}, "w/1")
    assert state.question_pairs.of("T1", "w/1") == {("g1", "g2"): 0.75, ("g1", "g3"): -0.25}


def test_only_an_open_question_at_the_office_is_dismissed(state: State) -> None:
    made, _ = state.escalations.open_for(posted("a1"), "U5", staff_channel="C9")
    name = made.escalation_id
    assert not state.escalations.reopen(name)
    assert state.escalations.dismiss(name)
    assert not state.escalations.dismiss(name)
    assert state.escalations.reopen(name)
    state.escalations.mark_answered(name)
    assert not state.escalations.dismiss(name)

"""Figures by week and groups of questions, counted by either database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from tests.unit.bot.state.made import NOW, Clock, gap, posted

from aspire_bot.office.figures import PlaceClass, figures_by_week, weekly_figures
from aspire_bot.state import State


def test_a_week_begins_on_monday_in_utc(state: State) -> None:
    moments = {
        "sunday": datetime(2026, 4, 5, 23, 59, 59, tzinfo=UTC),
        "monday": datetime(2026, 4, 6, tzinfo=UTC),
        "next": datetime(2026, 4, 12, 23, 59, tzinfo=UTC),
        "year": datetime(2027, 1, 1, 12, tzinfo=UTC),
    }
    for name, moment in moments.items():
        state.answers.add(replace(posted(name), asked_at=moment))
    weeks = [(one.week, one.asked) for one in weekly_figures(state.database)]
    assert weeks == [
        (date(2026, 3, 30), 1),
        (date(2026, 4, 6), 2),
        (date(2026, 12, 28), 1),
    ]
    later = weekly_figures(state.database, since=moments["monday"])
    assert [one.week for one in later] == [date(2026, 4, 6), date(2026, 12, 28)]


def test_places_and_what_followed_are_counted(state: State, clock: Clock) -> None:
    answered = replace(posted("dm"), channel="D1", outcome="answered", certainty="hedged")
    state.answers.add(answered)
    state.answers.add(replace(answered, answer_id="staff", channel="C2", audience="staff"))
    state.answers.add(replace(answered, answer_id="open", channel="C1", language="ja"))
    state.answers.add(posted("silent"))
    for name, user in (("dm", "U1"), ("dm", "U2"), ("open", "U1")):
        state.feedback.vote(name, user, "up" if user == "U1" else "down")
    for name in ("open", "silent"):
        made, _ = state.escalations.open_for(posted(name), "U1", staff_channel="G1")
        if name == "silent":
            for hours in (2, 5):
                clock.pass_s(hours * 3600)
                state.escalations.add_reply(made.escalation_id, "U3", "Yes.", f"{hours}")
    since = NOW - timedelta(days=9)
    (whole,) = figures_by_week(state.database, since=since)
    assert (whole.asked, whole.answered, whole.hedged, whole.silent) == (4, 0.75, 1.0, 0.25)
    assert (whole.up, whole.down, whole.escalated, whole.reply_hours) == (2, 1, 2, 2.0)
    (direct,) = figures_by_week(state.database, since=since, place="direct")
    assert (direct.asked, direct.up, direct.down, direct.escalated) == (1, 1, 1, 0)
    (staff,) = figures_by_week(state.database, since=since, place="staff")
    assert (staff.asked, staff.up) == (1, 0)
    (channel,) = figures_by_week(state.database, since=since, place="channel", language="ja")
    assert (channel.asked, channel.escalated, channel.reply_hours) == (1, 1, None)
    assert figures_by_week(state.database, since=NOW + timedelta(days=9)) == ()


def test_each_answer_has_one_place_and_what_was_taken_back_none(state: State) -> None:
    said = replace(posted("dm"), channel="D1", audience="staff")
    state.answers.add(said)
    state.answers.add(replace(said, answer_id="staff", channel="C2"))
    state.answers.add(replace(said, answer_id="open", channel="C1", audience="public"))
    state.answers.add(replace(said, answer_id="unsure", channel="C1", audience="public",
                              outcome="clarify", certainty="hedged"))  # fmt: skip
    gone = replace(said, answer_id="gone", channel="C1", audience="public", deleted_at=NOW)
    state.answers.add(gone)
    since = NOW - timedelta(days=9)
    places: tuple[PlaceClass, ...] = ("direct", "staff", "channel")
    found = {place: figures_by_week(state.database, since=since, place=place) for place in places}
    assert {place: one.asked for place, (one,) in found.items()} == {
        "direct": 1, "staff": 1, "channel": 2,
    }  # fmt: skip
    assert found["channel"][0].hedged is None, "nothing was answered"


def test_groups_are_counted_without_reading_their_questions(state: State) -> None:
    for number, question in enumerate(["Travel?", "Trips?", "Zebras?", "Nights?", "Lunch?"]):
        state.gaps.add(gap(f"g{number}", question, asker=f"U{number}"))
    state.gaps.add(gap("again", "trips", asker="U9"))
    vector = np.ones(4, np.float32)
    state.clusters.add({f"g{number}": vector for number in range(4)}, "x")
    state.clusters.assign("T1", {"g0": "travel", "g1": "travel", "g2": "zebras"})
    state.clusters.set_status("zebras", "dismissed", "U3", "not ours")
    state.gaps.set_status("g4", "answered")
    travel, nights = state.clusters.open_groups(9)
    assert (travel.cluster_id, travel.gap_ids, travel.times) == ("travel", ("g1", "g0"), 3)
    assert (nights.cluster_id, nights.gap_ids) == (None, ("g3",)), "in no cluster: by itself"
    assert state.clusters.open_groups(1) == (replace(travel, gap_ids=("g1",), times=2),)
    assert state.clusters.open_groups(9, team="T2") == ()
    (zebras,) = state.clusters.dismissed_groups(9)
    assert (zebras.gap_ids, zebras.reason) == (("g2",), "not ours")
    state.gaps.set_status("g2", "answered")
    assert state.clusters.dismissed_groups(9) == ()
    later = replace(gap("later", "Flights?", asker="U8"), asked_at=NOW + timedelta(hours=1))
    state.gaps.add(later)
    state.clusters.add({"later": vector}, "x")
    state.clusters.assign("T1", {"later": "travel"})
    assert state.clusters.open_groups(9)[0].gap_ids == ("g1", "later", "g0"), "the later first"
    assert sorted(state.clusters.vectors(["g0", "g3", "none"], "x")) == ["g0", "g3"]
    assert state.clusters.vectors(["g0"], "another") == {}
    assert sorted(state.gaps.some(["g0", "g1", "none"])) == ["g0", "g1"]
    asked = state.gaps.times_asked(["g1", "g2"], NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert asked == {"g1": 2, "g2": 1}

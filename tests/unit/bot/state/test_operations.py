"""Operations go step by step, each taken by one job alone; troubles are told apart by name."""

from datetime import UTC, datetime, timedelta

import pytest

from aspire_bot.state import State
from aspire_bot.state.operations import Operation

BEGUN = Operation(
    operation_id="o1",
    kind="ingest",
    team="T1",
    channel="G1",
    user="U3",
    language="ja-JP",
    began_at=datetime(2026, 11, 22, tzinfo=UTC),
    claimed_by="begin",
    request={"url": "https://example.org/\0<x>"},
)


def test_an_operation_is_begun_once(state: State) -> None:
    assert state.operations.begin(BEGUN) == BEGUN
    state.operations.note_message("o1", "1.2")
    again = state.operations.begin(BEGUN)
    assert (again.message_ts, again.turn, again.is_at_work) == ("1.2", 0, True)
    assert state.operations.get("none") is None


def test_of_two_presses_one_takes_the_step_and_may_take_it_again(state: State) -> None:
    state.operations.begin(BEGUN)
    ready = state.operations.settle("o1", "ready", {"seen": [1]})
    assert (ready.status, ready.turn, ready.found) == ("ready", 1, {"seen": [1]})
    taken = state.operations.claim("o1", turn=1, by="first", user="U4", status="doing")
    assert taken is not None
    assert (taken.status, taken.turn, taken.user) == ("doing", 2, "U4")
    assert state.operations.claim("o1", turn=1, by="other", user="U5", status="cancelled") is None
    assert state.operations.claim("o1", turn=1, by="first", user="U4", status="doing") == taken
    done = state.operations.settle("o1", "done", {})
    again = state.operations.claim("o1", turn=1, by="first", user="U4", status="doing")
    assert again == done, "what it came to stays"
    assert state.operations.claim("none", turn=0, by="x", user="U3", status="doing") is None


def test_a_wish_is_kept_with_the_step(state: State) -> None:
    state.operations.begin(BEGUN)
    changed = state.operations.claim(
        "o1", turn=0, by="x", user="U3", status="looking", request={"wanted": {"title": "T"}}
    )
    assert changed is not None
    assert changed.request == {"wanted": {"title": "T"}}
    state.operations.note("o1", {"waits": 1})
    kept = state.operations.get("o1")
    assert kept is not None
    assert kept.found == {"waits": 1}


def test_what_is_forgotten_meanwhile_cannot_be_settled(state: State) -> None:
    state.operations.begin(BEGUN)
    assert state.retention.forget("U3", "T1")["operations"] == 1
    with pytest.raises(LookupError, match="o1"):
        state.operations.settle("o1", "done", {})


def test_old_operations_go(state: State) -> None:
    state.operations.begin(BEGUN)
    state.retention.purge(30, BEGUN.began_at + timedelta(days=29))
    assert state.operations.get("o1") is not None
    state.retention.purge(30, BEGUN.began_at + timedelta(days=31))
    assert state.operations.get("o1") is None


def test_troubles_stay_until_they_are_over(state: State) -> None:
    state.troubles.change({"stale:news": "old", "broken": "syncs fail"}, {})
    state.troubles.change({"broken": "again"}, {"stale:news": "old"})
    assert state.troubles.all() == {"broken": "syncs fail"}
    state.troubles.change({}, {"broken": ""})
    assert state.troubles.all() == {}

"""The audit log: in order, bound together, and not to be changed, on both databases."""

import pytest
from sqlalchemy import delete, update
from tests.unit.bot.state.made import Clock

from aspire_bot.errors import StateError
from aspire_bot.state import State
from aspire_bot.state.console.audit import REMOVED_OLD, Act
from aspire_bot.state.database.console_tables import audit


def act(number: int, **facts: object) -> Act:
    return Act(
        surface="console",
        team="T1",
        actor="U3",
        act="gap.dismiss",
        target=f"g{number}",
        before={"status": "open"},
        after={"status": "dismissed", **facts},
    )


def test_acts_are_kept_in_order_and_follow_from_each_other(state: State) -> None:
    for number in range(5):
        state.audit.record(act(number, why="範囲外 \x00 <b>"))
    assert [row.target for row in state.audit.all()] == ["g0", "g1", "g2", "g3", "g4"]
    newest = state.audit.latest(2)
    assert [row.target for row in newest] == ["g4", "g3"]
    older = state.audit.latest(9, before=newest[-1].number)
    assert [row.target for row in older] == ["g2", "g1", "g0"]
    assert state.audit.faults() == ()


def test_a_row_cannot_be_changed(state: State) -> None:
    state.audit.record(act(1))
    with pytest.raises(StateError, match="append-only"), state.database.write() as connection:
        connection.execute(update(audit).values(actor="U9"))
    assert state.audit.latest(1)[0].actor == "U3"


def test_a_row_that_is_missing_or_forged_is_found(state: State) -> None:
    for number in range(4):
        state.audit.record(act(number))
    rows = list(state.audit.all())
    with state.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.number == rows[1].number))
    assert state.audit.faults() == (rows[2].number,)
    forged = {**{c.name: getattr(rows[3], c.name) for c in audit.c}, "actor": "U9"}
    with state.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.number == rows[3].number))
        connection.execute(audit.insert().values(**forged))
    assert state.audit.faults() == (rows[2].number, rows[3].number)


def test_the_first_rows_cannot_go_unnoticed(state: State) -> None:
    for number in range(3):
        state.audit.record(act(number))
    first = next(iter(state.audit.all())).number
    with state.database.write() as connection:
        connection.execute(delete(audit).where(audit.c.number == first))
    assert len(state.audit.faults()) == 1


def test_what_is_too_old_goes_and_a_row_says_so(state: State, clock: Clock) -> None:
    state.audit.record(act(0))
    state.audit.record(act(1))
    clock.pass_s(400 * 86400)
    assert state.audit.remove_old(500) == 0
    state.audit.record(act(2))
    assert state.audit.remove_old(365) == 2
    assert [row.target for row in state.audit.all()] == ["g2", "audit"]
    told = state.audit.latest(1)[0]
    assert told.act == REMOVED_OLD
    assert told.after is not None
    assert told.after["rows"] == 2
    assert state.audit.faults() == ()
    clock.pass_s(800 * 86400)
    assert state.audit.remove_old(365) == 2  # all of them, and one says so
    assert state.audit.faults() == ()

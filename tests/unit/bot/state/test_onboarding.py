from tests.unit.bot.state.made import Clock

from aspire_bot.state import State
from aspire_bot.state.database.tables import onboarding_steps


def test_a_tour_goes_step_by_step(state: State, clock: Clock) -> None:
    tours = state.onboarding
    assert tours.progress("T1", "U1") is None
    assert tours.start("T1", "U1", channel="D1")
    assert not tours.start("T1", "U1", channel="D2")
    assert tours.start("T2", "U1")
    for step, following in (("money", "goals"), ("goals", None)):
        clock.pass_s(1)
        tours.note_sent("T1", "U1", step, "1.0", next_step=following)
        progress = tours.progress("T1", "U1")
        assert progress is not None
        assert progress.next_step == following
    assert progress.done == ("money", "goals")
    assert (progress.channel, progress.finished_at) == ("D1", None)
    tours.finish("T1", "U1")
    finished = tours.progress("T1", "U1")
    assert finished is not None
    assert finished.finished_at == clock.moment
    other = tours.progress("T2", "U1")
    assert other is not None
    assert (other.done, other.finished_at) == ((), None)


def test_a_step_that_an_older_version_did_not_send_is_not_done(state: State, clock: Clock) -> None:
    state.onboarding.start("T1", "U1")
    row = {"team": "T1", "user": "U1", "step_id": "goals", "claimed_at": clock.moment}
    with state.database.write() as connection:
        connection.execute(onboarding_steps.insert().values(**row))
    progress = state.onboarding.progress("T1", "U1")
    assert progress is not None
    assert progress.done == ()
    state.onboarding.note_sent("T1", "U1", "goals", "1.0")
    sent = state.onboarding.progress("T1", "U1")
    assert sent is not None
    assert sent.done == ("goals",)


def test_a_restart_begins_anew(state: State, clock: Clock) -> None:
    tours = state.onboarding
    tours.start("T1", "U1", channel="D1")
    tours.start("T1", "U2")
    tours.note_sent("T1", "U1", "goals", "1.0", next_step="money")
    tours.finish("T1", "U1")
    tours.note_sent("T1", "U2", "goals", "1.0")
    clock.pass_s(9)
    tours.restart("T1", "U1")
    progress = tours.progress("T1", "U1")
    assert progress is not None
    assert (progress.done, progress.next_step, progress.finished_at) == ((), None, None)
    assert (progress.channel, progress.started_at) == ("D1", clock.moment)
    other = tours.progress("T1", "U2")
    assert other is not None
    assert other.done == ("goals",)
    tours.restart("T1", "U3")
    assert not tours.start("T1", "U3")

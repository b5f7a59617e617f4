import threading

from tests.unit.bot.state.made import Clock

from aspire_bot.state import State


def test_a_tour_goes_step_by_step(state: State, clock: Clock) -> None:
    tours = state.onboarding
    assert tours.progress("T1", "U1") is None
    assert tours.start("T1", "U1", channel="D1")
    assert not tours.start("T1", "U1", channel="D2")
    assert tours.start("T2", "U1")
    for step, following in (("money", "goals"), ("goals", None)):
        clock.pass_s(1)
        assert tours.claim_step("T1", "U1", step)
        assert not tours.claim_step("T1", "U1", step)
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


def test_a_step_that_was_not_sent_can_be_given_back(state: State) -> None:
    tours = state.onboarding
    tours.start("T1", "U1")
    tours.claim_step("T1", "U1", "goals")
    progress = tours.progress("T1", "U1")
    assert progress is not None
    assert (progress.done, progress.claimed) == ((), ("goals",))
    tours.drop_claim("T1", "U1", "goals")
    assert tours.claim_step("T1", "U1", "goals")
    tours.note_sent("T1", "U1", "goals", "1.0")
    tours.drop_claim("T1", "U1", "goals")
    assert not tours.claim_step("T1", "U1", "goals")


def test_a_restart_begins_anew(state: State, clock: Clock) -> None:
    tours = state.onboarding
    tours.start("T1", "U1")
    tours.set_channel("T1", "U1", "D1")
    tours.claim_step("T1", "U1", "goals")
    tours.note_sent("T1", "U1", "goals", "1.0", next_step="money")
    tours.finish("T1", "U1")
    tours.claim_step("T1", "U2", "goals")
    clock.pass_s(9)
    tours.restart("T1", "U1")
    progress = tours.progress("T1", "U1")
    assert progress is not None
    assert (progress.done, progress.next_step, progress.finished_at) == ((), None, None)
    assert (progress.channel, progress.started_at) == ("D1", clock.moment)
    assert tours.claim_step("T1", "U1", "goals")
    assert not tours.claim_step("T1", "U2", "goals")
    tours.restart("T1", "U3")
    assert not tours.start("T1", "U3")


def test_of_claims_at_once_one_succeeds(state: State) -> None:
    taken: list[bool] = []

    def claim() -> None:
        taken.append(state.onboarding.claim_step("T1", "U1", "goals"))

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 5 + [True]

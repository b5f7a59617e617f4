from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.bot.state.made import Clock, arrival

from aspire_bot.state import State
from aspire_bot.state.database.tables import inbox as table
from aspire_bot.state.inbox import Arrival, InboxCounts


def put(state: State, key: str, *, thread_ts: str = "", message_ts: str = "") -> int:
    job_id = state.inbox.put(arrival(key, thread_ts=thread_ts, message_ts=message_ts))
    assert job_id is not None
    return job_id


def claim(state: State, owner: str = "me") -> int | None:
    job = state.inbox.claim(owner)
    return None if job is None else job.job_id


def test_a_job_comes_back_as_it_arrived(state: State, clock: Clock) -> None:
    sent = Arrival(
        kind="view",
        key="Ev1",
        team="T1",
        channel="C1",
        thread_ts="1.0",
        user="U1",
        message_ts="1.5",
        body={"text": "予算は？ \x00 \ud800 <!channel>", "nested": [1, None, {"a": True}]},
    )
    job_id = state.inbox.put(sent)
    job = state.inbox.claim("me")
    assert job is not None
    assert (job.job_id, job.arrival, job.attempts) == (job_id, sent, 1)
    assert job.received_at == clock.moment
    assert job.received_at.utcoffset() == timedelta(0)
    assert (job.placeholder_ts, job.is_stream, job.outcome) == (None, False, None)


def test_a_delivery_is_taken_once(state: State) -> None:
    put(state, "Ev1", message_ts="1.0")
    assert state.inbox.put(arrival("Ev1")) is None
    assert state.inbox.put(arrival("Ev2", message_ts="1.0")) is None  # the mention's twin
    assert state.inbox.put(arrival("Ev3", message_ts="2.0")) is not None
    assert state.inbox.put(arrival("Ev4")) is not None
    assert state.inbox.put(arrival("Ev5")) is not None


def test_a_finished_delivery_is_not_taken_again(state: State) -> None:
    state.inbox.finish(put(state, "Ev1", message_ts="1.0"), "done")
    assert state.inbox.put(arrival("Ev1")) is None
    assert state.inbox.put(arrival("Ev2", message_ts="1.0")) is None


def test_clicks_on_one_message_are_all_taken(state: State) -> None:
    put(state, "Ev1", message_ts="1.0")
    for key in ("click-1", "click-2"):
        click = arrival(key, message_ts="1.0")
        assert state.inbox.put(click, once_per_message=False) is not None
        assert state.inbox.put(click, once_per_message=False) is None


def test_a_thread_is_worked_off_in_order(state: State) -> None:
    first = put(state, "a", thread_ts="1.0")
    second = put(state, "b", thread_ts="1.0")
    other = put(state, "c", thread_ts="2.0")
    loose, loose_too = put(state, "d"), put(state, "e")
    assert [claim(state) for _ in range(5)] == [first, other, loose, loose_too, None]
    state.inbox.finish(first, "failed")
    assert claim(state) == second


def test_a_thread_of_another_channel_is_another_thread(state: State) -> None:
    put(state, "a", thread_ts="1.0")
    other = Arrival(kind="event", key="b", team="T1", channel="C2", thread_ts="1.0", body={})
    state.inbox.put(other)
    assert claim(state) is not None
    assert claim(state) is not None


def test_a_job_put_off_holds_its_thread_back(state: State, clock: Clock) -> None:
    first, second = put(state, "a", thread_ts="1.0"), put(state, "b", thread_ts="1.0")
    assert claim(state) == first
    state.inbox.retry_later(first, 30)
    assert claim(state) is None
    clock.pass_s(30)
    job = state.inbox.claim("me")
    assert job is not None
    assert (job.job_id, job.attempts) == (first, 2)
    state.inbox.finish(first, "done")
    assert claim(state) == second


def test_a_lease_that_ran_out_gives_the_job_back(state: State, clock: Clock) -> None:
    job_id = put(state, "a", thread_ts="1.0")
    assert claim(state, "dead") == job_id
    clock.pass_s(59)
    assert claim(state, "other") is None
    assert state.inbox.holds(job_id, "dead")
    clock.pass_s(1)
    assert claim(state, "other") == job_id
    assert not state.inbox.holds(job_id, "dead")
    assert state.inbox.holds(job_id, "other")


def test_a_renewed_lease_holds(state: State, clock: Clock) -> None:
    mine, others = put(state, "a"), put(state, "b")
    assert claim(state, "me") == mine
    assert claim(state, "other") == others
    clock.pass_s(50)
    state.inbox.renew("me")
    clock.pass_s(50)
    assert claim(state, "third") == others
    assert claim(state, "third") is None


def test_a_retry_finds_what_was_noted(state: State, clock: Clock) -> None:
    job_id = put(state, "a")
    claim(state)
    state.inbox.note_placeholder(job_id, "7.1", is_stream=True)
    state.inbox.note_outcome(job_id, {"text": "¥1\ud800", "blocks": [{"type": "section"}]})
    clock.pass_s(61)
    job = state.inbox.claim("other")
    assert job is not None
    assert (job.placeholder_ts, job.is_stream) == ("7.1", True)
    assert job.outcome == {"text": "¥1\ud800", "blocks": [{"type": "section"}]}


def test_release_gives_back_and_counts_no_attempt(state: State) -> None:
    mine, others = put(state, "a"), put(state, "b")
    claim(state, "me")
    claim(state, "other")
    state.inbox.release("me")
    job = state.inbox.claim("next")
    assert job is not None
    assert (job.job_id, job.attempts) == (mine, 1)
    assert state.inbox.holds(others, "other")


def test_what_is_finished_stays_so_and_holds_nothing_of_a_person(state: State) -> None:
    job_id = put(state, "a", message_ts="1.0")
    claim(state)
    state.inbox.note_outcome(job_id, {"text": "secret"})
    state.inbox.finish(job_id, "done")
    state.inbox.retry_later(job_id, 0)
    state.inbox.note_outcome(job_id, {"text": "secret"})
    state.inbox.finish(job_id, "failed")
    assert claim(state) is None
    with state.database.read() as connection:
        row = connection.execute(table.select()).one()
    assert (row.state, row.user, row.body, row.outcome) == ("done", "", None, None)


def test_withdrawing_marks_the_unfinished_job_of_a_message(state: State) -> None:
    job_id = put(state, "a", message_ts="1.0")
    put(state, "no message")
    claim(state)
    job = state.inbox.withdraw("T1", "C1", "1.0", "edited")
    assert job is not None
    assert job.job_id == job_id
    assert state.inbox.withdrawn(job_id) == "edited"
    state.inbox.withdraw("T1", "C1", "1.0", "deleted")
    state.inbox.withdraw("T1", "C1", "1.0", "edited")
    assert state.inbox.withdrawn(job_id) == "deleted"
    state.inbox.finish(job_id, "dropped")
    assert state.inbox.withdraw("T1", "C1", "1.0", "deleted") is None
    assert state.inbox.withdraw("T1", "C2", "1.0", "deleted") is None
    assert state.inbox.withdraw("T1", "C1", "", "deleted") is None
    assert state.inbox.withdrawn(put(state, "b")) is None


def test_withdrawing_finds_the_latest_job_of_a_message(state: State) -> None:
    put(state, "a", message_ts="1.0")
    again = state.inbox.put(arrival("b", message_ts="1.0"), once_per_message=False)
    job = state.inbox.withdraw("T1", "C1", "1.0", "deleted")
    assert job is not None
    assert job.job_id == again


def test_counts_and_positions(state: State, clock: Clock) -> None:
    first, second, third = (put(state, key) for key in "abc")
    assert [state.inbox.position(job) for job in (first, second, third)] == [1, 2, 3]
    claim(state)
    assert state.inbox.counts() == InboxCounts(waiting=2, working=1)
    assert [state.inbox.position(job) for job in (first, second, third)] == [0, 1, 2]
    clock.pass_s(60)  # its owner is dead
    assert state.inbox.counts() == InboxCounts(waiting=3, working=0)
    state.inbox.finish(first, "done")
    assert state.inbox.counts() == InboxCounts(waiting=2, working=0)
    assert state.inbox.position(999) == 0


def test_unnoticed_are_those_that_wait_without_a_sign(state: State, clock: Clock) -> None:
    worked_on, noticed, waits, waits_too = (put(state, key) for key in "abcd")
    assert claim(state) == worked_on
    state.inbox.note_placeholder(noticed, "1.1", is_stream=False)
    clock.pass_s(5)
    put(state, "just now")
    found = state.inbox.unnoticed(older_than_s=5, limit=5)
    assert [job.job_id for job in found] == [waits, waits_too]
    assert len(state.inbox.unnoticed(older_than_s=5, limit=1)) == 1


def test_purge_keeps_keys_for_three_days_and_never_gives_an_id_twice(
    state: State, clock: Clock
) -> None:
    finished, unfinished = put(state, "a"), put(state, "b")
    state.inbox.finish(finished, "done")
    clock.pass_s(3 * 86400)
    assert state.inbox.purge(clock.moment) == 0
    assert state.inbox.put(arrival("a")) is None
    clock.pass_s(1)
    assert state.inbox.purge(clock.moment) == 1
    state.inbox.finish(unfinished, "done")
    clock.pass_s(3 * 86400 + 1)
    assert state.inbox.purge(clock.moment - timedelta(days=4)) == 0
    assert state.inbox.purge(clock.moment) == 1
    assert put(state, "a") > unfinished


STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(["", "1.0", "2.0"])),
    st.tuples(st.sampled_from(["claim", "finish", "later", "die", "release"]), st.just("")),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_happens_each_job_ends_once_in_the_order_of_its_thread(
    state: State, clock: Clock, steps: list[tuple[str, str]]
) -> None:
    with state.database.write() as connection:
        connection.execute(table.delete())
    held: list[int] = []
    ended: list[int] = []
    threads: dict[int, str] = {}
    for number, (step, thread_ts) in enumerate([*steps, *[("die", "")], *[("claim", "")] * 26]):
        if step == "put":
            threads[put(state, str(number), thread_ts=thread_ts)] = thread_ts
        elif step == "claim" and (job_id := claim(state)) is not None:
            assert job_id not in held
            held.append(job_id)
        elif step == "finish" and held:
            ended.append(held.pop())
            state.inbox.finish(ended[-1], "done")
        elif step == "later" and held:
            state.inbox.retry_later(held.pop(), 1)
        elif step == "release":
            state.inbox.release("me")
            held.clear()
        elif step == "die":
            clock.pass_s(60)
            held.clear()
        if number > len(steps) and held:
            ended.append(held.pop())
            state.inbox.finish(ended[-1], "done")
    assert sorted(ended) == sorted(threads)
    for name in {"1.0", "2.0"} & set(threads.values()):
        of_thread = [job_id for job_id in ended if threads[job_id] == name]
        assert of_thread == sorted(of_thread)

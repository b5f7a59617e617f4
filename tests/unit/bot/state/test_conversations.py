from dataclasses import replace

import pytest
from sqlalchemy import func, select
from tests.unit.bot.state.made import THREAD, Clock, posted

from aspire_bot.answering.types import Turn
from aspire_bot.state import State
from aspire_bot.state.answers import new_id
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.state.database.tables import turns
from aspire_bot.state.feedback import Vote
from aspire_ingest.index import Audience


def say(state: State, key: str, *texts: str, audience: Audience = "public") -> None:
    said = [Turn(role="user", text=text) for text in texts]
    state.threads.remember(THREAD, *said, audience=audience, user="U1", source_key=key)


def texts(state: State, audience: Audience = "public") -> list[str]:
    return [turn.text for turn in state.threads.turns(THREAD, audience=audience)]


def test_a_thread_remembers_its_last_twelve_turns_in_order(state: State) -> None:
    for number in range(8):
        say(state, f"m{number}", f"{number}a", f"{number}b")
    assert texts(state) == [f"{number}{half}" for number in range(2, 8) for half in "ab"]


def test_the_same_source_is_remembered_once(state: State) -> None:
    say(state, "m1", "a", "b")
    say(state, "m1", "a", "b", "c")
    say(state, "m1", "x")
    assert texts(state) == ["a", "b"]


def test_what_was_said_for_staff_does_not_reach_the_public(state: State) -> None:
    say(state, "m1", "open")
    for number in range(12):  # as many as are remembered
        say(state, f"s{number}", "secret", audience="staff")
    say(state, "m2", "open too")
    assert texts(state) == ["open", "open too"]
    assert texts(state, "staff") == ["secret"] * 11 + ["open too"]


def test_threads_are_apart_and_known_by_what_was_said(state: State) -> None:
    say(state, "m1", "a")
    for other in (
        replace(THREAD, team="T2"),
        replace(THREAD, channel="C2"),
        replace(THREAD, thread_ts="2.0"),
    ):
        assert state.threads.turns(other, audience="staff") == ()
        assert not state.threads.is_known(other)
        assert state.threads.forget_answer(other, "m1") == 0
    assert state.threads.is_known(THREAD)


def test_a_deleted_answer_is_forgotten(state: State) -> None:
    say(state, "m1", "a", "b")
    say(state, "m2", "c")
    assert state.threads.forget_answer(THREAD, "m1") == 2
    assert texts(state) == ["c"]
    with state.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(turns)).scalar_one() == 1


def test_an_answer_is_found_by_id_and_message(state: State) -> None:
    answer = posted("a1", job_id=7)
    assert state.answers.add(answer) == answer
    assert state.answers.by_message("T1", "C1", "1.5") is None
    state.answers.set_message("a1", "C1", "1.5")
    shown = replace(answer, message_ts="1.5")
    assert state.answers.by_id("a1") == shown
    assert state.answers.by_message("T1", "C1", "1.5") == shown
    assert state.answers.by_message("T2", "C1", "1.5") is None
    assert state.answers.by_id("a2") is None


def test_a_job_has_one_answer(state: State) -> None:
    first = state.answers.add(posted("a1", job_id=7))
    assert state.answers.add(posted("a2", job_id=7)) == first
    assert state.answers.by_id("a2") is None
    assert state.answers.add(posted("a3")).answer_id == "a3"
    assert state.answers.add(posted("a4")).answer_id == "a4"


def test_an_answer_is_deleted_once(state: State, clock: Clock) -> None:
    state.answers.add(posted("a1"))
    state.answers.mark_deleted("a1")
    deleted_at = clock.moment
    clock.pass_s(5)
    state.answers.mark_deleted("a1")
    found = state.answers.by_id("a1")
    assert found is not None
    assert found.deleted_at == deleted_at


def test_ids_are_short_and_fit_anywhere() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 12 and one.replace("-", "").replace("_", "").isalnum() for one in ids)


def test_the_last_vote_of_a_person_counts(state: State, clock: Clock) -> None:
    state.answers.add(posted("a1"))
    state.feedback.vote("a1", "U1", "up")
    state.feedback.vote("a1", "U2", "down")
    clock.pass_s(1)
    state.feedback.vote("a1", "U1", "down", reason="wrong", comment="It is 5 &amp; <b>")
    state.feedback.vote("a2", "U1", "up")
    expected = Vote(
        answer_id="a1",
        user="U1",
        value="down",
        reason="wrong",
        comment="It is 5 &amp; <b>",
        voted_at=clock.moment,
    )
    assert state.feedback.of("a1")[1] == expected
    assert [vote.user for vote in state.feedback.of("a1")] == ["U2", "U1"]
    assert state.feedback.of("a3") == ()
    assert state.feedback.counts() == {"up": 1, "down": 2}


@pytest.mark.parametrize("policy", [ChannelPolicy(), ChannelPolicy(mode="auto", audience="staff")])
def test_a_channels_policy_is_kept_and_replaced(state: State, policy: ChannelPolicy) -> None:
    assert state.channels.policy("T1", "C1") is None
    state.channels.set("T1", "C1", ChannelPolicy(language="ja"), by="U1")
    state.channels.set("T1", "C1", policy, by="U2")
    state.channels.set("T2", "C1", ChannelPolicy(mode="mention"), by="U2")
    assert state.channels.policy("T1", "C1") == policy
    assert state.channels.policy("T1", "C2") is None
    assert state.channels.policy("T2", "C1") == ChannelPolicy(mode="mention")

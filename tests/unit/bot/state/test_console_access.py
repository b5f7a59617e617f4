"""Links that sign in once, and sessions, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.new_state import new_state
from tests.unit.bot.state.made import Clock

from aspire_bot.state import State, open_state
from aspire_bot.state.console.console_access import Person

SATO = Person(team="T1", user="U3", name="佐藤", language="ja")


def test_a_link_signs_one_person_in_once(state: State) -> None:
    token = state.sign_in_links.issue(SATO)
    assert state.sign_in_links.look(token) == SATO
    assert state.sign_in_links.take(token) == SATO
    assert state.sign_in_links.take(token) is None
    assert state.sign_in_links.look(token) is None


def test_of_several_who_use_a_link_at_once_one_gets_in(state: State) -> None:
    token = state.sign_in_links.issue(SATO)
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(state.sign_in_links.take, [token] * 6))
    assert sorted(taken, key=bool) == [None] * 5 + [SATO]


def test_a_link_is_good_for_minutes(state: State, clock: Clock) -> None:
    token = state.sign_in_links.issue(SATO)
    clock.pass_s(599)
    assert state.sign_in_links.look(token) == SATO
    clock.pass_s(2)
    assert state.sign_in_links.take(token) is None


def test_what_is_not_signed_by_us_is_no_link(state: State) -> None:
    name, _, signature = state.sign_in_links.issue(SATO).partition(".")
    for forged in ("", ".", name, f"{name}.", f"{name}x.{signature}", f"{name}.{signature[:-1]}é"):
        assert state.sign_in_links.take(forged) is None
    assert state.sign_in_links.take(f"{name}.{signature}") == SATO


def test_a_session_ends_for_want_of_use_and_after_its_time(state: State, clock: Clock) -> None:
    cookie = state.sessions.begin(SATO, "link")
    for _ in range(7):
        clock.pass_s(100 * 60)
        found = state.sessions.get(cookie)
        assert found is not None
        assert found.user == "U3"
    clock.pass_s(21 * 60)  # twelve hours, in use all the while
    assert state.sessions.get(cookie) is None
    idle = state.sessions.begin(SATO, "link")
    clock.pass_s(2 * 3600)
    assert state.sessions.get(idle) is None


def test_a_session_that_was_ended_or_forgotten_is_none(state: State, clock: Clock) -> None:
    first, second = state.sessions.begin(SATO, "link"), state.sessions.begin(SATO, "proxy")
    other = state.sessions.begin(replace(SATO, user="U4"), "link")
    state.sessions.end(first)
    assert state.sessions.get(first) is None
    assert state.sessions.get(second) is not None
    state.retention.forget("U3")
    assert state.sessions.get(second) is None
    assert state.sessions.get(other) is not None
    clock.pass_s(13 * 3600)
    assert state.retention.purge(30, clock.moment)["console_sessions"] == 1
    assert state.sessions.get("") is None


def test_the_key_of_a_purpose_is_one_for_all(state: State) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(state.console_keys.key, ["page"] * 8))
    assert len(keys) == 1
    assert state.console_keys.key("sign-in") not in keys


def test_whom_each_request_names_has_one_session(state: State, clock: Clock) -> None:
    cookie = state.sessions.begin_or_resume(SATO, "proxy")
    state.sessions.speak(cookie, "en")
    again = state.sessions.begin_or_resume(replace(SATO, language="ja"), "proxy")
    assert again == cookie
    found = state.sessions.get(cookie)
    assert found is not None
    assert found.language == "en", "the language they chose stays"
    others = {
        state.sessions.begin_or_resume(replace(SATO, user="U4"), "proxy"),
        state.sessions.begin_or_resume(replace(SATO, team="T2"), "proxy"),
        state.sessions.begin_or_resume(SATO, "open"),
        cookie,
    }
    assert len(others) == 4
    clock.pass_s(13 * 3600)
    assert state.sessions.get(cookie) is None
    assert state.sessions.begin_or_resume(SATO, "proxy") == cookie
    assert state.sessions.get(cookie) is not None


def test_the_name_of_such_a_session_is_no_other_installations(state: State, tmp_path: Path) -> None:
    other = open_state(new_state(tmp_path / "other.sqlite3"))
    try:
        name = other.sessions.begin_or_resume(SATO, "proxy")
        assert state.sessions.begin_or_resume(SATO, "proxy") != name
    finally:
        other.close()

"""The day's tokens are counted together, by whoever counts."""

import threading
from datetime import date

from aspire_bot.state import State, open_state

MONDAY, TUESDAY = date(2026, 4, 6), date(2026, 4, 7)


def test_tokens_add_up_by_day(state: State) -> None:
    assert state.tokens.add(MONDAY, 100) == 100
    assert state.tokens.add(MONDAY, -30) == 70
    assert state.tokens.add(TUESDAY, 5_000_000_000) == 5_000_000_000
    assert state.tokens.add(MONDAY, 0) == 70


def test_there_are_never_less_than_none(state: State) -> None:
    assert state.tokens.add(MONDAY, -5) == 0
    assert state.tokens.add(MONDAY, 3) == 3


def test_they_outlive_the_program(migrated_place: str) -> None:
    for total in (10, 20):
        opened = open_state(migrated_place)
        assert opened.tokens.add(MONDAY, 10) == total
        opened.close()


def test_those_who_count_at_once_lose_nothing(state: State) -> None:
    threads = [
        threading.Thread(target=lambda: [state.tokens.add(MONDAY, 1) for _ in range(10)])
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.tokens.add(MONDAY, 0) == 50

"""Waiting until the bot has nothing left to work on."""

import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager

from aspire_bot.state import State

_UNFINISHED = "SELECT EXISTS (SELECT 1 FROM inbox WHERE finished_at IS NULL)"


def settle(state: State, *, timeout_s: float, every_s: float) -> None:
    """Wait until the inbox holds nothing unfinished, looking every so often."""
    until = time.monotonic() + timeout_s
    with _looking(state) as is_at_work:
        while is_at_work():
            if time.monotonic() >= until:
                raise AssertionError(f"still at work after {timeout_s} s: {state.inbox.counts()}")
            time.sleep(every_s)


@contextmanager
def _looking(state: State) -> Generator[Callable[[], bool]]:
    """Give what looks: straight into the file, as asking the bot's own way keeps the bot waiting.

    Through SQLAlchemy a look takes over a millisecond of the one interpreter that the bot's
    threads share with the test, and there are hundreds of looks a second.
    """
    if state.database.is_postgres:

        def is_counted() -> bool:
            counts = state.inbox.counts()
            return bool(counts.waiting or counts.working)

        yield is_counted
        return
    file = str(state.database.engine.url.database)
    with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as connection:
        yield lambda: bool(connection.execute(_UNFINISHED).fetchone()[0])

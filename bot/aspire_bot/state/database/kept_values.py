"""What was worked out of the state and holds until anything in it changes."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from aspire_bot.state.database.database import Database

_Value = TypeVar("_Value")
_MOST = 16


class WhileUnchanged(Generic[_Value]):
    """Keeps a few values, each by what it is of, while the database is as it was.

    For what takes long to work out and is asked for more often than the state changes. Any change
    ends all of them, whoever made it: nothing that is given is older than the call.
    """

    def __init__(self, database: Database) -> None:
        """Keep nothing yet."""
        self._database = database
        self._lock = threading.Lock()
        self._version = ""
        self._kept: dict[Hashable, _Value] = {}

    def of(self, key: Hashable, work_out: Callable[[], _Value]) -> _Value:
        """Give the value of a key; it is worked out where none is kept.

        Raises:
            StateError: the database cannot be used.
        """
        version = self._database.version()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            if key in self._kept:
                return self._kept[key]
        value = work_out()
        with self._lock:
            if version == self._version:  # worked out later than that: at least as new
                if len(self._kept) >= _MOST:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = value
        return value

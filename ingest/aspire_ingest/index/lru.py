"""What was read last and will be asked for again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Remembered(Generic[Key, Thing]):
    """Things of a published generation by key, as many as said; the longest unused goes first.

    Nothing in it changes, so nothing goes stale. Safe for threads.
    """

    def __init__(self, most: int) -> None:
        """Remember nothing yet, and never more than `most`."""
        self._most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._lock = Lock()

    def take(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Thing]]
    ) -> dict[Key, Thing]:
        """The things by key; those not remembered are read, all at once.

        What `read` does not give is missing in the answer too.
        """
        wanted = dict.fromkeys(keys)
        found: dict[Key, Thing] = {}
        with self._lock:
            for key in wanted:
                if key in self._things:
                    self._things.move_to_end(key)
                    found[key] = self._things[key]
        missing = [key for key in wanted if key not in found]
        if not missing:
            return found
        # Not under the lock: two that miss the same thing both read it, and nobody waits.
        new = read(missing)
        with self._lock:
            self._things.update(new)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return {**found, **new}

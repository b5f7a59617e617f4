"""What the bot keeps in mind of its conversations, and which events it has seen.

Both are small Protocols with an implementation in memory, bounded, that forgets the oldest first.
"""

import threading
from collections import OrderedDict
from typing import Protocol

from aspire_bot.answering.types import Turn
from aspire_bot.slack.incoming import Incoming, ThreadKey


class ThreadMemory(Protocol):
    """The questions and answers of each thread.

    The bot keeps them itself: a bot token may not read the replies of a channel's thread.
    """

    def turns(self, thread: ThreadKey) -> tuple[Turn, ...]:
        """Return what was said, oldest first; nothing for an unknown thread."""
        ...

    def remember(self, thread: ThreadKey, *turns: Turn) -> None:
        """Add what was said last."""
        ...


class SeenEvents(Protocol):
    """Which events were taken up already: Slack delivers at least once."""

    def claim(self, incoming: Incoming) -> bool:
        """Take an event up; False where its `event_id`, or its message, was claimed before.

        Of concurrent claims one succeeds.
        """
        ...


class MemoryThreads:
    """`ThreadMemory` until the process ends."""

    def __init__(self, *, max_threads: int = 2000, max_turns: int = 12) -> None:
        """Keep the latest `max_turns` of the `max_threads` threads used last."""
        self._threads: OrderedDict[ThreadKey, tuple[Turn, ...]] = OrderedDict()
        self._max_threads = max_threads
        self._max_turns = max_turns
        self._lock = threading.Lock()

    def turns(self, thread: ThreadKey) -> tuple[Turn, ...]:
        """See `ThreadMemory`."""
        with self._lock:
            return self._threads.get(thread, ())

    def remember(self, thread: ThreadKey, *turns: Turn) -> None:
        """See `ThreadMemory`."""
        with self._lock:
            kept = (*self._threads.get(thread, ()), *turns)[-self._max_turns :]
            self._threads[thread] = kept
            self._threads.move_to_end(thread)
            while len(self._threads) > self._max_threads:
                self._threads.popitem(last=False)


class MemorySeenEvents:
    """`SeenEvents` until the process ends."""

    def __init__(self, *, max_events: int = 20_000) -> None:
        """Remember the `max_events` events claimed last."""
        self._keys: OrderedDict[tuple[str, ...], None] = OrderedDict()
        self._max_keys = 2 * max_events
        self._lock = threading.Lock()

    def claim(self, incoming: Incoming) -> bool:
        """See `SeenEvents`."""
        thread = incoming.thread
        # A mention and its `message` twin are two events about one message.
        keys = (("event", incoming.event_id), ("ts", thread.team, thread.channel, incoming.ts))
        with self._lock:
            is_new = not any(key in self._keys for key in keys)
            self._keys.update(dict.fromkeys(keys))
            while len(self._keys) > self._max_keys:
                self._keys.popitem(last=False)
        return is_new

"""What happens in a workspace, told to whoever listens: the playground's page, or a test."""

import queue
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aspire_bot.local_slack.model import Change
from aspire_bot.local_slack.wire import Json

MOST_WAITING = 1000


@dataclass(slots=True)
class Subscription:
    """The changes since it began, oldest first, in a queue of bounded length.

    A subscriber that falls behind loses the oldest and sees `has_gap`: it must read anew.
    """

    has_gap: bool = False
    _waiting: queue.Queue[Change] = field(default_factory=lambda: queue.Queue[Change](MOST_WAITING))

    def next(self, timeout_s: float) -> Change | None:
        """Wait for a change; None where none came in time."""
        try:
            return self._waiting.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def put(self, change: Change) -> None:
        """Add a change; the oldest goes where there is no room. One thread at a time calls this."""
        while True:
            try:
                self._waiting.put_nowait(change)
            except queue.Full:
                self.has_gap = True
                try:
                    self._waiting.get_nowait()
                except queue.Empty:
                    continue
            else:
                return


class Feed:
    """Numbers changes and hands them to all subscribers; safe for several threads."""

    def __init__(self) -> None:
        """Begin with no subscriber, at number 1."""
        self._subscriptions: list[Subscription] = []
        self._number = 0
        self._lock = threading.Lock()

    @contextmanager
    def subscribe(self) -> Generator[Subscription]:
        """Receive what happens until the block ends."""
        subscription = Subscription()
        with self._lock:
            self._subscriptions.append(subscription)
        try:
            yield subscription
        finally:
            with self._lock:
                self._subscriptions.remove(subscription)

    def publish(
        self, kind: str, *, team: str, channel: str = "", user: str = "", data: Json
    ) -> None:
        """Tell all subscribers."""
        with self._lock:
            self._number += 1
            change = Change(
                number=self._number, kind=kind, team=team, channel=channel, user=user, data=data
            )
            for subscription in self._subscriptions:
                subscription.put(change)

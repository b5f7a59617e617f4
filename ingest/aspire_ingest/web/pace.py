"""Going to hosts at their pace: a least time between requests, a few at once, in a fixed order."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from aspire_ingest.errors import IngestError
from aspire_ingest.web.webaddress import host_of

_Answer = TypeVar("_Answer")


class StoppedError(IngestError):
    """A person or the system asked the run to end; what was done so far is kept."""


@dataclass(slots=True)
class Stop:
    """A wish to end, looked at between steps."""

    event: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Go on, or not.

        Raises:
            StoppedError: the end was asked for.
        """
        if self.event.is_set():
            raise StoppedError("Stopped as asked; the next run goes on from here.")

    def wait(self, seconds: float) -> bool:
        """Sleep, at most until the end is asked for; whether it was."""
        return self.event.wait(max(0.0, seconds))


@dataclass(slots=True)
class Pace:
    """The least time between two requests to one host."""

    delay_s: float
    stop: Stop
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: float = 0.0

    def wait(self) -> None:
        """Wait for one's turn.

        Raises:
            StoppedError: the end was asked for meanwhile.
        """
        with self._lock:
            now = time.monotonic()
            begins = max(now, self._next)
            self._next = begins + self.delay_s
        if begins > now:
            self.stop.wait(begins - now)
        self.stop.check()

    def hold(self, seconds: float) -> None:
        """Let nobody ask for a while, because the host asked for it."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + seconds)


def ask_all(
    urls: Sequence[str], ask: Callable[[str], _Answer], *, at_once: Callable[[str], int]
) -> list[_Answer]:
    """Ask for all addresses, a bounded number at once of each host; answers in the order given.

    `at_once` says how many of a host (`scheme://host:port`). `ask` runs in threads.
    """
    hosts: dict[str, list[int]] = {}
    for position, url in enumerate(urls):
        hosts.setdefault(host_of(url), []).append(position)
    answers: dict[int, _Answer] = {}
    for host, positions in hosts.items():
        threads = min(at_once(host), len(positions))
        with ThreadPoolExecutor(threads, thread_name_prefix=f"visit-{host}") as pool:
            # map keeps the order; leaving the block waits for requests that are under way
            found = pool.map(ask, [urls[position] for position in positions])
            answers.update(zip(positions, found, strict=True))
    return [answers[position] for position in range(len(urls))]

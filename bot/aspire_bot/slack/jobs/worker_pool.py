"""Where questions are worked off: a bounded number of threads over the inbox.

The inbox is the truth: what a thread has in hand is leased, and a lease that is not prolonged,
since its process died, gives the job back. Besides the workers there are two threads: one prolongs
the leases and nothing else, so that no slow call of another kind lets them run out; the attendant
tells those who wait their number, and clears up.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aspire_bot.logs import log_about
from aspire_bot.state.inbox import Inbox, Job

logger = logging.getLogger(__name__)

_IDLE_S = 0.5
"""How long a worker sleeps where nothing wakes it: another process may have put a job."""


class JobHandler(Protocol):
    """What is done with a job; it settles the job itself."""

    def work(self, job: Job) -> None:
        """Do the job, and say in the inbox how it ended. Must not raise."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicTask:
    """Something done again and again while the desk is open."""

    name: str
    every_s: float
    do: Callable[[], None]


class WorkerPool:
    """Works off the inbox until it is closed."""

    def __init__(
        self,
        inbox: Inbox,
        handler: JobHandler,
        *,
        workers: int,
        chores: tuple[PeriodicTask, ...] = (),
    ) -> None:
        """Nothing runs before `open`."""
        self.owner = secrets.token_hex(6)
        self._inbox = inbox
        self._handler = handler
        self._wake = threading.Condition()
        self._is_open = True
        self._calls = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"desk-{n}", daemon=True)
            for n in range(workers)
        ]
        leases = (PeriodicTask(name="leases", every_s=min(4.0, inbox.lease_s / 4), do=self._renew),)
        self._attendants = [
            threading.Thread(target=self._attend, args=(doing,), name=name, daemon=True)
            for name, doing in (("desk-leases", leases), ("desk-attendant", chores))
        ]

    def open(self) -> None:
        """Begin to work."""
        for thread in (*self._threads, *self._attendants):
            thread.start()

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._wake:
            self._calls += 1
            self._wake.notify_all()

    def close(self, *, timeout_s: float) -> bool:
        """Take nothing more and finish what is in hand; False where that took too long.

        What is not finished in time goes back into the inbox, for the next start.
        """
        with self._wake:
            self._is_open = False
            self._wake.notify_all()
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        is_finished = not any(thread.is_alive() for thread in self._threads)
        if not is_finished:
            self._inbox.release(self.owner)
            return False
        self.wake()  # the attendants leave after the workers
        for thread in self._attendants:
            if thread.ident is not None:
                thread.join(2.0)
        return True

    def _work(self) -> None:
        while self._is_open:
            calls = self._calls
            job = self._claim()
            if job is None:
                with self._wake:
                    if self._is_open and self._calls == calls:
                        self._wake.wait(_IDLE_S)
                continue
            with log_about(event_id=job.arrival.key):
                self._handler.work(job)
            self.wake()  # the next of the same thread may start now

    def _claim(self) -> Job | None:
        try:
            return self._inbox.claim(self.owner)
        except Exception:
            logger.exception("the inbox cannot be read")
            return None

    def _attend(self, chores: tuple[PeriodicTask, ...]) -> None:
        due = {chore.name: 0.0 for chore in chores}
        pause_s = min([_IDLE_S, *(chore.every_s for chore in chores)])
        while True:
            for chore in chores:
                if time.monotonic() >= due[chore.name]:
                    self._do(chore)
                    due[chore.name] = time.monotonic() + chore.every_s
            with self._wake:
                if not self._is_open and not any(t.is_alive() for t in self._threads):
                    return
                self._wake.wait(pause_s)

    def _do(self, chore: PeriodicTask) -> None:
        try:
            chore.do()
        except Exception:
            logger.exception("chore=%s failed", chore.name)

    def _renew(self) -> None:
        self._inbox.renew(self.owner)

"""Where questions are worked off: a bounded number of threads over the inbox.

The inbox is the truth: what a thread has in hand is leased, and a lease that is not prolonged,
since its process died, gives the job back. Besides the workers there are two threads: one prolongs
the leases and nothing else, so that no slow call of another kind lets them run out; one does the
periodic tasks: it tells those who wait their number, and clears up.
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
    """Something done again and again while the pool is open."""

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
        periodic: tuple[PeriodicTask, ...] = (),
    ) -> None:
        """Nothing runs before `open`."""
        self.owner = secrets.token_hex(6)
        self._inbox = inbox
        self._handler = handler
        self._wake = threading.Condition()
        self._is_open = True
        self._wakes = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{n}", daemon=True)
            for n in range(workers)
        ]
        leases = (PeriodicTask(name="leases", every_s=min(4.0, inbox.lease_s / 4), do=self._renew),)
        self._periodic_threads = [
            threading.Thread(target=self._repeat, args=(doing,), name=name, daemon=True)
            for name, doing in (("worker-leases", leases), ("worker-periodic", periodic))
        ]

    def open(self) -> None:
        """Begin to work."""
        for thread in (*self._threads, *self._periodic_threads):
            thread.start()

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._wake:
            self._wakes += 1
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
        self.wake()  # the threads of periodic tasks end after the workers
        for thread in self._periodic_threads:
            if thread.ident is not None:
                thread.join(2.0)
        return True

    def _work(self) -> None:
        while self._is_open:
            wakes = (
                self._wakes
            )  # a job that comes after the look into the inbox must not be slept over
            job = self._claim()
            if job is None:
                with self._wake:
                    if self._is_open and self._wakes == wakes:
                        self._wake.wait(_IDLE_S)
                continue
            with log_about(event_id=job.arrival.key):
                self._handler.work(job)
            self.wake()  # the next job of the same Slack thread may start now

    def _claim(self) -> Job | None:
        try:
            return self._inbox.claim(self.owner)
        except Exception:
            logger.exception("the inbox cannot be read")
            return None

    def _repeat(self, periodic: tuple[PeriodicTask, ...]) -> None:
        due = {task.name: 0.0 for task in periodic}
        pause_s = min([_IDLE_S, *(task.every_s for task in periodic)])
        while True:
            for task in periodic:
                if time.monotonic() >= due[task.name]:
                    self._do(task)
                    due[task.name] = time.monotonic() + task.every_s
            with self._wake:
                if not self._is_open and not any(t.is_alive() for t in self._threads):
                    return
                self._wake.wait(pause_s)

    def _do(self, task: PeriodicTask) -> None:
        try:
            task.do()
        except Exception:
            logger.exception("periodic_task=%s failed", task.name)

    def _renew(self) -> None:
        self._inbox.renew(self.owner)

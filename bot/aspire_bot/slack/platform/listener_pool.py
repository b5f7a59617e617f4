"""The threads that work on answers, and how they are brought to an end."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers(ThreadPoolExecutor):
    """A pool of threads that can be waited for, for a bounded time."""

    def __init__(self, max_workers: int) -> None:
        """Start no thread before there is work; at most `max_workers` in all."""
        super().__init__(max_workers=max_workers, thread_name_prefix="slack-answer")
        self._running: set[Future[Any]] = set()  # whatever they return
        self._guard = threading.Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call; raises RuntimeError once draining has begun."""
        with self._guard:
            future = super().submit(fn, *args, **kwargs)
            self._running.add(future)
        future.add_done_callback(self._forget)
        return future

    def _forget(self, future: Future[Any]) -> None:
        with self._guard:
            self._running.discard(future)

    def drain(self, timeout_s: float) -> int:
        """Take no more work and finish what there is; return how many calls were left undone.

        After `timeout_s` seconds calls that have not begun are cancelled. Those that have begun
        cannot be: the process ends when they do.
        """
        self.shutdown(wait=False)
        with self._guard:
            running = set(self._running)
        left = len(wait(running, timeout=timeout_s).not_done)
        self.shutdown(wait=False, cancel_futures=True)
        return left

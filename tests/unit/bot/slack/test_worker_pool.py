"""The worker pool over a real inbox: each job once, in order, given back where unfinished."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.new_state import new_state

from aspire_bot.slack.jobs.worker_pool import PeriodicTask, WorkerPool
from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival, Inbox, Job


@pytest.fixture
def state(tmp_path: Path) -> Generator[State]:
    opened = open_state(new_state(tmp_path / "state.db"))
    yield opened
    opened.close()


@dataclass
class Handler:
    """Does something with each job, and finishes it."""

    inbox: Inbox
    do: Callable[[Job], object] = lambda job: None
    done: list[str] = field(default_factory=list[str])

    def work(self, job: Job) -> None:
        self.do(job)
        self.done.append(job.arrival.key)
        self.inbox.finish(job.job_id, "done")


def put(state: State, key: str, thread_ts: str = "") -> None:
    place = {"team": "T1", "channel": "C1", "thread_ts": thread_ts}
    assert state.inbox.put(Arrival(kind="event", key=key, body={}, **place)) is not None


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.005)


def is_empty(state: State) -> bool:
    counts = state.inbox.counts()
    return not counts.waiting and not counts.working


def test_several_pools_do_each_job_once(state: State) -> None:
    handlers = [Handler(state.inbox) for _ in range(2)]
    pools = [WorkerPool(state.inbox, handler, workers=3) for handler in handlers]
    keys = [f"{n:02d}" for n in range(24)]
    for n, key in enumerate(keys):
        put(state, key, thread_ts=f"{n % 3}.0" if n % 4 else "")
    for pool in pools:
        pool.open()
    wait_for(lambda: is_empty(state))
    assert [pool.close(timeout_s=5) for pool in pools] == [True, True]
    done = [key for handler in handlers for key in handler.done]
    assert Counter(done) == Counter(keys)


def test_a_thread_is_worked_off_in_order(state: State) -> None:
    handler = Handler(state.inbox, lambda job: time.sleep(0.01))
    for n in range(6):
        put(state, f"{n}", thread_ts="1.0")
    pool = WorkerPool(state.inbox, handler, workers=4)
    pool.open()
    wait_for(lambda: is_empty(state))
    pool.close(timeout_s=5)
    assert handler.done == [f"{n}" for n in range(6)]


def test_long_work_keeps_its_lease_whatever_periodic_tasks_do(tmp_path: Path) -> None:
    state = open_state(new_state(tmp_path / "state.db"), lease_s=1.0)
    stuck = threading.Event()
    begun: list[str] = []

    def work_long(job: Job) -> None:
        begun.append(job.arrival.key)
        time.sleep(2.5)  # more than two leases

    def hang() -> None:
        stuck.wait(9)

    task = PeriodicTask(name="stuck", every_s=0.1, do=hang)
    pool = WorkerPool(state.inbox, Handler(state.inbox, work_long), workers=2, periodic=(task,))
    put(state, "long")
    pool.open()
    wait_for(lambda: is_empty(state))
    stuck.set()
    pool.close(timeout_s=5)
    state.close()
    assert begun == ["long"]


def test_what_is_not_finished_in_time_is_given_back(state: State) -> None:
    begun, release = threading.Event(), threading.Event()

    def hang(job: Job) -> None:
        del job
        begun.set()
        release.wait(10)

    put(state, "hangs")
    pool = WorkerPool(state.inbox, Handler(state.inbox, hang), workers=1)
    pool.open()
    assert begun.wait(10)
    assert not pool.close(timeout_s=0.1)
    job = state.inbox.claim("another")
    release.set()
    assert job is not None
    assert (job.arrival.key, job.attempts) == ("hangs", 1)  # a clean stop was no attempt


def test_a_pool_that_was_never_opened_closes() -> None:
    class Never:
        lease_s = 1.0

        def release(self, owner: str) -> None:
            raise AssertionError(owner)

    never: Inbox = Never()  # pyright: ignore[reportAssignmentType]  nothing of it is used
    assert WorkerPool(never, Handler(never), workers=1).close(timeout_s=1)


def _fail() -> None:
    raise RuntimeError("a task that fails")


def test_a_store_that_fails_for_a_while_stops_nothing(state: State) -> None:
    class Failing(Inbox):
        fails = 3

        def claim(self, owner: str) -> Job | None:
            if self.fails:
                self.fails -= 1
                raise RuntimeError("the store is away")
            return super().claim(owner)

    inbox = Failing(state.database, lease_s=5)
    handler = Handler(inbox)
    periodic = (PeriodicTask(name="fails", every_s=0.01, do=_fail),)
    pool = WorkerPool(inbox, handler, workers=1, periodic=periodic)
    put(state, "late")
    pool.open()
    wait_for(lambda: handler.done == ["late"])
    assert pool.close(timeout_s=5)

"""Several threads and processes over one inbox."""

import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.unit.bot.state.made import arrival

from aspire_bot.state import State, open_state

CLAIMER = str(Path(__file__).with_name("claimer.py"))


@contextmanager
def process(
    command: str, place: str, owner: str, number: int = 0
) -> Generator[subprocess.Popen[str]]:
    with subprocess.Popen(  # noqa: S603  this Python
        [sys.executable, "-W", "error", CLAIMER, command, place, owner, str(number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def ids_of(started: subprocess.Popen[str]) -> list[int]:
    out, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (0, "")
    return [int(line) for line in out.split()]


def in_threads(count: int, target: Callable[[int], None]) -> None:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            target(number)
        except BaseException as error:  # noqa: BLE001  shown by the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_threads_never_hold_the_same_job_and_keep_the_order(state: State) -> None:
    threads_of: dict[int, str] = {}
    for number in range(60):
        job_id = state.inbox.put(arrival(str(number), thread_ts=str(number % 7)))
        assert job_id is not None
        threads_of[job_id] = str(number % 7)
    begun: dict[str, list[int]] = defaultdict(list)
    running: set[str] = set()
    guard = threading.Lock()

    def work(number: int) -> None:
        while state.inbox.counts().waiting:
            job = state.inbox.claim(f"worker {number}")
            if job is None:
                continue
            with guard:
                assert job.arrival.thread_ts not in running
                running.add(job.arrival.thread_ts)
                begun[job.arrival.thread_ts].append(job.job_id)
            with guard:
                running.remove(job.arrival.thread_ts)
            state.inbox.finish(job.job_id, "done")

    in_threads(4, work)
    assert sorted(job for jobs in begun.values() for job in jobs) == sorted(threads_of)
    assert all(jobs == sorted(jobs) for jobs in begun.values())


def test_of_the_same_deliveries_at_once_each_is_taken_once(state: State) -> None:
    taken: list[int] = []

    def deliver(number: int) -> None:
        for message in range(12):
            # each thread has its own key for the same message, or the same key
            key = f"{number}-{message}" if message % 2 else str(message)
            job_id = state.inbox.put(arrival(key, message_ts=f"{message}.0"))
            if job_id is not None:
                taken.append(job_id)

    in_threads(5, deliver)
    assert len(taken) == len(set(taken)) == 12
    assert state.inbox.counts().waiting == 12


def test_two_processes_share_deliveries_and_work(migrated_place: str) -> None:
    with process("put", migrated_place, "a", 40) as a, process("put", migrated_place, "b", 40) as b:
        put = ids_of(a) + ids_of(b)
    assert len(put) == len(set(put)) == 40
    with process("work", migrated_place, "a") as a, process("work", migrated_place, "b") as b:
        done_a, done_b = ids_of(a), ids_of(b)
    assert sorted(done_a + done_b) == sorted(put)


def test_jobs_of_a_killed_process_come_back_after_the_lease(migrated_place: str) -> None:
    offset = timedelta()
    state = open_state(migrated_place, lease_s=60, clock=lambda: datetime.now(UTC) + offset)
    try:
        ids = [state.inbox.put(arrival(key)) for key in "abc"]
        with process("hang", migrated_place, "doomed", 2) as doomed:
            assert doomed.stdout is not None
            taken = [int(doomed.stdout.readline()) for _ in range(2)]
            doomed.kill()
            doomed.wait()
        assert taken == ids[:2]
        job = state.inbox.claim("heir")
        assert job is not None
        assert job.job_id == ids[2]
        assert state.inbox.claim("heir") is None
        offset = timedelta(seconds=61)
        inherited = [state.inbox.claim("heir") for _ in range(3)]
        assert [job and (job.job_id, job.attempts) for job in inherited] == [
            (ids[0], 2),
            (ids[1], 2),
            (ids[2], 2),
        ]
    finally:
        state.close()


def test_processes_that_open_a_new_database_at_once_all_succeed(place: str) -> None:
    with ExitStack() as stack:
        started = [stack.enter_context(process("opened", place, "x")) for _ in range(3)]
        assert [ids_of(one) for one in started] == [[0]] * 3

"""A process over a shared inbox; run as `python claimer.py COMMAND PLACE OWNER [N]`."""

import sys
import time

from aspire_bot.state import State, open_state
from aspire_bot.state.inbox import Arrival


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def put(state: State, owner: str, number: int) -> None:
    """Put the same deliveries as everybody else."""
    del owner
    for n in range(number):
        job_id = state.inbox.put(
            Arrival(kind="event", key=f"Ev{n}", team="T1", thread_ts=str(n % 5), body={})
        )
        if job_id is not None:
            say(job_id)


def work(state: State, owner: str, number: int) -> None:
    """Work off until nothing is left."""
    del number
    while state.inbox.counts().waiting:
        job = state.inbox.claim(owner)
        if job is not None:
            say(job.job_id)
            state.inbox.finish(job.job_id, "done")


def hang(state: State, owner: str, number: int) -> None:
    """Take some jobs, say which, and never finish."""
    for _ in range(number):
        job = state.inbox.claim(owner)
        assert job is not None
        say(job.job_id)
    time.sleep(600)


def opened(state: State, owner: str, number: int) -> None:
    """Say that the database is open."""
    del owner, number
    say(state.inbox.counts().waiting)


def main() -> None:
    command, place, owner, number = sys.argv[1:]
    state = open_state(place)
    try:
        {"put": put, "work": work, "hang": hang, "opened": opened}[command](
            state, owner, int(number)
        )
    finally:
        state.close()


if __name__ == "__main__":
    main()

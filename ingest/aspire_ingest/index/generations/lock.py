"""One writer at a time."""

import json
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.index.generations.disk import written
from aspire_ingest.index.generations.home import Home, sweep

_FOLLOWING_S = 30.0
BUSY = "is changing the index"
"""What a writer that found another one says, whoever reads its words."""
SYNCING = "sync is at work on"
"""What a sync that found another one says."""


@contextmanager
def writer_lock(home: Home) -> Generator[None]:
    """Be the only writer of this index until the block ends, or the process does.

    What interrupted writers left is thrown away first; a shared index is brought here.

    Raises:
        IndexUnavailableError: another process is writing; the message names it.
        IndexAccessError: the disk is full, read-only or broken.
    """
    if home.server is None:
        with local_lock(home):
            yield
        return
    # psycopg and chromadb, which an index on one machine does without
    from aspire_ingest.index.server.follower import followed_alone  # noqa: PLC0415

    # One on this machine may be following: that is over soon.
    with local_lock(home, timeout_s=_FOLLOWING_S), followed_alone(home):
        yield


@contextmanager
def local_lock(home: Home, *, timeout_s: float = 0) -> Generator[None]:
    """Be the only one on this machine who publishes here.

    Raises:
        IndexUnavailableError: another process does; the message names it.
        IndexAccessError: the disk is full, read-only or broken.
    """
    with written(home.root):
        home.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home.root / "writer.lock", timeout=timeout_s)
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexUnavailableError(_taken(home)) from error
        with lock, _named(home.root / "writer.json"):
            lock.release()  # that of `acquire`; the block holds its own
            sweep(home)
            yield
            sweep(home)  # the child of a killed writer may have written on until now


@contextmanager
def _named(holder: Path) -> Generator[None]:
    started = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "since": started}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)


def _taken(home: Home) -> str:
    who = "Another aspire-ingest"
    with suppress(OSError, ValueError, KeyError, TypeError):
        noted = json.loads((home.root / "writer.json").read_bytes())
        who = f"Another aspire-ingest (process {int(noted['pid'])}, since {noted['since']})"
    return f"{who} {BUSY} at {home.root}. Try again when it has ended."

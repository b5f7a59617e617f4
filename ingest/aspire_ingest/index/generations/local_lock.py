"""One writer at a time on this machine."""

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

BUSY = "is changing the index"
"""What a writer that found another one says, whoever reads its words."""


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

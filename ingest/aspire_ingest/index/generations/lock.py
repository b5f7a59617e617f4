"""One writer at a time."""

from collections.abc import Generator
from contextlib import contextmanager

from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.local_lock import local_lock

_FOLLOWING_S = 30.0
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

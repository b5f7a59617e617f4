"""Keeping a machine's mirror at the generation that PostgreSQL holds."""

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.errors import AspireError, IndexAccessError, IndexUnavailableError
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import local_lock
from aspire_ingest.index.generations.manifest import read_manifest
from aspire_ingest.index.generations.rebuild import check_words
from aspire_ingest.index.server import database, mirror
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.server.vectors import (
    IDENTITY_NAME,
    ServerVectors,
    family_of,
    server_collection,
)
from aspire_ingest.index.store.store import STORE_NAME, Store

if TYPE_CHECKING:
    from pathlib import Path

    from aspire_ingest.index.store.writer import Changes

logger = logging.getLogger(__name__)

FOLLOW_EVERY_S = 2.0
_LOCK_TIMEOUT_S = 60.0
_RETIRED_FOR_S = 3600.0
"""A reader that could not follow for so long may miss what was removed meanwhile."""


def follow(home: Home) -> None:
    """Bring the mirror to the generation that PostgreSQL holds; where that fails, it stays.

    Raises:
        IndexUnavailableError: that fails, and there is no mirror yet.
    """
    try:
        if is_behind(home):
            with local_lock(home, timeout_s=_LOCK_TIMEOUT_S):
                mirror.pull(home)
    except IndexUnavailableError as error:
        if current_number(home) is None:
            raise
        logger.warning("answering from the last generation that was seen: %s", error)


def is_behind(home: Home) -> bool:
    """Whether PostgreSQL holds another generation than this machine.

    Raises:
        IndexUnavailableError: PostgreSQL cannot be reached.
    """
    with database.connected(_server(home), reads=True) as connection:
        now = database.current(connection)
    return now is not None and now.number != current_number(home)


@contextmanager
def followed_alone(home: Home) -> Generator[None]:
    """Be the only writer of all machines, on the newest generation. Needs the lock of this home.

    Raises:
        IndexUnavailableError: another one is writing, or PostgreSQL cannot be reached.
    """
    with database.writing_alone(_server(home)):
        with database.connected(_server(home)) as connection:
            database.prepare(connection)
        mirror.pull(home)
        yield


def share(home: Home, folder: "Path", changes: "Changes") -> None:
    """Publish an unpublished generation, its manifest written, to all machines.

    Raises:
        IndexUnavailableError: a server cannot be reached; all go on with the last generation.
    """
    server, manifest = _server(home), read_manifest(folder)
    store = Store(folder / STORE_NAME)
    try:
        # Rows of a generation that is not published are passed over, and so are those of a run
        # that was cut: numbers of the next one are the same, and replace them.
        with database.connected(server) as connection:
            (folder / IDENTITY_NAME).write_text(database.identity(connection), encoding="utf-8")
        family = family_of(folder, manifest.fingerprint)
        with ServerVectors(server.chroma_url, family) as vectors:
            vectors.add(store, changes.after)
    finally:
        store.close()
    mirror.push(home, folder, manifest)


def clear_retired(home: Home, *, older_than_s: float = _RETIRED_FOR_S) -> None:
    """Take out of Chroma what no generation in use has. What cannot be done is done another time.

    Needs the writer's lock.
    """
    server = _server(home)
    try:
        with (
            database.connected(server) as connection,
            ServerVectors(server.chroma_url, "") as vectors,
        ):
            vectors.delete(database.take_retired(connection, older_than_s))
    except IndexUnavailableError as error:
        logger.warning("old vectors could not be removed: %s", error)


def check_shared(home: Home, number: int) -> list[str]:
    """What differs between the mirror, its words, PostgreSQL and Chroma."""
    server, folder = _server(home), home.generation(number)
    family = family_of(folder, read_manifest(folder).fingerprint)
    store = Store(folder / STORE_NAME)
    try:
        problems = [*check_words(folder, store), *mirror.differences(home, folder)]
        with ServerVectors(server.chroma_url, family) as vectors:
            problems += [
                f"{server_collection(family, partition)} lacks {len(numbers)} passages"
                for partition, numbers in vectors.missing(store).items()
            ]
        return problems
    finally:
        store.close()


class Follower(Closing):
    """Follows in the background until it is closed."""

    def __init__(self, home: Home, every_s: float = FOLLOW_EVERY_S) -> None:
        """Begin."""
        self._home = home
        self._every_s = every_s
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-follower", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, when a pull that has begun has ended."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(self._every_s):
            try:
                follow(self._home)
            except AspireError:
                logger.exception("the index cannot be followed; answering from the last generation")


def _server(home: Home) -> ServerAddress:
    if home.server is None:
        raise IndexAccessError("This index is not shared")
    return home.server

"""Opening the index: once, or for as long as a process lives."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.errors import IndexAccessError, IndexMissingError
from aspire_ingest.index.generations.hold import Hold
from aspire_ingest.index.generations.home import MATRICES_NAME, Home, current_number, hold_current
from aspire_ingest.index.generations.manifest import check_readable, read_manifest
from aspire_ingest.index.reader import IndexReader, VectorBackend
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.store.stored_reader import StoredReader, VectorSearch
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.vectors.exact import ExactVectors

logger = logging.getLogger(__name__)


def open_reader(
    home: Path | Home, *, embedder_name: str, vectors: VectorBackend = "exact"
) -> IndexReader:
    """Open the newest complete generation; of a shared index after it was brought here.

    `exact` scores every vector and opens in milliseconds; `chroma` imports chromadb and opens a
    private copy of its directory. The vectors of a shared index are
    those of its Chroma server, whatever is asked for.

    Raises:
        IndexMissingError: nothing was indexed at `home` yet.
        IndexMismatchError: it was made with another embedder or by another release.
        IndexAccessError: it is damaged.
    """
    place = home if isinstance(home, Home) else Home(home)
    bring_here(place)
    return _open_here(place, embedder_name, vectors)


def bring_here(home: Home) -> None:
    """Bring the newest generation of a shared index to this machine; others are here.

    Raises:
        IndexUnavailableError: its servers cannot be reached, and nothing is here yet.
    """
    if home.server is not None:
        # psycopg and chromadb, which an index on one machine does without
        from aspire_ingest.index.server.follower import follow  # noqa: PLC0415

        follow(home)


def _open_here(place: Home, embedder_name: str, vectors: VectorBackend) -> StoredReader:
    number, hold = hold_current(place)
    try:
        return _open(place, number, hold, embedder_name, vectors)
    except BaseException:
        hold.release()
        raise


def _open(
    home: Home, number: int, hold: Hold, embedder_name: str, vectors: VectorBackend
) -> StoredReader:
    folder = home.generation(number)
    try:
        file = read_manifest(folder)
    except FileNotFoundError as error:
        raise IndexAccessError(
            f"{folder} has no manifest; run `aspire-ingest verify` to repair the index"
        ) from error
    check_readable(file, embedder_name=embedder_name, analysis=ANALYSIS_VERSION)
    store = Store(folder / STORE_NAME)
    try:
        search = _vector_search(home, folder, store, vectors, file.fingerprint)
    except BaseException:
        store.close()
        raise
    return StoredReader(folder, file.manifest, store=store, vectors=search, hold=hold)


def _vector_search(
    home: Home, folder: Path, store: Store, vectors: VectorBackend, fingerprint: str
) -> VectorSearch:
    if home.server is not None:
        from aspire_ingest.index.server import vectors as server  # noqa: PLC0415 - as below

        family = server.family_of(folder, fingerprint)
        return server.ServerVectors(home.server.chroma_url, family, store)
    if vectors == "exact":
        return ExactVectors(folder / MATRICES_NAME, store)
    # Imported when it is asked for: chromadb takes seconds, and most processes do without it.
    from aspire_ingest.index.vectors.chroma_copy import CopiedChroma  # noqa: PLC0415

    return CopiedChroma(home, folder)


class CurrentIndex:
    """The newest complete generation, for a process that outlives many of them.

    Each question takes `reader()`; the pointer is read then, so that a new generation is used by
    the next question. The old one is closed when the last question that uses it has ended.
    """

    def __init__(
        self, home: Path | Home, *, embedder_name: str, vectors: VectorBackend = "exact"
    ) -> None:
        """Open nothing yet."""
        self._home = home if isinstance(home, Home) else Home(home)
        self._follower: Closing | None = None
        self._embedder_name = embedder_name
        self._backend: VectorBackend = vectors
        self._lock = Lock()
        self._newest: _Counted | None = None
        self._refused: int | None = None

    @contextmanager
    def reader(self) -> Generator[IndexReader]:
        """The newest generation, open until the block ends.

        Raises:
            IndexAccessError: as `open_reader`, while there is no earlier generation to go on with.
        """
        counted = self._take()
        try:
            yield counted.reader
        finally:
            self._give_back(counted)

    def close(self) -> None:
        """Close the generation when its last user has ended."""
        with self._lock:
            newest, self._newest = self._newest, None
            follower, self._follower = self._follower, None
        if follower is not None:
            follower.close()
        if newest is not None:
            self._give_back(newest)

    def _take(self) -> "_Counted":
        with self._lock:
            self._refresh()
            if self._newest is None:
                raise IndexMissingError(f"There is no index at {self._home.root}.")
            self._newest.users += 1
            return self._newest

    def _refresh(self) -> None:
        newest = self._newest
        if newest is None:
            self._newest = self._open_first()
            return
        number = self._current()
        if number in (None, newest.reader.manifest.generation, self._refused):
            return
        try:
            self._newest = _Counted(_open_here(self._home, self._embedder_name, self._backend))
        except IndexAccessError:
            # The generation in hand answers as well as a minute ago: say it once and go on.
            self._refused = number
            logger.exception("generation %s cannot be opened; answering from the last one", number)
            return
        self._refused = None
        logger.info("switched to index %s", self._newest.reader.manifest.index_version)
        self._drop(newest)

    def _current(self) -> int | None:
        try:
            return current_number(self._home)
        except IndexAccessError:
            logger.exception("the pointer cannot be read; answering from the last generation")
            return None

    def _open_first(self) -> "_Counted":
        reader = open_reader(self._home, embedder_name=self._embedder_name, vectors=self._backend)
        if self._home.server is not None and self._follower is None:
            from aspire_ingest.index.server.follower import Follower  # noqa: PLC0415 - as above

            self._follower = Follower(self._home)
        return _Counted(reader)

    def _give_back(self, counted: "_Counted") -> None:
        with self._lock:
            self._drop(counted)

    @staticmethod
    def _drop(counted: "_Counted") -> None:
        counted.users -= 1
        if counted.users == 0:
            counted.reader.close()


class _Counted:
    """A reader and its users; being the newest counts as one."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.users = 1

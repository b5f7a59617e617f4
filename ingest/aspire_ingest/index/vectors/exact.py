"""Searching vectors by scoring every one: exact, and quick to open. Needs NumPy alone.

Each partition lies in two files derived from SQLite, the vectors as one float32 matrix and the
numbers of its passages; they are mapped into memory, shared by all processes that read them.
"""

from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.store.store import Partition, Store
from aspire_ingest.index.types import Audience, ScoredPassageId
from aspire_ingest.index.vectors.nearest import RowScorer, nearest_rows

_ROWS = 4096
"""Rows that are copied at once."""


def write_matrices(store: Store, folder: Path, dimension: int, *, after: int = 0) -> None:
    """Bring the matrices of all partitions in `folder` in line with the store.

    Rows of passages numbered up to `after` are taken over from what is there; only what came since
    is read from the store. With 0 all is. A number names one passage and its vector for all time.
    """
    folder.mkdir(exist_ok=True)
    wanted = {file for partition in store.partitions() for file in matrix_files(partition)}
    for stale in folder.iterdir():
        if stale.name not in wanted:
            stale.unlink()
    for partition in store.partitions():
        _write_matrix(store, folder, partition, dimension, after)


def _write_matrix(
    store: Store, folder: Path, partition: Partition, dimension: int, after: int
) -> None:
    numbers = store.partition_numbers(partition)
    kept, rows = _kept_rows(folder, partition, numbers, dimension, after)
    if len(kept) == len(numbers) == len(rows):
        return  # nothing came and nothing went
    path, last = _matrix_path(folder, partition), int(numbers[len(rows) - 1]) if len(rows) else 0
    new = path.with_suffix(".new")
    # Written, not mapped: on a full disk a mapped page ends the process (SIGBUS). Beside the old
    # file, whose rows are read meanwhile.
    with new.open("wb") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": (len(numbers), dimension)}
        np.lib.format.write_array_header_1_0(file, header)
        for start in range(0, len(rows), _ROWS):
            file.write(np.ascontiguousarray(kept[rows[start : start + _ROWS]]).data)
        for _, vector in store.partition_vectors(partition, last):
            file.write(vector)
    del kept  # a file that is mapped cannot be replaced on Windows
    new.replace(path)
    np.save(_numbers_path(folder, partition), numbers)


def _kept_rows(
    folder: Path,
    partition: Partition,
    numbers: NDArray[np.int64],
    dimension: int,
    after: int,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The old matrix, and its rows that stay; none where it does not have all that should."""
    none = np.empty((0, dimension), np.float32), np.empty(0, np.int64)
    if after <= 0 or not _matrix_path(folder, partition).exists():
        return none
    try:
        kept, known = map_matrix(folder, partition)
    except IndexAccessError:
        return none
    if kept.shape != (len(known), dimension):
        return none
    rows = np.flatnonzero(np.isin(known, numbers))
    is_whole = np.array_equal(known[rows], numbers[: np.searchsorted(numbers, after, "right")])
    return (kept, rows) if is_whole else none


class ExactVectors:
    """The vectors of one generation. Safe for threads."""

    def __init__(self, folder: Path, store: Store) -> None:
        """Open nothing yet: a partition is mapped when it is first searched."""
        self._folder = folder
        self._store = store
        self._mapped: dict[Partition, tuple[NDArray[np.float32], NDArray[np.int64]]] = {}
        self._lock = Lock()
        self._scorer = RowScorer()

    def search(
        self, vector: NDArray[np.float32], language: str, audiences: frozenset[Audience], k: int
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first."""
        found: list[tuple[float, int]] = []
        for partition in self._store.partitions():
            if partition.language == language and partition.audience in audiences:
                matrix, numbers = self._open(partition)
                rows = nearest_rows(self._scorer.scores(matrix, vector), k)
                found.extend((score, int(numbers[row])) for row, score in rows)
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        best = found[:k]
        ids = self._store.passage_ids([number for _, number in best])
        return [
            ScoredPassageId(passage_id=passage_id, score=score)
            for passage_id, (score, _) in zip(ids, best, strict=True)
        ]

    def close(self) -> None:
        """Forget the mapped files; they are unmapped when the last search has ended."""
        with self._lock:
            self._mapped.clear()
        self._scorer.close()

    def _open(self, partition: Partition) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        with self._lock:
            if partition not in self._mapped:
                self._mapped[partition] = map_matrix(self._folder, partition)
            return self._mapped[partition]


def map_matrix(folder: Path, partition: Partition) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The matrix of a partition, mapped into memory, and the number of each row's passage.

    Raises:
        IndexAccessError: the files are missing or damaged.
    """
    try:
        # As a plain array: every operation on NumPy's memmap class pays for being a subclass.
        matrix = np.asarray(np.load(_matrix_path(folder, partition), mmap_mode="r"))
        numbers = np.load(_numbers_path(folder, partition))
    except (OSError, ValueError) as error:
        raise IndexAccessError(
            f"The vectors of {partition.label} under {folder} cannot be read ({error}); "
            "run `aspire-ingest verify` to repair the index"
        ) from error
    return matrix, numbers


def matrix_files(partition: Partition) -> tuple[str, str]:
    """The names of the two files of a partition."""
    return f"{partition.label}.npy", f"{partition.label}.numbers.npy"


def _matrix_path(folder: Path, partition: Partition) -> Path:
    return folder / matrix_files(partition)[0]


def _numbers_path(folder: Path, partition: Partition) -> Path:
    return folder / matrix_files(partition)[1]

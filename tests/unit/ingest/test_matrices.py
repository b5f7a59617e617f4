"""The matrices of a generation: rows that stay are taken over, and nothing differs by that."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.small_index import DOCUMENTS, EMBEDDER, ready

from aspire_ingest.index.store.store import STORE_NAME, Partition, Store
from aspire_ingest.index.store.writer import StoreWriter
from aspire_ingest.index.vectors.exact import map_matrix, write_matrices

_ENGLISH = Partition("en", "public")


class Matrices:
    """A store that changes, and the matrices that follow it."""

    def __init__(self, folder: Path) -> None:
        self.store, self.matrices = folder / STORE_NAME, folder / "matrices"
        self._anew = folder / "anew"
        self.change(lambda writer: [writer.put(*ready(one)) for one in DOCUMENTS[:4]])

    def change(self, work: Callable[[StoreWriter], object]) -> None:
        """Change the store; the matrices follow, as a run has them do."""
        with StoreWriter(self.store) as writer:
            with writer.transaction():
                work(writer)
            after = writer.changes.after
        self.follow(after)

    def follow(self, after: int) -> None:
        self._write(self.matrices, after)

    def _write(self, folder: Path, after: int) -> None:
        store = Store(self.store)
        try:
            write_matrices(store, folder, EMBEDDER.dimension, after=after)
        finally:
            store.close()

    def are_as_made_anew(self) -> bool:
        shutil.rmtree(self._anew, ignore_errors=True)
        self._write(self._anew, 0)
        files = {path.name: path.read_bytes() for path in self.matrices.iterdir()}
        return files == {path.name: path.read_bytes() for path in self._anew.iterdir()}


@pytest.fixture
def made(tmp_path: Path) -> Matrices:
    made = Matrices(tmp_path)
    assert made.are_as_made_anew()
    return made


def test_new_passages_are_appended(made: Matrices) -> None:
    made.change(lambda writer: [writer.put(*ready(one)) for one in DOCUMENTS[4:]])
    assert made.are_as_made_anew()
    assert (made.matrices / "ja-public.npy").exists()


def test_removed_passages_leave(made: Matrices) -> None:
    made.change(lambda writer: writer.remove([DOCUMENTS[1].document_id]))
    assert made.are_as_made_anew()


def test_a_document_that_changes_and_one_that_goes(made: Matrices) -> None:
    def change(writer: StoreWriter) -> None:
        writer.remove([DOCUMENTS[0].document_id])
        writer.put(*ready(DOCUMENTS[2]))
        writer.put(*ready(DOCUMENTS[4]))

    made.change(change)
    assert made.are_as_made_anew()
    made.change(lambda writer: writer.remove([one.document_id for one in DOCUMENTS]))
    assert list(made.matrices.iterdir()) == [], "no partition is left"


def test_a_partition_that_nothing_happened_to_is_not_written(made: Matrices) -> None:
    before = (made.matrices / "en-public.npy").stat().st_mtime_ns
    made.change(lambda writer: writer.put(*ready(DOCUMENTS[4])))
    assert (made.matrices / "en-public.npy").stat().st_mtime_ns == before
    assert made.are_as_made_anew()


@pytest.mark.parametrize("damage", ["missing", "cut", "numbers", "fewer rows", "dimension"])
def test_what_cannot_be_taken_over_is_read_from_the_store(damage: str, made: Matrices) -> None:
    matrix, numbers = made.matrices / "en-public.npy", made.matrices / "en-public.numbers.npy"
    rows, known = map_matrix(made.matrices, _ENGLISH)
    if damage == "missing":
        matrix.unlink()
    elif damage == "cut":
        matrix.write_bytes(matrix.read_bytes()[:-100])
    elif damage == "numbers":
        numbers.unlink()
    elif damage == "fewer rows":
        np.save(matrix, rows[1:].copy())
        np.save(numbers, known[1:])
    else:
        np.save(matrix, rows[:, :-1].copy())
    made.change(lambda writer: writer.put(*ready(DOCUMENTS[4])))
    assert made.are_as_made_anew()

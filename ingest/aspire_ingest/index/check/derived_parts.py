"""Whether what is derived in a generation agrees with its stored truth."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.home import CHROMA_NAME, MATRICES_NAME
from aspire_ingest.index.generations.rebuild import check_words
from aspire_ingest.index.store.store import STORE_NAME, Store
from aspire_ingest.index.vectors.chroma_process import ChromaFaultError, ChromaWork
from aspire_ingest.index.vectors.exact import map_matrix, matrix_files


def check_derived(folder: Path, chroma: ChromaWork) -> list[str]:
    """What differs from the store: nothing where all is sound. The store must be whole.

    Chroma is probed in a child process, on a copy: opening its directory writes to it.
    """
    store = Store(folder / STORE_NAME)
    try:
        problems = [*_matrix_problems(folder, store), *check_words(folder, store)]
        return problems + _chroma_problems(folder, chroma)
    finally:
        store.close()


def _matrix_problems(folder: Path, store: Store) -> Iterator[str]:
    for partition in store.partitions():
        try:
            matrix, numbers = map_matrix(folder / MATRICES_NAME, partition)
        except IndexAccessError as error:
            yield str(error)
            continue
        stored = list(store.partition_vectors(partition))
        is_same = [number for number, _ in stored] == numbers.tolist() and all(
            np.array_equal(np.frombuffer(vector, dtype="<f4"), row)
            for (_, vector), row in zip(stored, matrix, strict=False)
        )
        if not is_same or len(matrix) != len(stored):
            yield f"the matrix of {partition.label} does not hold the stored vectors"
    place = folder / MATRICES_NAME
    wanted = {file for partition in store.partitions() for file in matrix_files(partition)}
    present = {entry.name for entry in place.iterdir()} if place.is_dir() else set[str]()
    strays = present - wanted
    yield from (f"{name} is a matrix of no passages" for name in sorted(strays))


def _chroma_problems(folder: Path, chroma: ChromaWork) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="aspire-verify-") as copy:
        shutil.copy2(folder / STORE_NAME, copy)
        if (folder / CHROMA_NAME).is_dir():
            shutil.copytree(folder / CHROMA_NAME, Path(copy) / CHROMA_NAME)
        chroma.send_probe(Path(copy))
        try:
            return chroma.wait()
        except ChromaFaultError as error:
            return [str(error)]

"""What generations need of the disk: syncing, removing, and one clear word when it fails."""

import os
import shutil
import sqlite3
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from aspire_ingest.index.errors import IndexAccessError

_SYNCED_AT_ONCE = 8


@contextmanager
def written(root: Path) -> Generator[None]:
    """Say in one sentence that the disk under `root` is full, read-only or broken.

    Raises:
        IndexAccessError: in the place of what the operating system or SQLite said.
    """
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # a fault of ours, not of the disk
        raise IndexAccessError(
            f"The index at {root} cannot be written: {_said(error)}. Readers keep the last "
            "complete generation. See to the disk, run `aspire-ingest verify`, and try again."
        ) from error


def _said(error: OSError | sqlite3.DatabaseError) -> str:
    if isinstance(error, shutil.Error) and error.args:  # of a copied folder: one line for each file
        (_, _, why), *_ = cast("list[tuple[str, str, str]]", error.args[0])
        return why
    return (isinstance(error, OSError) and error.strerror) or str(error)


def remove_tree(path: Path) -> None:
    """Remove a file or a folder as far as that goes."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def sync_tree(folder: Path) -> None:
    """Have a folder and all in it reach the disk.

    Side by side: each waits for the disk alone, and many reach it together.
    """
    with ThreadPoolExecutor(_SYNCED_AT_ONCE, thread_name_prefix="sync") as pool:
        for _ in pool.map(_sync, (*_files(folder), folder)):
            pass  # an error of one is raised here


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
    else:
        sync_file(path)


def sync_file(path: Path) -> None:
    """Have a file reach the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    if os.name == "nt":  # Windows cannot open a folder, and orders renames itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        yield entry

"""A backup of ASPIRE_HOME in one file, made while everything goes on.

The file is a gzipped tar: what lies in ASPIRE_HOME under the same names, the current generation of
the index whole, SQLite files as of one moment, and last `backup.json` with the SHA-256 of each. A
file without it was cut off. What can be made again (older generations, work/, readers/, the caches)
is left out; so is a state in PostgreSQL, which has its own means.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from aspire_ingest.index.errors import ConfigError, IndexAccessError, IndexMissingError
from aspire_ingest.index.generations.disk import sync_folder
from aspire_ingest.index.generations.home import Home, hold_current
from aspire_ingest.index.generations.manifest import read_manifest

LIST_NAME = "backup.json"
FORMAT = 1
SET_ASIDE_NAME = "set-aside"
LAST_NAME = "last-backup.json"
_LEFT_OUT = frozenset(
    {
        *("generations", "work", "readers", "shared", "cache.sqlite", "current.json"),
        *(SET_ASIDE_NAME, LAST_NAME),
    }
)
_DATED = "aspire-*.tar.gz"
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What is in a backup."""

    path: Path
    files: int
    bytes: int
    """Of the file."""
    index_version: str | None
    """None where there was no index."""

    def as_json(self) -> dict[str, object]:
        """The report in the form that scripts know."""
        return {
            "file": str(self.path),
            "files": self.files,
            "bytes": self.bytes,
            "index_version": self.index_version,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBackup:
    """The newest backup that was made on this machine: where, and when."""

    path: Path
    at: datetime


def backup_into(
    home: Home, folder: Path, *, keep: int, left_out: Sequence[Path] = ()
) -> BackupReport:
    """Write a backup with the moment in its name; once it is whole, leave the newest `keep` there.

    Other files in the folder are left alone.

    Raises:
        ConfigError, IndexAccessError: as of `backup`; older backups are all there then.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    report = backup(home, folder / _DATED.replace("*", moment), left_out=left_out)
    for old in sorted(folder.glob(_DATED))[:-keep]:
        old.unlink(missing_ok=True)
    return report


def last_backup(home: Home) -> LastBackup | None:
    """Tell of the newest backup made on this machine; None where there was none."""
    try:
        told = json.loads((home.root / LAST_NAME).read_bytes())
        return LastBackup(path=Path(told["file"]), at=datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note(home: Home, target: Path) -> None:
    """Keep when it was made; where that cannot be written, the backup is none the worse."""
    told = {"file": str(target), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with suppress(OSError):
        new = home.root / f"{LAST_NAME}.new"
        new.write_text(json.dumps(told), encoding="utf-8")
        new.replace(home.root / LAST_NAME)


def backup(
    home: Home, target: Path, *, replace: bool = False, left_out: Sequence[Path] = ()
) -> BackupReport:
    """Write a backup of the whole state to the file `target`, which only its user can read.

    Files below the folders `left_out` are no part of the state.

    Raises:
        ConfigError: there is nothing to back up, or `target` exists and is not to be replaced.
        IndexAccessError: the index is damaged, or the file cannot be written.
    """
    if target.exists() and not replace:
        raise ConfigError(f"{target} exists already: name another file, or replace it with --yes")
    if not home.root.is_dir():
        raise ConfigError(f"There is nothing to back up at {home.root}: set ASPIRE_HOME")
    if target.absolute().is_relative_to(home.root):
        raise ConfigError(f"{target} is inside {home.root}: what it protects it would be lost with")
    partial = target.with_name(f".{target.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "wb") as file:
            written = _write(home, file, left_out)
            file.flush()
            os.fsync(file.fileno())
        size = partial.stat().st_size
        partial.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise IndexAccessError(f"{target} cannot be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
    _note(home, target)
    return BackupReport(
        path=target, files=len(written.hashes), bytes=size, index_version=written.index_version
    )


def kept_files(root: Path) -> Iterator[Path]:
    """The files outside the index that belong to the state, without what is beside databases."""
    for entry in sorted(root.iterdir()):
        if entry.name in _LEFT_OUT or entry.name.startswith("writer."):
            continue
        found = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        yield from (path for path in found if path.is_file() and not _is_passing(path))


def is_database(path: Path) -> bool:
    """Whether a file is one of SQLite."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as of one moment, whoever writes to it; users of `target` see it at once."""
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(target)) as copy:
        opened.backup(copy)


@dataclass(slots=True)
class _Written:
    archive: tarfile.TarFile
    hashes: dict[str, str]
    index_version: str | None = None

    def add(self, path: Path, name: PurePosixPath) -> None:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            entry = tarfile.TarInfo(str(name))
            entry.size, entry.mtime, entry.mode = status.st_size, status.st_mtime, 0o600
            hashed = _Hashed(file)
            self.archive.addfile(entry, hashed)
            self.hashes[str(name)] = hashed.digest.hexdigest()


class _Hashed(io.RawIOBase):
    """Reads a file and hashes what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _write(home: Home, file: BinaryIO, left_out: Sequence[Path]) -> _Written:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as archive:
        written = _Written(archive, {})
        # The state before the index: what the state says was published is in the index then.
        for path in kept_files(home.root):
            if any(path.is_relative_to(one) for one in left_out if one != home.root):
                continue
            _add_kept(written, path, PurePosixPath(path.relative_to(home.root)))
        _add_index(written, home)
        listed = {
            "format": FORMAT,
            "made": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
            "index_version": written.index_version,
            "files": written.hashes,
        }
        content = json.dumps(listed, indent=1).encode()
        entry = tarfile.TarInfo(LIST_NAME)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return written


def _add_kept(written: _Written, path: Path, name: PurePosixPath) -> None:
    try:
        if not is_database(path):
            written.add(path, name)
            return
        with tempfile.TemporaryDirectory(prefix="aspire-backup-") as folder:
            copy_database(path, Path(folder) / "copy")
            written.add(Path(folder) / "copy", name)
    except FileNotFoundError:
        return  # it went away in between, as files do while everything goes on


def _add_index(written: _Written, home: Home) -> None:
    try:
        number, hold = hold_current(home)
    except IndexMissingError:
        return
    try:  # it never changes, and stays while it is held
        folder = home.generation(number)
        written.index_version = read_manifest(folder).manifest.index_version
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                written.add(path, PurePosixPath("generation") / path.relative_to(folder))
    finally:
        hold.release()


def _is_passing(path: Path) -> bool:
    """Locks, half-written files, and what SQLite keeps beside a database."""
    return path.name.endswith((".lock", "-wal", "-shm", "-journal", ".new", ".partial"))

"""Bringing a backup back, also under a bot that is running.

Everything is unpacked and compared with its hashes before anything is touched. The index becomes
the next generation, as any run's; databases are replaced in one transaction each, which those who
have them open see; what was there before is set aside.
"""

import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import BaseModel, ValidationError

from aspire_ingest.index.check.store import check_store
from aspire_ingest.index.errors import ConfigError, IndexAccessError
from aspire_ingest.index.generations.backup import (
    FORMAT,
    LIST_NAME,
    SET_ASIDE_NAME,
    copy_database,
    is_database,
    kept_files,
)
from aspire_ingest.index.generations.disk import sync_file, sync_folder
from aspire_ingest.index.generations.home import Home, next_number, publish
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.manifest import read_manifest, write_manifest

_BLOCK = 1 << 20


class _Listed(BaseModel):
    format: int
    made: str
    index_version: str | None
    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """What a restore brought back."""

    made: str
    """When the backup was made."""
    files: int
    index_version: str | None
    set_aside: Path | None
    """Where what was there before is now; None where nothing was."""

    def as_json(self) -> dict[str, object]:
        """The report in the form that scripts know."""
        return {
            "made": self.made,
            "files": self.files,
            "index_version": self.index_version,
            "set_aside": str(self.set_aside) if self.set_aside else None,
        }


def restore(home: Home, source: Path, *, overwrite: bool = False) -> RestoreReport:
    """Bring back what `source` holds; readers that are open go over to it.

    Raises:
        ConfigError: `source` is no whole backup, or there is a state and `overwrite` is not set.
        IndexUnavailableError: another process is writing.
        IndexAccessError: it cannot be written.
    """
    if not source.is_file():
        raise ConfigError(f"{source} is not there")
    with writer_lock(home):
        is_there = home.pointer.exists() or any(kept_files(home.root))
        if is_there and not overwrite:
            raise ConfigError(
                f"There is an index or a state at {home.root}. Nothing was changed. To put the "
                "backup in their place, run it again with --yes; they are set aside."
            )
        home.work.mkdir(parents=True, exist_ok=True)
        unpacked = Path(tempfile.mkdtemp(dir=home.work))
        try:
            listed = _unpack(source, unpacked / "home")
            generation = _ready_index(home, unpacked)
            aside = _replace_kept(home, unpacked / "home")
            if generation is not None:
                publish(home, generation, int(generation.name))
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        version = listed.index_version
        if generation is not None:
            number = int(generation.name)
            version = read_manifest(home.generation(number)).manifest.index_version
        return RestoreReport(
            made=listed.made, files=len(listed.files), index_version=version, set_aside=aside
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBackup:
    """A backup that could be restored."""

    made: str
    files: int
    index_version: str | None

    def as_json(self) -> dict[str, object]:
        """The report in the form that scripts know."""
        return {"made": self.made, "files": self.files, "index_version": self.index_version}


def check_backup(home: Home, source: Path) -> CheckedBackup:
    """Unpack a backup beside the index, compare all, open its databases; change nothing.

    Raises:
        ConfigError: it could not be restored; the message says why.
    """
    if not source.is_file():
        raise ConfigError(f"{source} is not there")
    home.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="check-", dir=home.work) as made:
        unpacked = Path(made)
        listed = _unpack(source, unpacked)
        folder = unpacked / "generation"
        if folder.is_dir():
            # the checks compare a generation's number with the name of its folder
            named = folder.rename(unpacked / str(read_manifest(folder).generation))
            if problems := check_store(named):
                raise ConfigError(f"The index of {source} is broken: {problems[0]}")
        for path in sorted(unpacked.rglob("*")):
            if path.is_file() and is_database(path) and (reason := _database_fault(path)):
                raise ConfigError(f"{path.relative_to(unpacked)} of {source} is broken: {reason}")
        return CheckedBackup(
            made=listed.made, files=len(listed.files), index_version=listed.index_version
        )


def _database_fault(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else str(said)


def _unpack(source: Path, folder: Path) -> _Listed:
    """Unpack a backup and compare it with its hashes."""
    hashes: dict[str, str] = {}
    content = b""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            for entry in archive:
                file = archive.extractfile(entry)
                if not entry.isfile() or file is None or not _is_inside(entry.name):
                    raise ConfigError(f"{source} holds {entry.name!r}: it is no backup of ours")
                if entry.name == LIST_NAME:
                    content = file.read()
                else:
                    hashes[entry.name] = _unpack_file(file, folder / entry.name)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise ConfigError(f"{source} is no backup, or not a whole one: {error}") from error
    except OSError as error:
        if error.errno is not None:  # of our own disk
            raise
        raise ConfigError(f"{source} is no backup, or not a whole one: {error}") from error
    try:
        listed = _Listed.model_validate_json(content)
    except ValidationError as error:
        raise ConfigError(f"{source} is not whole: the list of its files is missing") from error
    if listed.format > FORMAT:
        raise ConfigError(f"{source} was made by a newer release. Upgrade aspire-bot.")
    if wrong := sorted(name for name, _ in listed.files.items() ^ hashes.items()):
        raise ConfigError(f"{source} is damaged: {wrong[0]} is not what was backed up")
    return listed


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _unpack_file(file: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as written:
        while block := file.read(_BLOCK):
            digest.update(block)
            written.write(block)
    return digest.hexdigest()


def _free_number(home: Home) -> int:
    try:
        return next_number(home)
    except IndexAccessError:  # the pointer is broken, which is why a backup is brought back
        return home.numbers()[-1] + 1


def _replace_kept(home: Home, unpacked: Path) -> Path | None:
    """Put the state in its place; what was there before is set aside."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = home.root / SET_ASIDE_NAME / moment
    before = {path.relative_to(home.root) for path in kept_files(home.root)}
    coming = {path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()}
    for name in sorted(before):
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        if name in coming and is_database(home.root / name):
            _set_database_aside(home.root / name, aside / name)
        else:
            (home.root / name).rename(aside / name)
    for name in sorted(coming):
        target = home.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():  # a database, which others may have open
            copy_database(unpacked / name, target)
        else:
            sync_file(unpacked / name)
            (unpacked / name).rename(target)
            sync_folder(target.parent)
    return aside if before else None


def _set_database_aside(path: Path, aside: Path) -> None:
    """Copy it; where it is broken, move it away with what lies beside it."""
    try:
        copy_database(path, aside)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        aside.unlink(missing_ok=True)
        for suffix in ("-wal", "-shm", "-journal", ""):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + suffix))


def _ready_index(home: Home, unpacked: Path) -> Path | None:
    """Check the unpacked generation and give it the number it will have; None where none is."""
    folder = unpacked / "home/generation"
    if not folder.is_dir():
        return None
    file = read_manifest(folder)
    # An index of the same number may be open somewhere: readers tell generations by it.
    number = _free_number(home) if home.numbers() else file.generation
    write_manifest(folder, replace(file.manifest, generation=number), file.shape)
    ready = folder.rename(unpacked / str(number))
    if problems := check_store(ready):
        raise ConfigError(f"The index of the backup is broken: {problems[0]}. Nothing was changed.")
    return ready

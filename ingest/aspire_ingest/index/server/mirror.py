"""A generation in PostgreSQL and its mirror in SQLite: what differs goes one way or the other."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import psycopg

from aspire_ingest.index.errors import IndexMismatchError
from aspire_ingest.index.generations.disk import remove_tree
from aspire_ingest.index.generations.home import (
    Home,
    current_number,
    publish,
    remove_old,
    start_work,
)
from aspire_ingest.index.generations.manifest import MANIFEST_NAME, REBUILD_HINT, ManifestFile
from aspire_ingest.index.generations.rebuild import derive_shared
from aspire_ingest.index.server import database
from aspire_ingest.index.server.database import Current
from aspire_ingest.index.server.vectors import IDENTITY_NAME, family, server_collection
from aspire_ingest.index.store.rows import open_read_only
from aspire_ingest.index.store.store import STORE_NAME, Partition
from aspire_ingest.index.store.writer import Changes, StoreWriter
from aspire_ingest.index.types import Audience

_BATCH = 2000


def pull(home: Home) -> int | None:
    """Publish here what PostgreSQL holds, where that is another generation; its number.

    Needs the lock of this home.

    Raises:
        IndexUnavailableError: PostgreSQL cannot be reached.
        IndexMismatchError: no writer of this release has been there yet.
    """
    assert home.server is not None  # noqa: S101 - who calls knows
    with database.connected(home.server, reads=True) as connection:
        now = database.current(connection)
        base = current_number(home)
        if now is None or now.number == base:
            return base
        if not database.is_prepared(connection):
            raise IndexMismatchError(
                f"The index in PostgreSQL was written by an older release: {REBUILD_HINT}."
            )
        folder = start_work(home, base)
        try:
            changes = _bring(connection, folder, now)
            derive_shared(folder, changes)
            (folder / IDENTITY_NAME).write_text(database.identity(connection), encoding="utf-8")
            (folder / MANIFEST_NAME).write_text(now.manifest, encoding="utf-8")
            publish(home, folder, now.number)
        finally:
            remove_tree(folder)
    remove_old(home)
    return now.number


def _bring(connection: psycopg.Connection, folder: Path, now: Current) -> Changes:
    with StoreWriter(folder / STORE_NAME) as writer, writer.transaction():
        own = writer.connection
        known = _numbers(own)
        wanted = database.passage_numbers(connection)
        hashes, there = row_hashes(own), database.document_hashes(connection)
        stale = [name for name, found in hashes.items() if there.get(name) != found]
        fresh = [name for name, found in there.items() if hashes.get(name) != found]
        removed = _partitions(own, known - wanted)
        for table in ("vectors", "passages"):
            _delete(own, table, "number", sorted(known - wanted))
        _delete(own, "documents", "document_id", stale)
        for names in _batched(fresh):
            _insert(own, "documents", database.read_rows(connection, "documents", names))
        for numbers in _batched(sorted(wanted - known)):
            for table in ("passages", "vectors"):
                _insert(own, table, database.read_rows(connection, table, numbers))
        _count_from(own, now.highest)
    # Numbers are never given twice: what is new lies above all that was here.
    return Changes(after=max(known, default=0), removed=removed)


def push(home: Home, folder: Path, manifest: ManifestFile) -> None:
    """Publish an unpublished generation in PostgreSQL: all of it, or nothing.

    Raises:
        IndexUnavailableError: PostgreSQL cannot be reached, or another writer was quicker.
    """
    assert home.server is not None  # noqa: S101 - who calls knows
    with (
        closing(open_read_only(str(folder / STORE_NAME))) as own,
        database.connected(home.server) as connection,
    ):
        (highest,) = own.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").fetchone()
        found = database.current(connection)
        before = ManifestFile.model_validate_json(found.manifest).fingerprint if found else ""
        now = Current(manifest.generation, manifest.model_dump_json(), highest)
        database.set_current(connection, now, before=current_number(home))
        _push_documents(own, connection)
        known, wanted = database.passage_numbers(connection), _numbers(own)
        database.retire(
            connection,
            _retired(connection, known - wanted, family(database.identity(connection), before)),
        )
        for table in ("vectors", "passages"):
            database.delete_rows(connection, table, sorted(known - wanted))
        for numbers in _batched(sorted(wanted - known)):
            for table in ("passages", "vectors"):
                database.write_rows(connection, table, _rows(own, table, "number", numbers))


def differences(home: Home, folder: Path) -> list[str]:
    """What a published mirror has otherwise than PostgreSQL."""
    assert home.server is not None  # noqa: S101 - who calls knows
    with (
        closing(open_read_only(str(folder / STORE_NAME))) as own,
        database.connected(home.server, reads=True) as connection,
    ):
        problems: list[str] = []
        if row_hashes(own) != database.document_hashes(connection):
            problems.append("its documents are not those in PostgreSQL")
        if _numbers(own) != database.passage_numbers(connection):
            problems.append("its passages are not those in PostgreSQL")
        return problems


def row_hashes(own: sqlite3.Connection) -> dict[str, str]:
    """The hash of each document's row, by id."""
    return {cast("str", row[0]): _hash(row) for row in _rows(own, "documents", "document_id", None)}


def _push_documents(own: sqlite3.Connection, connection: psycopg.Connection) -> None:
    hashes, there = row_hashes(own), database.document_hashes(connection)
    gone = [name for name, found in there.items() if hashes.get(name) != found]
    database.delete_rows(connection, "documents", gone)
    for names in _batched([name for name, found in hashes.items() if there.get(name) != found]):
        rows = _rows(own, "documents", "document_id", names)
        database.write_rows(
            connection, "documents", ((*row, _hash(row)) for row in rows), hashed=True
        )


def _retired(
    connection: psycopg.Connection, numbers: set[int], collections: str
) -> Iterator[tuple[int, str]]:
    names = database.columns("passages")
    at, language, audience = (names.index(one) for one in ("number", "language", "audience"))
    for batch in _batched(sorted(numbers)):
        for row in database.read_rows(connection, "passages", batch):
            partition = Partition(cast("str", row[language]), cast("Audience", row[audience]))
            yield cast("int", row[at]), server_collection(collections, partition)


def _hash(row: Sequence[object]) -> str:
    return hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).hexdigest()


def _numbers(own: sqlite3.Connection) -> set[int]:
    rows = own.execute("SELECT number FROM passages")
    return {number for (number,) in cast("Iterable[tuple[int]]", rows)}


def _partitions(own: sqlite3.Connection, numbers: set[int]) -> dict[Partition, list[str]]:
    found: dict[Partition, list[str]] = {}
    rows = own.execute("SELECT number, language, audience, passage_id FROM passages")
    for number, language, audience, passage_id in cast(
        "Iterable[tuple[int, str, Audience, str]]", rows
    ):
        if number in numbers:
            found.setdefault(Partition(language, audience), []).append(passage_id)
    return found


def _rows(
    own: sqlite3.Connection, table: str, key: str, keys: Sequence[str] | Sequence[int] | None
) -> Iterator[tuple[object, ...]]:
    names = ", ".join(f'"{name}"' for name in database.columns(table))
    if keys is None:
        yield from own.execute(f"SELECT {names} FROM {table}")  # noqa: S608 - our own names
        return
    marks = ", ".join("?" * len(keys))
    yield from own.execute(
        f"SELECT {names} FROM {table} WHERE {key} IN ({marks}) ORDER BY {key}",  # noqa: S608
        list(keys),
    )


def _insert(own: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    names = database.columns(table)
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    own.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def _delete(
    own: sqlite3.Connection, table: str, key: str, keys: Sequence[str] | Sequence[int]
) -> None:
    statement = f"DELETE FROM {table} WHERE {key} = ?"  # noqa: S608 - our own names
    own.executemany(statement, ((one,) for one in keys))


def _count_from(own: sqlite3.Connection, highest: int) -> None:
    own.execute("DELETE FROM sqlite_sequence WHERE name = 'passages'")
    own.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('passages', ?)", (highest,))


def _batched(keys: Sequence[str] | Sequence[int]) -> Iterator[Sequence[str] | Sequence[int]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]

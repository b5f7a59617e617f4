"""The tables of an index in PostgreSQL: those of SQLite, column for column, and who is current.

One schema, `aspire_index`, beside the bot's own tables. A transaction publishes a generation whole;
a reader takes it in one snapshot. Imports psycopg: for the server profile alone.
"""

import secrets
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import LiteralString, NamedTuple, cast

import psycopg
from psycopg import IsolationLevel, sql

from aspire_ingest.index.errors import IndexMismatchError, IndexUnavailableError
from aspire_ingest.index.server.address import ServerAddress
from aspire_ingest.index.store.schema import SCHEMA_VERSION, migrate

TABLES = ("documents", "passages", "vectors")
_SCHEMA = "aspire_index"
_LOCK = 0x6173706972650001
"""Key of the writer's advisory lock; it goes with its connection."""
_SHORT_WAIT = "SET lock_timeout = '2s'"
"""For a writer that was killed: PostgreSQL needs a moment to see that its connection is gone."""
_TYPES: dict[str, LiteralString] = {"TEXT": "text", "INTEGER": "bigint", "BLOB": "bytea"}
_KEYS = {"documents": "document_id", "passages": "number", "vectors": "number"}
_OWN = """
CREATE SCHEMA IF NOT EXISTS aspire_index;
CREATE TABLE IF NOT EXISTS aspire_index.current (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint NOT NULL, manifest text NOT NULL, highest bigint NOT NULL, tables bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS aspire_index.identity (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), name text NOT NULL
);
CREATE TABLE IF NOT EXISTS aspire_index.retired (
    number bigint PRIMARY KEY, collection text NOT NULL, since timestamptz NOT NULL DEFAULT now()
);
"""


class Current(NamedTuple):
    """The generation that PostgreSQL holds."""

    number: int
    manifest: str
    """The manifest file, as JSON."""
    highest: int
    """No passage was ever given a higher number."""


@contextmanager
def connected(server: ServerAddress, *, reads: bool = False) -> Generator[psycopg.Connection]:
    """A connection; with `reads`, one snapshot of everything until the block ends.

    Raises:
        IndexUnavailableError: the server cannot be reached, or went away meanwhile.
    """
    try:
        with psycopg.connect(
            server.database_url.replace("+psycopg", ""), connect_timeout=10
        ) as connection:
            if reads:
                connection.isolation_level = IsolationLevel.REPEATABLE_READ
                connection.read_only = True
            yield connection
    except psycopg.OperationalError as error:
        raise IndexUnavailableError(
            f"The index in PostgreSQL cannot be reached: {str(error).strip().splitlines()[0]}"
        ) from error


@contextmanager
def writing_alone(server: ServerAddress) -> Generator[None]:
    """Be the only writer of all machines until the block ends, or the connection does.

    Raises:
        IndexUnavailableError: another one is writing, or the server cannot be reached.
    """
    with connected(server) as connection:
        connection.autocommit = True
        connection.execute(_SHORT_WAIT)
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        except psycopg.errors.LockNotAvailable:
            raise IndexUnavailableError(
                "Another aspire-ingest is changing the index, from another machine. Try again "
                "when it has ended."
            ) from None
        try:
            yield
        finally:
            # Said, not left to the closing: the server learns of that a moment later, and who
            # writes next would find the lock taken by no one.
            with suppress(psycopg.OperationalError):
                connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def identity(connection: psycopg.Connection) -> str:
    """The name that tells this index from others on one Chroma server. Needs the tables."""
    (name,) = cast(
        "tuple[str]", connection.execute("SELECT name FROM aspire_index.identity").fetchone()
    )
    return name


def prepare(connection: psycopg.Connection) -> None:
    """Make the tables, or bring them to this release's columns."""
    connection.execute(_OWN)
    connection.execute(
        "INSERT INTO aspire_index.identity (name) VALUES (%s) ON CONFLICT DO NOTHING",
        (secrets.token_hex(4),),
    )
    for table in TABLES:
        name = sql.Identifier(_SCHEMA, table)
        connection.execute(
            sql.SQL("CREATE TABLE IF NOT EXISTS {} ({} {} PRIMARY KEY)").format(
                name,
                sql.Identifier(_KEYS[table]),
                sql.SQL("text" if table == "documents" else "bigint"),  # as in the other tables
            )
        )
        for column, kind, default in _columns(table):
            add = sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                name, sql.Identifier(column), sql.SQL(_TYPES[kind])
            )
            if default is not None:
                add += sql.SQL(" NOT NULL DEFAULT ") + sql.SQL(default)
            connection.execute(add)
    connection.execute(
        sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS row_hash text").format(
            sql.Identifier(_SCHEMA, "documents")
        )
    )


def is_prepared(connection: psycopg.Connection) -> bool:
    """Whether the tables have this release's columns: a writer of this release has been there."""
    rows = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s",
        (_SCHEMA,),
    )
    there = set(cast("list[tuple[str, str]]", rows.fetchall()))
    return all((table, name) in there for table in TABLES for name in columns(table))


def current(connection: psycopg.Connection) -> Current | None:
    """The generation there; None before the first.

    Raises:
        IndexMismatchError: a newer release wrote it.
    """
    there = connection.execute("SELECT to_regclass(%s)", ("aspire_index.current",)).fetchone()
    if there is None or there[0] is None:
        return None
    row = connection.execute(
        "SELECT number, manifest, highest, tables FROM aspire_index.current"
    ).fetchone()
    if row is None:
        return None
    number, manifest, highest, tables = cast("tuple[int, str, int, int]", row)
    if tables > SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index in PostgreSQL was written by a newer release (tables {tables}, this "
            f"release knows {SCHEMA_VERSION}). Upgrade aspire-bot."
        )
    return Current(number, manifest, highest)


def set_current(connection: psycopg.Connection, now: Current, *, before: int | None) -> None:
    """Make a generation the current one, if that is `before` still.

    Raises:
        IndexUnavailableError: another writer was quicker.
    """
    connection.execute("LOCK TABLE aspire_index.current IN EXCLUSIVE MODE")
    found = current(connection)
    if (found.number if found else None) != before:
        raise IndexUnavailableError("Another writer has changed the index. Run it again.")
    connection.execute("DELETE FROM aspire_index.current")
    connection.execute(
        "INSERT INTO aspire_index.current (number, manifest, highest, tables)"
        " VALUES (%s, %s, %s, %s)",
        (*now, SCHEMA_VERSION),
    )


def document_hashes(connection: psycopg.Connection) -> dict[str, str]:
    """The hash of each document's row, by id."""
    rows = connection.execute("SELECT document_id, row_hash FROM aspire_index.documents")
    return dict(cast("Iterable[tuple[str, str]]", rows))


def passage_numbers(connection: psycopg.Connection) -> set[int]:
    """The numbers of all passages."""
    rows = connection.execute("SELECT number FROM aspire_index.passages")
    return {number for (number,) in cast("Iterable[tuple[int]]", rows)}


def read_rows(
    connection: psycopg.Connection, table: str, keys: Sequence[str] | Sequence[int]
) -> Iterator[tuple[object, ...]]:
    """The rows of a table with these keys, in the order of SQLite's columns."""
    query = sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s) ORDER BY {}").format(
        sql.SQL(", ").join(sql.Identifier(name) for name in columns(table)),
        sql.Identifier(_SCHEMA, table),
        sql.Identifier(_KEYS[table]),
        sql.Identifier(_KEYS[table]),
    )
    yield from connection.execute(query, (list(keys),))


def delete_rows(
    connection: psycopg.Connection, table: str, keys: Sequence[str] | Sequence[int]
) -> None:
    """Delete the rows of a table with these keys."""
    connection.execute(
        sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
            sql.Identifier(_SCHEMA, table), sql.Identifier(_KEYS[table])
        ),
        (list(keys),),
    )


def write_rows(
    connection: psycopg.Connection,
    table: str,
    rows: Iterable[Sequence[object]],
    *,
    hashed: bool = False,
) -> None:
    """Add rows, in the order of SQLite's columns; with `hashed`, the hash comes last."""
    names = [*columns(table), *(["row_hash"] if hashed else [])]
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(_SCHEMA, table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor, cursor.copy(copy) as writing:
        for row in rows:
            writing.write_row(row)


def retire(connection: psycopg.Connection, numbers: Iterable[tuple[int, str]]) -> None:
    """Note that passages, each in a collection of Chroma, belong to no new generation."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO aspire_index.retired (number, collection) VALUES (%s, %s)"
            " ON CONFLICT DO NOTHING",
            list(numbers),
        )


def take_retired(connection: psycopg.Connection, older_than_s: float) -> list[tuple[int, str]]:
    """Take out what was retired so long ago that nobody reads it any more."""
    rows = connection.execute(
        "DELETE FROM aspire_index.retired WHERE since < now() - make_interval(secs => %s)"
        " RETURNING number, collection",
        (older_than_s,),
    )
    return cast("list[tuple[int, str]]", rows.fetchall())


def columns(table: str) -> list[str]:
    """The columns of a table, in SQLite's order."""
    return [name for name, _, _ in _columns(table)]


def _columns(table: str) -> list[tuple[str, str, LiteralString | None]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        migrate(model)
        rows = model.execute(f"PRAGMA table_info({table})").fetchall()
    return [(name, kind, default) for _, name, kind, _, default, _ in rows]

"""The database of the state: SQLite or PostgreSQL, opened, migrated and written to alike."""

import hashlib
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import URL, ColumnElement, Connection, Engine, Select, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from aspire_bot.errors import StateError
from aspire_bot.state.database.engine import ACCESS_ERRORS, make_engine, parse_place, shown
from aspire_bot.state.database.schema import migrate
from aspire_ingest.index.errors import ConfigError

_Kind = TypeVar("_Kind")
Clock = Callable[[], datetime]
Insert = sqlite.Insert | postgresql.Insert


def utc_now() -> datetime:
    """Give the time, with its zone."""
    return datetime.now(UTC)


class Database:
    """One open database; safe for several threads, and several processes may open the same.

    `place` names it in messages, without a password.
    """

    def __init__(self, engine: Engine, *, place: str, clock: Clock = utc_now) -> None:
        """Take an engine over a migrated database; `open_database` makes both."""
        self.engine = engine
        self.place = place
        self.now = clock
        self.is_postgres = engine.dialect.name == "postgresql"
        self._watching: PoolProxiedConnection | None = None
        self._lock = threading.Lock()

    @contextmanager
    def read(self) -> Generator[Connection]:
        """Read from one consistent moment, without keeping writers waiting.

        Raises:
            StateError: the database cannot be reached.
        """
        with self._named_errors(), self.engine.connect() as connection:
            yield connection.execution_options(aspire_reads_only=True)

    @contextmanager
    def write(self, *, lock: str = "") -> Generator[Connection]:
        """Write all or nothing.

        With a `lock`, writers under the same name take turns, in all processes: what was looked up
        first still holds when it is written. (On SQLite all writers take turns anyway.)

        Raises:
            StateError: the database cannot be reached, or is held by another for too long.
        """
        with self._named_errors(), self.engine.begin() as connection:
            if lock and self.is_postgres:
                connection.execute(select(func.pg_advisory_xact_lock(_number_of(lock))))
            yield connection

    def version(self) -> str:
        """Give a word that is another one after whatever anybody, here or elsewhere, has committed.

        It means nothing to another process, nor after the database was closed.

        Raises:
            StateError: the database cannot be reached.
        """
        with self._named_errors():
            if self.is_postgres:
                # What a snapshot sees is told by its transactions: two that are written alike see
                # the same.
                with self.engine.connect() as connection:
                    return str(connection.scalar(text("SELECT pg_current_snapshot()::text")))
            # SQLite counts what others have written, for a connection that itself writes nothing.
            with self._lock:
                self._watching = self._watching or self.engine.raw_connection()
                cursor = self._watching.cursor()
                cursor.execute("PRAGMA data_version")
                row = cursor.fetchone()
                cursor.close()
                return str(row)

    def rows(self, wanted: Select[Any], kind: TypeAdapter[_Kind]) -> tuple[_Kind, ...]:
        """Read all that is wanted, each row as one `kind`.

        Raises:
            StateError: the database cannot be used.
        """
        with self.read() as connection:
            found = connection.execute(wanted).mappings().all()
        return tuple(kind.validate_python(dict(row)) for row in found)

    def row(self, wanted: Select[Any], kind: TypeAdapter[_Kind]) -> _Kind | None:
        """Read the first that is wanted; None where there is none; raises as `rows` does."""
        found = self.rows(wanted.limit(1), kind)
        return found[0] if found else None

    def insert_new(self, table: Table) -> Insert:
        """Give an INSERT that leaves a row with the same unique key as it is."""
        return self._insert(table).on_conflict_do_nothing()

    def upsert(self, table: Table, keys: Iterable[str], values: dict[str, Any]) -> Insert:
        """Give an INSERT of `values` that replaces all but `keys` where these are there already."""
        names = tuple(keys)
        rest = {name: value for name, value in values.items() if name not in names}
        insert = self._insert(table).values(**values)
        return insert.on_conflict_do_update(index_elements=names, set_=rest)

    def holds(self, text: ColumnElement[str], word: str) -> ColumnElement[bool]:
        """Give the condition that a text holds a word, in whatever case its letters are."""
        # SQLite's LIKE makes no difference of case by itself, and five times as fast.
        search = text.icontains if self.is_postgres else text.contains
        return search(word, autoescape=True)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            watching, self._watching = self._watching, None
        if watching is not None:
            watching.close()
        self.engine.dispose()

    def _insert(self, table: Table) -> Insert:
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)

    @contextmanager
    def _named_errors(self) -> Generator[None]:
        try:
            yield
        except ACCESS_ERRORS as error:
            raise StateError(
                f"The state in {self.place} cannot be used: {_reason(error)}"
            ) from error


def open_database(place: str | Path, *, clock: Clock = utc_now) -> Database:
    """Open a SQLite file (a path or `sqlite:///…`) or a PostgreSQL database (`postgresql://…`).

    What is not there is made, what is old is migrated; of several processes one does it.

    Raises:
        ConfigError: it cannot be opened or written, or was made by a newer version.
    """
    url = parse_place(place)
    engine = make_engine(url)
    try:
        migrate(engine, shown(url))
    except (*ACCESS_ERRORS, OSError) as error:  # OSError: of the lock beside the file
        engine.dispose()
        raise ConfigError(_advice(url, error)) from error
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, place=shown(url), clock=clock)


def _reason(error: Exception) -> str:
    """Give the cause in one line; the whole would quote the statement and people's words."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split()).rstrip(".?")


def _advice(url: URL, error: Exception) -> str:
    reason = _reason(error)
    if url.get_backend_name() == "sqlite":
        return (
            f"The state {shown(url)} cannot be opened: {reason}. Give the user who runs aspire-bot "
            "the right to write there, or set ASPIRE_HOME to another folder"
        )
    return (
        f"The state {shown(url)} cannot be opened: {reason}. Check ASPIRE_DATABASE_URL, and that "
        "the database is there and its user may create tables"
    )


def _number_of(lock: str) -> int:
    digest = hashlib.sha256(f"aspire-bot {lock}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)

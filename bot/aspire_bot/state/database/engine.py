"""Engines over SQLite and PostgreSQL with the guarantees the state relies on."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from aspire_ingest.index.errors import ConfigError

ACCESS_ERRORS = (DBAPIError, PoolTimeoutError, sqlite3.Error)
"""What a database that cannot be used raises; sqlite3's own while a connection is set up."""

_BUSY_TIMEOUT_S = 20
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


def parse_place(place: str | Path) -> URL:
    """Read a path or URL.

    Raises:
        ConfigError: it is neither a path, nor a URL of SQLite or PostgreSQL.
    """
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:  # its text would show the password
        raise ConfigError("ASPIRE_DATABASE_URL is not a URL: postgresql://…") from error
    if url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite":
        raise ConfigError(f"ASPIRE_DATABASE_URL: {url.drivername} is not supported: postgresql://…")
    if not url.database or url.database == ":memory:":
        raise ConfigError("The state needs a file: several threads and processes share it")
    return url


def shown(url: URL) -> str:
    """Give a name of the database for people, without its password and options."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(query={}).render_as_string(hide_password=True)


def make_engine(url: URL) -> Engine:
    """Make an engine, and for SQLite the file's folder.

    Raises:
        ConfigError: the file cannot be made.
    """
    if url.get_backend_name() == "sqlite":
        return _make_sqlite(url)
    return create_engine(
        url,
        hide_parameters=True,  # people's words stay out of errors and logs
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,  # a database that was restarted meanwhile is met with a new connection
        connect_args={"connect_timeout": 10},
    )


def _make_sqlite(url: URL) -> Engine:
    _make_private_file(Path(str(url.database)))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"timeout": _BUSY_TIMEOUT_S},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private_file(path: Path) -> None:
    """Make an empty file that only its user can read: people's questions and tokens go there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigError(
            f"The state {path} cannot be made: {error.strerror}. Give the user who runs "
            "aspire-bot the right to write there, or set ASPIRE_HOME to another folder"
        ) from error


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # sqlite3 would begin transactions by itself, later than we need it; see `_begin`.
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None  # pyright: ignore[reportAttributeAccessIssue]  of sqlite3's own
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # Each commit reaches the disk: an event is acknowledged after it, and must outlive a power cut.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once where another one writes
    # meanwhile, whatever the timeout: writers ask for the lock before they read.
    reads_only = connection.get_execution_options().get("aspire_reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

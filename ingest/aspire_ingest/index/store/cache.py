"""What was worked out before: vectors by content, and what raw items turned into.

Both are pure facts (equal key, equal value), so the cache needs no generations: a run that was cut
leaves nothing wrong in it, and losing it costs time alone.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Self, cast

from aspire_ingest.index.closeable import Closeable
from aspire_ingest.index.embedding.types import EmbeddedPassage
from aspire_ingest.index.store.rows import embedded_by_key, packed, quantised
from aspire_ingest.index.store.schema import open_shared, transaction

_TABLES = """
CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL,
    content_key TEXT NOT NULL,
    vector BLOB NOT NULL,
    sentences BLOB NOT NULL,
    scales BLOB NOT NULL,
    PRIMARY KEY (embedder, content_key)
);
CREATE TABLE IF NOT EXISTS items (
    source TEXT NOT NULL,
    raw_hash TEXT NOT NULL,
    loader TEXT NOT NULL,
    documents TEXT NOT NULL,
    PRIMARY KEY (source, raw_hash, loader)
) WITHOUT ROWID;
"""


class DocumentKey(NamedTuple):
    """A document and the hash of all it says."""

    document_id: str
    content_hash: str


class IngestCache(Closeable):
    """One file that the writer alone opens, under its lock."""

    def __init__(self, path: Path) -> None:
        """Open or create the file; a damaged one is thrown away."""
        try:
            self._connection = open_shared(path, _TABLES)
        except sqlite3.OperationalError:  # locked, or the disk is full: nothing is wrong with it
            raise
        except sqlite3.DatabaseError:
            discard_cache(path)
            self._connection = open_shared(path, _TABLES)

    @classmethod
    def in_memory(cls) -> Self:
        """A cache that starts empty and leaves nothing behind."""
        return cls(Path(":memory:"))

    def close(self) -> None:
        """Close."""
        self._connection.close()

    def vectors(self, embedder: str, content_keys: Sequence[str]) -> dict[str, EmbeddedPassage]:
        """What is known of these keys, by key."""
        rows = self._connection.execute(
            "SELECT content_key, vector, sentences, scales FROM vectors WHERE embedder = ?"
            " AND content_key IN (SELECT value FROM json_each(?))",
            (embedder, json.dumps(content_keys)),
        )
        return embedded_by_key(rows)

    def put_vectors(self, embedder: str, vectors: Iterable[tuple[str, EmbeddedPassage]]) -> None:
        """Remember vectors by content key."""
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
                (
                    (embedder, key, packed(embedded.vector), *quantised(embedded.sentences))
                    for key, embedded in vectors
                ),
            )

    def documents(self, source: str, raw_hash: str, loader: str) -> tuple[DocumentKey, ...] | None:
        """What an item turned into when it was parsed; None where that is not known."""
        row = self._connection.execute(
            "SELECT documents FROM items WHERE source = ? AND raw_hash = ? AND loader = ?",
            (source, raw_hash, loader),
        ).fetchone()
        if row is None:
            return None
        listed = cast("list[tuple[str, str]]", json.loads(cast("tuple[str]", row)[0]))
        return tuple(DocumentKey(*pair) for pair in listed)

    def put_documents(
        self, source: str, raw_hash: str, loader: str, documents: Sequence[DocumentKey]
    ) -> None:
        """Remember what an item turned into."""
        self._connection.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?)",
            (source, raw_hash, loader, json.dumps(documents, ensure_ascii=False)),
        )


def known_loaders(path: Path) -> Mapping[str, frozenset[str]]:
    """By which versions of the loader each document was read, by id; read without the lock.

    Nothing where the file is not there or cannot be read.
    """
    found: dict[str, set[str]] = {}
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            rows = connection.execute("SELECT loader, documents FROM items")
            for loader, documents in cast("Iterable[tuple[str, str]]", rows):
                for document_id, _ in cast("list[tuple[str, str]]", json.loads(documents)):
                    found.setdefault(document_id, set()).add(loader)
    except sqlite3.Error:
        return {}
    return {document_id: frozenset(loaders) for document_id, loaders in found.items()}


def discard_cache(path: Path) -> None:
    """Throw the file away, and what SQLite keeps beside it. Needs the writer's lock."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def check_cache(path: Path) -> str | None:
    """What is wrong with the file; None where it is sound or not there. Needs the writer's lock."""
    if not path.exists():
        return None
    try:
        with closing(open_shared(path, _TABLES)) as connection:
            (said,) = cast("tuple[str]", connection.execute("PRAGMA quick_check(1)").fetchone())
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else said

"""Changing the stored truth of a generation that is not published yet."""

# ruff: noqa: S608 - what is put into the queries are lists of columns; all values are bound

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from aspire_ingest.index.closing import Closing
from aspire_ingest.index.embedding.types import EmbeddedPassage
from aspire_ingest.index.store.rows import (
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    document_row,
    packed,
    passage_row,
    quantised,
)
from aspire_ingest.index.store.schema import migrate, transaction
from aspire_ingest.index.store.store import Partition
from aspire_ingest.index.types import Audience, Document, Passage


@dataclass(slots=True, kw_only=True)
class Changes:
    """What a run did to the passages: all that derived parts need to follow.

    Passages numbered above `after` are new; `removed` names the others by their partition.
    """

    after: int = 0
    removed: dict[Partition, list[str]] = field(
        default_factory=lambda: defaultdict[Partition, list[str]](list)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage and its vectors, ready to be stored, under the key they are cached by."""

    passage: Passage
    content_key: str
    embedded: EmbeddedPassage


class StoreWriter(Closing):
    """Writes one `index.sqlite` in a folder that only this process knows."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and bring its tables to the present version."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The file is private until it is published and is made anew after a crash, so that nothing
        # need reach the disk before publication: then it is synced once, as a whole.
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self._connection.execute("PRAGMA synchronous = OFF")
        migrate(self._connection)
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        highest = cast("tuple[int] | None", row.fetchone())
        self.changes = Changes(after=highest[0] if highest else 0)

    @property
    def connection(self) -> sqlite3.Connection:
        """For what copies rows as they are."""
        return self._connection

    def count_from(self, highest: int) -> None:
        """Give new passages numbers above this one."""
        self._connection.execute("INSERT INTO sqlite_sequence VALUES ('passages', ?)", (highest,))
        self.changes = Changes(after=highest)

    def close(self) -> None:
        """Close the file. What no transaction completed is gone."""
        self._connection.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All changes inside, or none."""
        return transaction(self._connection)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove documents with their passages; ids that are not there are passed over."""
        for document_id in document_ids:
            rows = self._connection.execute(
                "SELECT language, audience, passage_id FROM passages WHERE document_id = ?",
                (document_id,),
            )
            for language, audience, passage_id in cast("Iterable[tuple[str, Audience, str]]", rows):
                self.changes.removed[Partition(language, audience)].append(passage_id)
            for statement in (
                "DELETE FROM vectors WHERE number IN"
                " (SELECT number FROM passages WHERE document_id = ?)",
                "DELETE FROM passages WHERE document_id = ?",
                "DELETE FROM documents WHERE document_id = ?",
            ):
                self._connection.execute(statement, (document_id,))

    def mark_gone(self, document_ids: Iterable[str], since: str | None) -> None:
        """Note since when documents are gone from their place; None: they stand there again."""
        self._connection.executemany(
            "UPDATE documents SET gone_since = ? WHERE document_id = ?",
            [(since, document_id) for document_id in document_ids],
        )

    def put(self, document: Document, origin: str, passages: Sequence[StoredPassage]) -> None:
        """Store a document with its passages, in the place of an earlier version.

        Raises:
            sqlite3.IntegrityError: a passage id belongs to another document.
            UnicodeEncodeError: the text holds half a surrogate pair, which nothing can store.
        """
        self.remove([document.document_id])
        self._connection.execute(
            f"INSERT INTO documents ({DOCUMENT_COLUMNS}, origin, page_starts, text)"
            f" VALUES ({', '.join('?' * 20)})",
            document_row(document, origin),
        )
        for stored in passages:
            cursor = self._connection.execute(
                f"INSERT INTO passages ({PASSAGE_COLUMNS}, language, audience)"
                f" VALUES ({', '.join('?' * 11)})",
                passage_row(stored.passage, document.info),
            )
            self._connection.execute(
                "INSERT INTO vectors VALUES (?, ?, ?, ?, ?)",
                (
                    cursor.lastrowid,
                    stored.content_key,
                    packed(stored.embedded.vector),
                    *quantised(stored.embedded.sentences),
                ),
            )

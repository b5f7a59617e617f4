"""The stored truth of one generation: documents, passages and vectors in SQLite, read only."""

# ruff: noqa: S608 - what is put into the queries are lists of columns; all values are bound

import json
import sqlite3
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.store.recent import RecentPassages
from aspire_ingest.index.store.rows import (
    AMONG,
    PASSAGE_COLUMNS,
    InfoRow,
    PassageRow,
    document_columns,
    extra_and_beside,
    info_of,
    open_read_only,
    passage_of,
    unpacked,
)
from aspire_ingest.index.store.schema import schema_version
from aspire_ingest.index.types import Audience, Document, DocumentInfo, Passage

STORE_NAME = "index.sqlite"


class Partition(NamedTuple):
    """Passages are searched by language, and apart for those who may see them."""

    language: str
    audience: Audience

    @property
    def label(self) -> str:
        """The partition in the names of files and collections, as in `en-public`."""
        return f"{self.language}-{self.audience}"


class KnownDocument(NamedTuple):
    """What a plan must know of a document that is in the index."""

    content_hash: str
    origin: str
    gone_since: str | None = None
    source: str = ""
    quality: float = 1.0
    id_source: str | None = None


class NumberedPassage(NamedTuple):
    """A passage with all that is derived from it."""

    number: int
    passage: Passage
    info: DocumentInfo
    vector: NDArray[np.float32]


class Store:
    """Reads one `index.sqlite` that nobody changes while it is open. Safe for threads."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IndexAccessError: it is not there or is not a database.
        """
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False
        with self._connection() as connection:
            connection.execute("SELECT 1 FROM passages LIMIT 1")
            self._schema = schema_version(connection)
        self._columns = document_columns(self._schema)
        self._recent = RecentPassages(self._rows)

    def close(self) -> None:
        """Close every connection; those in use are closed when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _connection(self) -> Generator[sqlite3.Connection]:
        try:
            # A connection serves one thread at a time; deque operations are atomic.
            connection = self._idle.pop() if self._idle else open_read_only(str(self._path))
        except IndexError:  # another thread took the last idle one
            connection = open_read_only(str(self._path))
        except sqlite3.Error as error:
            raise self._unreadable(error) from error
        try:
            yield connection
        except sqlite3.Error as error:
            connection.close()
            raise self._unreadable(error) from error
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _unreadable(self, error: sqlite3.Error) -> IndexAccessError:
        return IndexAccessError(
            f"{self._path} cannot be read ({error}); run `aspire-ingest verify` to repair the index"
        )

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._connection() as connection:
            return connection.execute(query, values).fetchall()

    def partitions(self) -> dict[Partition, int]:
        """How many passages each partition has, the largest first."""
        return dict(self._partitions)

    @cached_property
    def _partitions(self) -> dict[Partition, int]:
        rows = self._rows(
            "SELECT language, audience, count(*) FROM passages GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        )
        return {
            Partition(language, audience): count
            for language, audience, count in cast("list[tuple[str, Audience, int]]", rows)
        }

    def partitions_above(self, after: int) -> set[Partition]:
        """The partitions that have passages numbered above `after`."""
        rows = self._rows(
            "SELECT DISTINCT language, audience FROM passages WHERE number > ?", after
        )
        return {Partition(*pair) for pair in cast("list[tuple[str, Audience]]", rows)}

    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of every document, by id, in id order."""
        return self._documents

    @cached_property
    def _documents(self) -> dict[str, DocumentInfo]:
        rows = self._rows(f"SELECT {self._columns} FROM documents ORDER BY document_id")
        return {row[0]: info_of(row) for row in cast("list[InfoRow]", rows)}

    def languages(self) -> dict[str, int]:
        """How many documents each language has, the most frequent first."""
        rows = self._rows("SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1")
        return dict(cast("list[tuple[str, int]]", rows))

    def known(self) -> dict[str, KnownDocument]:
        """What a plan must know of every document, by id."""
        gone = "gone_since" if self._schema > 1 else "NULL"
        rows = self._rows(
            f"SELECT document_id, content_hash, origin, {gone}, source, extra FROM documents"
        )
        return {
            document_id: KnownDocument(
                content_hash, origin, gone_since, source, beside.quality, beside.id_source
            )
            for document_id, content_hash, origin, gone_since, source, extra in cast(
                "list[tuple[str, str, str, str | None, str, str]]", rows
            )
            for beside in (extra_and_beside(extra)[1],)
        }

    def document(self, document_id: str) -> Document:
        """The document with its text.

        Raises:
            KeyError: no document has this id.
        """
        rows = self._rows(
            f"SELECT {self._columns}, page_starts, text FROM documents WHERE document_id = ?",
            document_id,
        )
        if not rows:
            raise KeyError(document_id)
        page_starts, text = cast("tuple[str, str]", rows[0][-2:])
        starts = tuple(cast("list[int]", json.loads(page_starts)))
        info = info_of(cast("InfoRow", rows[0][:-2]))
        return Document(info=info, text=text, page_starts=starts)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The id and the text of each document, in id order, read as they are asked for."""
        with self._connection() as connection:
            yield from connection.execute(
                "SELECT document_id, text FROM documents ORDER BY document_id"
            )

    def passage_counts(self) -> dict[str, int]:
        """How many passages each document has; documents without any are left out."""
        rows = self._rows("SELECT document_id, count(*) FROM passages GROUP BY 1")
        return dict(cast("list[tuple[str, int]]", rows))

    def passages(self, passage_ids: Sequence[str], *, with_sentences: bool = True) -> list[Passage]:
        """The passages in the order asked for.

        Without their sentences and terms, which are empty then, they come ten times faster.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        return self._recent.passages(passage_ids, with_sentences=with_sentences)

    def document_ids(self, passage_ids: Sequence[str]) -> list[str]:
        """The document of each passage, in the order asked for; raises as `passages` does."""
        return self._recent.document_ids(passage_ids)

    def passage_ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of numbered passages, in the order asked for."""
        return self._recent.passage_ids(numbers)

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, shape (n, dimension); raises as `passages` does."""
        return self._recent.vectors(passage_ids)

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Unit vectors of the sentences, shape (sentences, dimension), by passage id; read only.

        Raises as `passages` does.
        """
        return self._recent.sentence_vectors(passage_ids)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order."""
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY start, number",
            document_id,
        )
        return [passage_of(row) for row in cast("list[PassageRow]", rows)]

    def known_ids(self, numbers: Sequence[int], partition: Partition) -> dict[int, str]:
        """The ids of those among the numbers that a partition has, by number."""
        rows = self._rows(
            "SELECT number, passage_id FROM passages WHERE language = ? AND audience = ?"
            f" AND number {AMONG}",
            *partition,
            json.dumps(numbers),
        )
        return dict(cast("list[tuple[int, str]]", rows))

    def highest_number(self) -> int:
        """The highest number that a passage ever had."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return cast("int", rows[0][0]) if rows else 0

    def partition_ids(self, partition: Partition) -> list[str]:
        """The ids of all passages of a partition, by number."""
        rows = self._rows(
            "SELECT passage_id FROM passages WHERE language = ? AND audience = ? ORDER BY number",
            *partition,
        )
        return [passage_id for (passage_id,) in cast("list[tuple[str]]", rows)]

    def partition_numbers(self, partition: Partition) -> NDArray[np.int64]:
        """The numbers of all passages of a partition, ascending."""
        rows = self._rows(
            "SELECT number FROM passages WHERE language = ? AND audience = ? ORDER BY number",
            *partition,
        )
        return np.fromiter((cast("int", number) for (number,) in rows), np.int64, len(rows))

    def partition_vectors(
        self, partition: Partition, after: int = 0
    ) -> Iterator[tuple[int, bytes]]:
        """Number and packed vector of each passage of a partition above `after`, by number."""
        with self._connection() as connection:
            yield from connection.execute(
                "SELECT number, vector FROM passages JOIN vectors USING (number)"
                " WHERE language = ? AND audience = ? AND number > ? ORDER BY number",
                (*partition, after),
            )

    def numbered(self, after: int, limit: int) -> list[NumberedPassage]:
        """The next passages whose number is above `after`, with vectors, by number."""
        rows = self._rows(
            f"SELECT {PASSAGE_COLUMNS}, number, vector FROM passages JOIN vectors USING (number)"
            " WHERE number > ? ORDER BY number LIMIT ?",
            after,
            limit,
        )
        passages = [passage_of(cast("PassageRow", row[:-2])) for row in rows]
        infos = self._infos({passage.document_id for passage in passages})
        return [
            NumberedPassage(
                number=cast("int", row[-2]),
                passage=passage,
                info=infos[passage.document_id],
                vector=unpacked(cast("bytes", row[-1])),
            )
            for row, passage in zip(rows, passages, strict=True)
        ]

    def _infos(self, document_ids: Set[str]) -> dict[str, DocumentInfo]:
        """What is known of a few documents: a run that adds one need not read of all."""
        rows = self._rows(
            f"SELECT {self._columns} FROM documents WHERE document_id {AMONG}",
            json.dumps(sorted(document_ids)),
        )
        return {row[0]: info_of(row) for row in cast("list[InfoRow]", rows)}

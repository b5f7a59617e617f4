"""The passages of a published generation that were asked for last, remembered."""

# ruff: noqa: S608 - what is put into the queries are lists of columns; all values are bound

import json
from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.lru import Remembered
from aspire_ingest.index.store.rows import (
    AMONG,
    BARE_PASSAGE_COLUMNS,
    PASSAGE_COLUMNS,
    PassageRow,
    dequantised,
    passage_of,
    unpacked,
)
from aspire_ingest.index.types import Passage

_FULL_KEPT = 1024
"""Passages whose sentences and their vectors are remembered: 20 kB each."""
_BARE_KEPT = 4096
"""Passages without them, or their vectors: 3 kB each."""
_IDS_KEPT = 32_768


class Rows(Protocol):
    """Asks the database."""

    def __call__(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """All rows of a query with its bound values."""
        ...


class RecentPassages:
    """Reads passages and vectors by their ids. Safe for threads.

    A question and its parts, and the questions of one week, are about the same passages: reading
    and decoding them anew was a fifth of the time of an answer. 60 MB where all is full.
    """

    def __init__(self, rows: Rows) -> None:
        """Ask for rows of tables that do not change."""
        self._rows = rows
        self._passages = Remembered[str, Passage](_FULL_KEPT)
        self._bare = Remembered[str, Passage](_BARE_KEPT)
        self._passage_ids = Remembered[int, str](_IDS_KEPT)
        self._document_ids = Remembered[str, str](_IDS_KEPT)
        self._vectors = Remembered[str, NDArray[np.float32]](_BARE_KEPT)
        self._sentence_vectors = Remembered[str, NDArray[np.float32]](_FULL_KEPT)

    def passages(self, passage_ids: Sequence[str], *, with_sentences: bool) -> list[Passage]:
        """The passages in the order asked for.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        if with_sentences:
            found = self._passages.take(passage_ids, lambda ids: self._read(PASSAGE_COLUMNS, ids))
        else:
            found = self._bare.take(passage_ids, lambda ids: self._read(BARE_PASSAGE_COLUMNS, ids))
        return [found[passage_id] for passage_id in passage_ids]

    def _read(self, columns: str, passage_ids: list[str]) -> dict[str, Passage]:
        rows = self._rows(
            f"SELECT {columns} FROM passages WHERE passage_id {AMONG}", json.dumps(passage_ids)
        )
        return {row[0]: passage_of(row) for row in cast("list[PassageRow]", rows)}

    def document_ids(self, passage_ids: Sequence[str]) -> list[str]:
        """The document of each passage, in the order asked for.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        found = self._document_ids.take(passage_ids, self._read_document_ids)
        return [found[passage_id] for passage_id in passage_ids]

    def _read_document_ids(self, passage_ids: list[str]) -> dict[str, str]:
        rows = self._rows(
            f"SELECT passage_id, document_id FROM passages WHERE passage_id {AMONG}",
            json.dumps(passage_ids),
        )
        return dict(cast("list[tuple[str, str]]", rows))

    def passage_ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of numbered passages, in the order asked for."""
        found = self._passage_ids.take(numbers, self._read_passage_ids)
        return [found[number] for number in numbers]

    def _read_passage_ids(self, numbers: list[int]) -> dict[int, str]:
        rows = self._rows(
            f"SELECT number, passage_id FROM passages WHERE number {AMONG}", json.dumps(numbers)
        )
        return dict(cast("list[tuple[int, str]]", rows))

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, shape (n, dimension).

        Raises:
            KeyError: one of the ids is not in the index.
        """
        if not passage_ids:
            return np.empty((0, 0), dtype=np.float32)
        found = self._vectors.take(passage_ids, self._read_vectors)
        return np.stack([found[passage_id] for passage_id in passage_ids])

    def _read_vectors(self, passage_ids: list[str]) -> dict[str, NDArray[np.float32]]:
        rows = self._rows(
            "SELECT passage_id, vector FROM passages JOIN vectors USING (number)"
            f" WHERE passage_id {AMONG}",
            json.dumps(passage_ids),
        )
        return {key: unpacked(vector) for key, vector in cast("list[tuple[str, bytes]]", rows)}

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Unit vectors of the sentences, shape (sentences, dimension), by passage id; read only.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        found = self._sentence_vectors.take(passage_ids, self._read_sentence_vectors)
        return {passage_id: found[passage_id] for passage_id in passage_ids}

    def _read_sentence_vectors(self, passage_ids: list[str]) -> dict[str, NDArray[np.float32]]:
        rows = self._rows(
            "SELECT passage_id, length(vector) / 4, sentence_vectors, scales FROM passages"
            f" JOIN vectors USING (number) WHERE passage_id {AMONG}",
            json.dumps(passage_ids),
        )
        found = {
            passage_id: dequantised(sentences, scales, dimension)
            for passage_id, dimension, sentences, scales in cast(
                "list[tuple[str, int, bytes, bytes]]", rows
            )
        }
        for shared in found.values():
            shared.flags.writeable = False
        return found

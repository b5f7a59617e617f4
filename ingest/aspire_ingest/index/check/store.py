"""Whether the stored truth of a generation is whole: its manifest and its SQLite file."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.manifest import ManifestFile, read_manifest
from aspire_ingest.index.store.rows import open_read_only, unpacked
from aspire_ingest.index.store.schema import SCHEMA_VERSION, schema_version
from aspire_ingest.index.store.store import STORE_NAME

_SHOWN = 5
"""So many of one kind of problem are named; one is enough to act on."""

# Offsets are code points, and so are SQLite's substr positions.
_PASSAGES = """
SELECT passage_id, start, "end", passages.text, sentences, length(documents.text),
    substr(documents.text, start + 1, "end" - start), passages.language = documents.language
    AND passages.audience = documents.audience
FROM passages LEFT JOIN documents USING (document_id)
"""
_VECTORS = """
SELECT passage_id, vector, length(sentence_vectors), length(scales), json_array_length(sentences)
FROM passages LEFT JOIN vectors USING (number)
"""
_STRAYS = (
    (
        "document {} has no passages",
        "SELECT document_id FROM documents LEFT JOIN passages USING (document_id)"
        " WHERE passage_id IS NULL",
    ),
    (
        "vectors of passage number {}, which is not there",
        "SELECT number FROM vectors WHERE number NOT IN (SELECT number FROM passages)",
    ),
    (
        "the passage number {} could be given again",
        "SELECT max(number) FROM passages HAVING max(number) >"
        " (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages')",
    ),
)


def check_store(folder: Path) -> list[str]:
    """What is wrong with the stored truth of a generation; nothing where it is whole."""
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError:
        return ["its manifest is missing"]
    except IndexAccessError as error:
        return [str(error)]
    if not (folder / STORE_NAME).is_file():
        return [f"{STORE_NAME} is missing"]
    if str(manifest.generation) != folder.name:
        return [f"its manifest is that of generation {manifest.generation}"]
    try:
        with closing(open_read_only(str(folder / STORE_NAME))) as connection:
            return _some(_problems(connection, manifest))
    except (sqlite3.Error, ValueError, TypeError) as error:
        return [f"{STORE_NAME} cannot be read: {error}"]


def _problems(connection: sqlite3.Connection, manifest: ManifestFile) -> Iterator[str]:
    for (line,) in cast(
        "list[tuple[str]]", connection.execute("PRAGMA integrity_check").fetchall()
    ):
        if line != "ok":
            yield f"{STORE_NAME}: {line}"
    if manifest.schema_version != schema_version(connection) or (
        manifest.schema_version > SCHEMA_VERSION
    ):
        yield f"its tables are of version {schema_version(connection)}, unlike its manifest"
    documents, passages = cast(
        "tuple[int, int]",
        connection.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
        ).fetchone(),
    )
    if (documents, passages) != (manifest.documents, manifest.passages):
        yield (
            f"it holds {documents} documents and {passages} passages, its manifest says "
            f"{manifest.documents} and {manifest.passages}"
        )
    languages = connection.execute("SELECT language, count(*) FROM documents GROUP BY 1")
    if dict(cast("Iterator[tuple[str, int]]", languages)) != manifest.languages:
        yield "its manifest counts other documents by language than it holds"
    for problem, query in _STRAYS:
        yield from (problem.format(stray) for (stray,) in connection.execute(query))
    yield from _passage_problems(connection)
    yield from _vector_problems(connection, manifest.dimension)


def _passage_problems(connection: sqlite3.Connection) -> Iterator[str]:
    rows = cast(
        "Iterator[tuple[str, int, int, str, str, int | None, str, int]]",
        connection.execute(_PASSAGES),
    )
    for passage_id, start, end, text, sentences, length, slice_, is_apart in rows:
        if length is None:
            yield f"passage {passage_id} has no document"
        elif text != slice_:
            yield f"passage {passage_id} is not the text of its document from {start} to {end}"
        elif not is_apart:
            yield f"passage {passage_id} has another language or audience than its document"
        elif not _are_inside(sentences, start, end):
            yield f"passage {passage_id} has sentences out of place"


def _are_inside(sentences: str, start: int, end: int) -> bool:
    at = start
    for first, last, *_ in cast("list[tuple[int, int]]", json.loads(sentences)):
        if not at <= first <= last <= end:
            return False
        at = last
    return True


def _vector_problems(connection: sqlite3.Connection, dimension: int) -> Iterator[str]:
    rows = cast("Iterator[tuple[str, bytes | None, int, int, int]]", connection.execute(_VECTORS))
    for passage_id, vector, sentences, scales, count in rows:
        if vector is None:
            yield f"passage {passage_id} has no vector"
        elif (len(vector), sentences, scales) != (4 * dimension, dimension * count, 4 * count):
            yield f"passage {passage_id} has vectors of another size"
        elif not _is_unit(unpacked(vector)):
            yield f"passage {passage_id} has a vector that is not of length one"


def _is_unit(vector: NDArray[np.float32]) -> bool:
    # false for what is no number, too
    return abs(float(np.vecdot(vector, vector)) - 1.0) < 1e-3


def _some(problems: Iterator[str]) -> list[str]:
    listed = [problem for problem, _ in zip(problems, range(_SHOWN + 1), strict=False)]
    return [*listed[:_SHOWN], "and more"] if len(listed) > _SHOWN else listed

import json
import sqlite3
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aspire_ingest.index import (
    KINDS,
    Document,
    DocumentInfo,
    IndexMismatchError,
    Occasion,
    Passage,
    Sentence,
)
from aspire_ingest.index.store.rows import (
    InfoRow,
    PassageRow,
    dequantised,
    document_row,
    info_of,
    packed,
    passage_of,
    passage_row,
    quantised,
    unpacked,
)
from aspire_ingest.index.store.schema import MIGRATIONS, SCHEMA_VERSION, migrate, schema_version

texts = st.text(st.characters(exclude_categories=["Cs"]))
maybe = st.none() | texts
terms = st.frozensets(st.text("abc研究:0", min_size=1))

infos = st.builds(
    DocumentInfo,
    document_id=texts,
    source=texts,
    title=texts,
    url=maybe,
    publisher=maybe,
    published=maybe,
    language=texts,
    kind=st.sampled_from(KINDS),
    edition=maybe,
    supersedes=maybe,
    audience=st.sampled_from(["public", "staff"]),
    content_hash=texts,
    extra=st.dictionaries(texts, texts),
    quality=st.floats(0, 1),
    id_source=maybe,
    published_from=st.none() | st.sampled_from(["front matter", "metadata", "url", "text"]),
    occasions=st.lists(
        st.builds(
            Occasion,
            first=texts,
            last=texts,
            start=st.integers(0, 10**6),
            end=st.integers(0, 10**6),
            basis=st.sampled_from(["said", "named", "schedule", "title"]),
            year_from=st.sampled_from(["date", "title", "published"]),
            kinds=st.lists(texts).map(tuple),
        )
    ).map(tuple),
)
sentences = st.builds(
    Sentence,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    form=st.sampled_from(["prose", "item", "row"]),
    lead=texts,
    terms=terms,
)
passages = st.builds(
    Passage,
    passage_id=texts,
    document_id=texts,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    text=texts,
    heading=st.lists(texts).map(tuple),
    sentences=st.lists(sentences).map(tuple),
    page=st.none() | st.integers(1, 1000),
    context_terms=terms,
)


@given(info=infos, text=texts, starts=st.lists(st.integers(0, 10**6)))
def test_documents_come_back_from_their_rows(
    info: DocumentInfo, text: str, starts: list[int]
) -> None:
    document = Document(info=info, text=text, page_starts=tuple(starts))
    *row, origin, page_starts, stored = document_row(document, "/docs/a.md")
    assert info_of(cast("InfoRow", tuple(row))) == info
    assert (origin, json.loads(str(page_starts)), stored) == ("/docs/a.md", starts, text)


@given(passage=passages, info=infos)
def test_passages_come_back_from_their_rows(passage: Passage, info: DocumentInfo) -> None:
    *row, language, audience = passage_row(passage, info)
    assert passage_of(cast("PassageRow", tuple(row))) == passage
    assert (language, audience) == (info.language, info.audience)


components = st.floats(-1, 1, width=32)


@given(rows=arrays(np.float32, st.tuples(st.integers(0, 6), st.just(8)), elements=components))
def test_int8_keeps_the_direction_and_storing_again_keeps_the_bytes(
    rows: "np.ndarray[tuple[int, int], np.dtype[np.float32]]",
) -> None:
    rows = rows[np.linalg.norm(rows, axis=1) > 1e-3]
    units = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    stored, scales = quantised(units)
    back = dequantised(stored, scales, 8)
    assert back.shape == units.shape
    assert (np.linalg.norm(back, axis=1) == pytest.approx(1, abs=1e-5)) or not len(back)
    assert (np.einsum("ij,ij->i", back, units) > 0.999).all()
    assert quantised(back)[0] == stored  # the cache gives what a fresh run gives


def test_a_vector_of_zeros_stays_one() -> None:
    back = dequantised(*quantised(np.zeros((1, 4), dtype=np.float32)), 4)
    assert np.array_equal(back, np.zeros((1, 4)))


@given(vector=arrays(np.float32, 8, elements=components))
def test_vectors_are_kept_to_the_bit(
    vector: "np.ndarray[tuple[int], np.dtype[np.float32]]",
) -> None:
    assert np.array_equal(unpacked(packed(vector)), vector)


def test_migrations_run_once_and_each_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    assert schema_version(connection) == SCHEMA_VERSION
    migrate(connection)  # nothing left to do
    broken = (*MIGRATIONS, "CREATE TABLE later (a); CREATE TABLE later (b)")
    monkeypatch.setattr("aspire_ingest.index.store.schema.MIGRATIONS", broken)
    monkeypatch.setattr("aspire_ingest.index.store.schema.SCHEMA_VERSION", len(broken))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection)
    assert schema_version(connection) == SCHEMA_VERSION
    names = connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall()
    assert names == []
    connection.close()


def test_tables_of_a_newer_release_are_refused() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(IndexMismatchError, match="newer release"):
        migrate(connection)
    connection.close()

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aspire_ingest.index import IndexAccessError, IndexManifest, IndexMismatchError
from aspire_ingest.index.generations.fingerprint import Shape
from aspire_ingest.index.generations.manifest import (
    MANIFEST_NAME,
    check_readable,
    check_writable,
    read_manifest,
    write_manifest,
)
from aspire_ingest.index.store.schema import SCHEMA_VERSION

SHAPE = Shape(
    schema=SCHEMA_VERSION, embedding="e5@1", dimension=384, splitter="split-1", analysis="7"
)
MANIFEST = IndexManifest(
    schema_version=SCHEMA_VERSION,
    generation=3,
    fingerprint=SHAPE.fingerprint,
    embedding="e5@1",
    dimension=384,
    published_at="2026-11-21T08:00:00+09:00",
    documents=5,
    passages=12,
    languages={"en": 3, "ja": 2},
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST, SHAPE)
    file = read_manifest(tmp_path)
    assert file.manifest == MANIFEST
    assert file.shape == SHAPE
    assert file.manifest.index_version == f"3-{SHAPE.fingerprint[:8]}"


def test_a_missing_manifest_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_manifest(tmp_path)
    write_manifest(tmp_path, MANIFEST, SHAPE)
    path = tmp_path / MANIFEST_NAME
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], b"\0" * 100, b"[]", b'{"generation": 0}'):
        path.write_bytes(damaged)
        with pytest.raises(IndexAccessError, match="verify"):
            read_manifest(tmp_path)


def test_a_manifest_that_contradicts_its_fingerprint_is_refused(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST, SHAPE)
    path = tmp_path / MANIFEST_NAME
    path.write_text(json.dumps(json.loads(path.read_text()) | {"embedding": "other"}))
    with pytest.raises(IndexAccessError, match="contradicts"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (replace(SHAPE, embedding="e5@2"), "ASPIRE_EMBEDDING"),
        (replace(SHAPE, analysis="8"), "analysis 8"),
        (replace(SHAPE, schema=SCHEMA_VERSION + 1), "newer release"),
        (replace(SHAPE, schema=SCHEMA_VERSION - 1), "older release"),
    ],
)
def test_readers_refuse_what_they_cannot_query(
    tmp_path: Path, changed: Shape, message: str
) -> None:
    write_manifest(tmp_path, MANIFEST, SHAPE)
    check_readable(read_manifest(tmp_path), embedder_name="e5@1", analysis="7")
    write_manifest(tmp_path, MANIFEST, changed)
    with pytest.raises(IndexMismatchError, match=message):
        check_readable(read_manifest(tmp_path), embedder_name="e5@1", analysis="7")


def test_a_reader_does_not_mind_another_splitter_but_a_writer_does(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST, replace(SHAPE, splitter="split-0"))
    file = read_manifest(tmp_path)
    check_readable(file, embedder_name="e5@1", analysis="7")
    with pytest.raises(IndexMismatchError, match=r"splitter: split-0 -> split-1.*--rebuild"):
        check_writable(file, SHAPE)
    check_writable(file, replace(SHAPE, splitter="split-0"))

"""Which documents of an earlier version somebody has to add again."""

from pathlib import Path

import pytest

from aspire_ingest.add_again import to_add_again
from aspire_ingest.cli.status_output import StatusReport, print_status
from aspire_ingest.index.store.cache import known_loaders
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.load.types import LOADER_VERSION

OLD, NEW = "0", str(LOADER_VERSION)


def named(origin: str, *loaders: str) -> list[object]:
    known = {"one": KnownDocument(content_hash="", origin=origin, source=origin)}
    return [found["target"] for found in to_add_again(known, {"one": frozenset(loaders)})]


def test_what_is_lost_and_was_read_by_earlier_readers_alone_is_named(tmp_path: Path) -> None:
    lost = str(tmp_path / "lost.jsonl")
    assert named(lost, OLD) == [lost]
    assert named(f"{lost}#7", OLD) == [f"{lost}#7"]
    assert named(lost, OLD, NEW) == []
    assert named(lost) == []
    assert named("https://grants.example/a", OLD) == []
    assert named("upload:///form.pdf", OLD) == ["upload:///form.pdf"]
    (tmp_path / "lost.jsonl").touch()
    assert named(f"{lost}#7", OLD) == []


def test_documents_are_named_by_their_files(tmp_path: Path) -> None:
    places = {name: str(tmp_path / name) for name in ("b", "a", "c")}
    known = {
        name: KnownDocument(content_hash="", origin=place, source=place)
        for name, place in places.items()
    }
    found = to_add_again(known, dict.fromkeys(known, frozenset({OLD})))
    assert [one["document_id"] for one in found] == ["a", "b", "c"]


def test_a_cache_that_is_not_there_or_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    assert known_loaders(tmp_path / "cache.db") == {}
    assert not (tmp_path / "cache.db").exists()
    (tmp_path / "cache.db").write_bytes(b"no database at all, but a text of some length")
    assert known_loaders(tmp_path / "cache.db") == {}


def test_the_status_names_the_first_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    again = [{"target": f"{number}.md", "document_id": f"d{number}"} for number in range(23)]
    print_status(StatusReport(facts={}, sources=[], alerts=[], add_again=again), as_json=False)
    written = capsys.readouterr().out
    assert written.count("add again: ") == 20
    assert "… and 3 more to add again (--json)" in written

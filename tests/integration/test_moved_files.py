"""Files that moved or were renamed keep the ids of their documents; odd names lose nothing."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from tests.small_index import NoChroma

from aspire_ingest.bootstrap import build_parts, build_sync_parts
from aspire_ingest.cli import app as cli

Report = dict[str, object]
_COUNTED = ("added", "replaced", "moved", "removed", "gone", "failed", "held")


@dataclass
class Told:
    code: int
    json: Report

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are; what is none is left out."""
        found = {name: len(cast("list[object]", self.json[name])) for name in _COUNTED}
        found["unchanged"] = cast("int", self.json["unchanged"])
        return {name: count for name, count in found.items() if count}


Run = Callable[..., Told]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    for name, build in (("build_parts", build_parts), ("build_sync_parts", build_sync_parts)):
        monkeypatch.setattr(cli, name, partial(build, open_chroma=NoChroma))

    def call(*arguments: str | Path) -> Told:
        with pytest.raises(SystemExit) as ended:
            cli.main([*map(str, arguments), "--json"])
        assert isinstance(ended.value.code, int)
        return Told(ended.value.code, json.loads(capsys.readouterr().out))

    return call


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "old").mkdir(parents=True)
    for number in range(6):
        (folder / "old" / f"{number}.md").write_text(f"The text of number {number}.\n")
    return folder


def listed(run: Run) -> dict[str, str]:
    """The ids of the index by the names of their files."""
    documents = cast("list[dict[str, str]]", run("list").json["documents"])
    return {os.path.basename(one["source"]): one["document_id"] for one in documents}  # noqa: PTH119


@pytest.mark.parametrize("prune", [(), ("--prune",)])
def test_a_renamed_file_keeps_its_id(run: Run, docs: Path, prune: tuple[str, ...]) -> None:
    run("add", docs)
    before = listed(run)
    (docs / "old/1.md").rename(docs / "renamed.md")
    moved = run("add", docs, *prune)
    assert (moved.code, moved.counts) == (0, {"moved": 1, "unchanged": 5})
    assert moved.json["moved"] == [before["1.md"]]
    assert moved.json["moved_from"] == {before["1.md"]: str(docs / "old/1.md")}
    assert listed(run)["renamed.md"] == before["1.md"]
    again = run("add", docs, *prune)
    assert (again.code, again.counts) == (0, {"unchanged": 6})


def test_a_folder_that_moved_takes_all_with_it_and_back(run: Run, docs: Path) -> None:
    run("add", docs)
    before = listed(run)
    (docs / "old").rename(docs / "new")
    assert run("add", docs, "--prune", "--dry-run").counts == {"moved": 6}
    assert run("add", docs, "--prune").counts == {"moved": 6}
    assert listed(run) == before
    (docs / "new").rename(docs / "old")
    assert run("add", docs, "--prune").counts == {"moved": 6}
    assert listed(run) == before
    assert run("add", docs).counts == {"unchanged": 6}


def test_a_moved_document_changes_and_is_searched_as_any_other(run: Run, docs: Path) -> None:
    run("add", docs)
    before = listed(run)
    (docs / "old/1.md").rename(docs / "renamed.md")
    run("add", docs)
    (docs / "renamed.md").write_text("Another text.\n")
    assert run("add", docs).json["replaced"] == [before["1.md"]]
    (docs / "renamed.md").unlink()
    assert run("add", docs, "--prune").json["removed"] == [before["1.md"]]


def test_a_new_file_where_a_moved_one_was_is_another_document(run: Run, docs: Path) -> None:
    run("add", docs)
    before = listed(run)
    (docs / "old/1.md").rename(docs / "renamed.md")
    run("add", docs)
    (docs / "old/1.md").write_text("The edition of the year after.\n")
    assert run("add", docs).counts == {"added": 1, "unchanged": 6}
    after = listed(run)
    assert after["renamed.md"] == before["1.md"] != after["1.md"]
    assert run("add", docs).counts == {"unchanged": 7}


def test_a_copy_is_a_document_of_its_own(run: Run, docs: Path) -> None:
    run("add", docs)
    (docs / "copy.md").write_bytes((docs / "old/1.md").read_bytes())
    assert run("add", docs).counts == {"added": 1, "unchanged": 6}


def test_a_document_with_an_id_of_its_own_moves_too(run: Run, docs: Path) -> None:
    stated = docs / "old/stated.md"
    stated.write_text("---\nurl: https://a.example/rules\n---\nThe rules of travel.\n")
    lines = [json.dumps({"id": f"b{number}", "text": f"Line {number}."}) for number in range(2)]
    (docs / "old/bulk.jsonl").write_text("\n".join(lines))
    run("add", docs)
    stated.rename(docs / "stated.md")
    (docs / "old/bulk.jsonl").rename(docs / "renamed.jsonl")
    moved = run("add", docs, "--prune")
    assert moved.counts == {"moved": 3, "unchanged": 6}
    assert run("add", docs, "--prune").counts == {"unchanged": 9}


def test_a_sync_follows_what_moves_from_one_source_to_another(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    (docs / "new").mkdir()
    sources = tmp_path / "sources.yaml"
    sources.write_text(
        "sources: [{name: first, type: folder, folder: docs/old},"
        " {name: second, type: folder, folder: docs/new}]"
    )
    assert run("sync", "--sources", sources).counts == {"added": 6}
    before = listed(run)
    for number in range(5):
        (docs / "old" / f"{number}.md").rename(docs / "new" / f"{number}.md")
    moved = run("sync", "--sources", sources, "--prune")
    assert (moved.code, moved.counts) == (0, {"moved": 5, "unchanged": 1})
    told = cast("list[dict[str, object]]", moved.json["sources"])
    assert [(one["moved"], one["problem"]) for one in told] == [(0, ""), (5, "")]
    assert listed(run) == before
    assert run("sync", "--sources", sources).counts == {"unchanged": 6}


def _named(folder: Path, name: bytes) -> Path:
    return folder / os.fsdecode(name)


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_names_that_read_the_same_are_two_documents(run: Run, docs: Path, codec: str) -> None:
    """One name in two encodings, beside each other and as targets of their own."""
    _named(docs, "計画.md".encode()).write_text("The plan of one office.\n")
    _named(docs, "計画.md".encode(codec)).write_text("The plan of another office.\n")
    assert run("add", docs).counts == {"added": 8}
    sources = set(listed(run))
    assert "計画.md" in sources
    assert len(sources) == 8
    both = [_named(docs, "計画.md".encode()), _named(docs, "計画.md".encode(codec))]
    assert run("add", *both).counts == {"unchanged": 2}
    assert run("add", docs, "--prune").counts == {"unchanged": 8}
    for path in both:
        assert run("propose", path).json["action"] == "keep"


def test_two_names_in_old_encodings_stay_apart(run: Run, docs: Path) -> None:
    for codec in ("cp932", "euc_jp"):
        _named(docs, "予算.md".encode(codec)).write_text("The same budget.\n")
    assert run("add", docs).counts == {"added": 8}
    assert run("add", docs).counts == {"unchanged": 8}


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_a_folder_is_found_by_its_readable_name(
    run: Run, docs: Path, tmp_path: Path, codec: str
) -> None:
    folder = _named(tmp_path, "資料".encode(codec))
    folder.mkdir()
    (folder / "good.md").write_text("A good text.\n")
    _named(folder, "予算表.md".encode(codec)).write_text("The budget.\n")
    (tmp_path / "sources.yaml").write_text(
        "sources: [{name: office, type: folder, folder: 資料}]", encoding="utf-8"
    )
    sync = ("sync", "--sources", tmp_path / "sources.yaml")
    assert run(*sync).counts == {"added": 2}
    assert run(*sync, "--prune").counts == {"unchanged": 2}
    assert run("add", folder).counts == {"unchanged": 2}
    assert run("add", "資料").counts == {"unchanged": 2}
    assert run("propose", "資料/予算表.md").code == 0
    folder.rename(tmp_path / "readable")
    assert run("add", tmp_path / "readable").counts == {"moved": 2}
    del docs


def test_a_file_of_an_odd_name_that_is_still_there_has_not_moved(run: Run, docs: Path) -> None:
    _named(docs, "計画.md".encode("cp932")).write_text("The plan.\n")
    run("add", docs)
    (docs / "copy.md").write_text("The plan.\n")
    assert run("add", docs / "copy.md").counts == {"added": 1}

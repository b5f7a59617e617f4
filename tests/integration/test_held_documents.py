"""Documents that are held for how they were read or for marks, and doubts that are told once."""

import json
import os
import shutil
from pathlib import Path
from typing import cast

import pytest
from tests.integration.test_moved_files import Run, Told
from tests.integration.test_moved_files import run as run  # noqa: PLC0414 - a fixture
from tests.test_site.content import Resource
from tests.test_site.server import serve

BAD = "Half of \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd cannot be read.\n"
GOOD = "All of this can be read.\n"
VERTICAL = Path(__file__).parents[1] / "unit/ingest/load/field/pdf/kaede-positioned.pdf"


def _held(told: Told) -> list[tuple[str, str | None]]:
    held = cast("list[dict[str, str]]", told.json["held"])
    return [(os.path.basename(one["target"]), one["source"]) for one in held]  # noqa: PTH119


def _text(run: Run) -> str:
    (one,) = cast("list[dict[str, str]]", run("list").json["documents"])
    return str(run("show", one["document_id"]).json["text"])


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "rules.md").write_text(GOOD)
    return folder


def test_what_was_read_too_badly_is_held_and_the_good_version_stays(run: Run, docs: Path) -> None:
    assert run("add", docs, "--min-quality", "0.9").code == 0
    (docs / "rules.md").write_text(BAD)
    for prune in ((), ("--prune",)):
        held = run("add", docs, "--min-quality", "0.9", *prune)
        assert (held.code, held.counts, _held(held)) == (1, {"held": 1}, [("rules.md", None)])
        (why,) = cast("list[dict[str, object]]", held.json["held"])
        assert "is below 0.9 (7 characters not readable)" in str(why["reason"])
        assert why["marks"] == []
        assert cast("float", why["quality"]) < 0.9
        assert _text(run) == GOOD
    let_in = run("add", docs)
    assert (let_in.code, let_in.counts) == (1, {"replaced": 1})
    assert run("add", docs, "--min-quality", "0.9").counts == {"held": 1}
    assert _text(run) == BAD


@pytest.mark.parametrize("share", ["1.5", "-1", "good"])
def test_a_share_is_from_0_to_1(run: Run, docs: Path, capsys: object, share: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        run("add", docs, "--min-quality", share)
    del capsys


def test_quality_is_seen_in_list_show_status_and_report(run: Run, docs: Path) -> None:
    (docs / "rules.md").write_text(BAD)
    run("add", docs)
    (listed,) = cast("list[dict[str, object]]", run("list").json["documents"])
    quality, name = cast("float", listed["quality"]), str(listed["document_id"])
    assert 0 < quality < 1
    assert run("show", name).json["quality"] == quality
    (page,) = cast("list[dict[str, object]]", run("show", name, "--pages").json["pages"])
    assert page["quality"] == quality
    assert page["warnings"] == listed["warnings"] == ["7 characters not readable"]
    status = run("status").json
    assert status["quality"] == quality
    (doubtful,) = cast("list[dict[str, object]]", status["doubtful"])
    assert (doubtful["document_id"], doubtful["quality"]) == (name, quality)
    report = run("report").json
    assert report["quality"] == quality
    (told,) = cast("list[dict[str, object]]", report["doubtful"])
    assert (told["quality"], told["warnings"]) == (quality, ["7 characters not readable"])


def test_a_source_says_what_it_lets_in(run: Run, docs: Path, tmp_path: Path) -> None:
    for name in ("strict", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}-bad.md").write_text(BAD)
        (tmp_path / name / f"{name}-plan.md").write_text("# Plan\n\nCONFIDENTIAL\n\nWords.\n")
    sources = tmp_path / "sources.yaml"
    sources.write_text(
        "sources: [{name: strict, type: folder, folder: strict, min_quality: 0.9},"
        " {name: open, type: folder, folder: open, marks: accepted}]"
    )
    told = run("sync", "--sources", sources)
    assert (told.code, told.counts) == (1, {"added": 2, "held": 2})
    assert _held(told) == [("strict-bad.md", "strict"), ("strict-plan.md", "strict")]
    counted = cast("list[dict[str, object]]", told.json["sources"])
    assert [(one["name"], one["held"]) for one in counted] == [("strict", 2), ("open", 0)]
    assert run("sync", "--sources", sources, "--source", "open").counts == {"unchanged": 2}
    assert _held(run("sync", "--sources", sources, "--min-quality", "0.95"))[-1] == (
        "open-bad.md", "open",
    )  # fmt: skip
    del docs


def _doubtful(told: Told) -> int:
    return len(cast("list[object]", told.json["doubtful"]))


def test_doubts_are_told_when_they_are_new_wherever_documents_come_from(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "rules.md").write_text(BAD)
    shutil.copy(VERTICAL, tmp_path / "vertical.pdf")
    bulk = tmp_path / "bulk.jsonl"
    bulk.write_text(json.dumps({"id": "b1", "text": BAD}))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "other.md").write_text(f"Other. {BAD}")
    with serve(reports=0) as site:
        site.content["/bad.md"] = Resource(f"Third. {BAD}".encode(), "text/markdown")
        site.content["/page.md"] = Resource(f"Fourth. {BAD}".encode(), "text/markdown")
        monkeypatch.setenv("ASPIRE_FETCH_ALLOW", site.base.removeprefix("http://"))
        sources = tmp_path / "sources.yaml"
        sources.write_text(
            "sources: [{name: own, type: folder, folder: folder}, {name: web, type: pages,"
            f" pages: ['{site.url('/page.md')}'], limits: {{delay_s: 0}}}}]"
        )
        ways: list[tuple[int, tuple[str | Path, ...]]] = [
            (1, ("add", docs)),
            (1, ("add", tmp_path / "vertical.pdf")),
            (1, ("add", bulk)),
            (1, ("add", site.url("/bad.md"))),
            (2, ("sync", "--sources", sources)),
        ]
        for count, way in ways:
            first = run(*way)
            assert (first.code, _doubtful(first)) == (1, count), way
            again = run(*way)
            assert (again.code, _doubtful(again), again.counts) == (0, 0, {"unchanged": count}), way
    assert len(cast("list[object]", run("status").json["doubtful"])) == 6
    (docs / "rules.md").rename(docs / "renamed.md")
    moved = run("add", docs)
    assert (moved.code, moved.counts, _doubtful(moved)) == (0, {"moved": 1}, 0)


def _held_still(run: Run) -> list[str]:
    held = cast("list[dict[str, str]]", run("status").json["held"])
    return sorted(Path(one["target"]).name for one in held)


def test_status_names_what_is_held_until_it_is_indexed_or_gone(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    (docs / "rules.md").write_text(BAD)
    (docs / "plan.md").write_text("# Plan\n\nCONFIDENTIAL\n\nWords.\n")
    (docs / "fine.md").write_text(GOOD)
    assert run("add", docs, "--min-quality", "0.9").counts == {"added": 1, "held": 2}
    assert _held_still(run) == ["plan.md", "rules.md"]
    run("add", docs / "rules.md")
    assert _held_still(run) == ["plan.md"]
    run("add", docs / "plan.md", "--accept-marks")
    assert _held_still(run) == []
    own = tmp_path / "own"
    own.mkdir()
    (own / "bad.md").write_text(BAD)
    sources = tmp_path / "sources.yaml"
    sources.write_text("sources: [{name: own, type: folder, folder: own, min_quality: 0.9}]")
    run("sync", "--sources", sources)
    run("sync", "--sources", sources)
    assert _held_still(run) == ["bad.md"]
    (own / "bad.md").write_text(GOOD + "And more of it.\n")
    run("sync", "--sources", sources)
    assert _held_still(run) == []
    (own / "worse.md").write_text(BAD + "Worse.\n")
    run("sync", "--sources", sources)
    (own / "worse.md").unlink()
    assert _held_still(run) == ["worse.md"]
    run("sync", "--sources", sources)
    assert _held_still(run) == []

"""A sync is taken back: what it added, replaced and removed, and nothing that changed since."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from tests.test_site.content import Resource
from tests.test_site.scene import Scene
from tests.test_site.server import serve

from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.store.base import open_base
from aspire_ingest.index.types import Document
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.proposals import run_undo
from aspire_ingest.proposals.kept import FOLDER
from aspire_ingest.proposals.kinds import ProposalError
from aspire_ingest.proposals.run_undo import undo_run

_SOURCES = """
sources:
  - name: own
    type: pages
    pages: [PAGES]
    limits: {{delay_s: 0}}
"""
_NAMES = ("stays", "changes", "leaves", "comes")


@pytest.fixture(scope="module")
def served() -> Generator[Scene]:
    with serve(reports=0) as site:
        yield Scene(site, Path("/nowhere"))


@pytest.fixture
def scene(served: Scene, tmp_path: Path) -> Scene:
    """A home into which three pages were synced; a fourth is not yet there."""
    site = served.site
    own = Scene(site, tmp_path / "home")
    _list(own, *_NAMES[:3])
    own.sync()
    return own


def _list(scene: Scene, *names: str) -> None:
    for name in _NAMES:
        scene.site.content.pop(f"/{name}.md", None)
    for name in names:
        _write(scene, name, "first")
    pages = ", ".join(f"'{scene.site.url(f'/{name}.md')}'" for name in _NAMES)
    scene.sources = _SOURCES.replace("PAGES", pages)


def _write(scene: Scene, name: str, version: str) -> None:
    text = f"# {name}\n\nThe {version} text of the page that {name}.".encode()
    scene.site.content[f"/{name}.md"] = Resource(text, "text/markdown; charset=utf-8")


def _second_sync(scene: Scene) -> str:
    """Change one page, take one away, bring one; give what the run is undone by."""
    _list(scene, "stays", "changes", "comes")
    _write(scene, "changes", "second")
    report = scene.sync(prune=True).report
    assert (len(report.added()), len(report.replaced()), len(report.plan.remove)) == (1, 1, 1)
    assert report.undo is not None
    return report.undo


def _undo(scene: Scene, run: str) -> Report:
    with scene.parts() as parts:
        report = undo_run(run, parts.parts)
    assert report is not None
    return report


def _indexed(scene: Scene) -> dict[str, tuple[Document, str]]:
    return {
        one.info.title: (one, origin) for one, origin in open_base(Home(scene.root)).documents()
    }


def test_what_was_there_before_is_there_again_and_again_changes_nothing(scene: Scene) -> None:
    before = _indexed(scene)
    run = _second_sync(scene)
    assert set(_indexed(scene)) == {"stays", "changes", "comes"}
    report = _undo(scene, run)
    assert _indexed(scene) == before
    assert report.is_complete
    assert (len(report.added()), len(report.replaced()), len(report.plan.remove)) == (1, 1, 1)
    number = current_number(Home(scene.root))
    assert _undo(scene, run).plan.is_empty
    assert current_number(Home(scene.root)) == number


def test_what_was_changed_since_stays_and_is_told(scene: Scene) -> None:
    run = _second_sync(scene)
    _write(scene, "changes", "third")
    scene.sync()
    report = _undo(scene, run)
    assert [failure.error for failure in report.failures] == [
        "was changed since, so it stays: to undo this would lose that change"
    ]
    indexed = _indexed(scene)
    assert "third text" in indexed["changes"][0].text
    assert set(indexed) == {"stays", "changes", "leaves"}


def test_a_run_of_which_all_was_changed_since_is_refused(scene: Scene) -> None:
    _write(scene, "changes", "second")
    run = scene.sync().report.undo
    assert run is not None
    _write(scene, "changes", "third")
    scene.sync()
    with pytest.raises(ProposalError) as refused:
        _undo(scene, run)
    assert refused.value.code == "changed"


def test_the_next_sync_brings_what_the_sources_still_have(scene: Scene) -> None:
    run = _second_sync(scene)
    after = _indexed(scene)
    _undo(scene, run)
    scene.sync()
    assert set(_indexed(scene)) == set(after) | {"leaves"}
    assert "second text" in _indexed(scene)["changes"][0].text


def test_what_changes_nothing_or_too_much_has_no_undo(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scene.sync().report.undo is None
    _write(scene, "changes", "second")
    assert scene.sync(dry=True).report.undo is None
    monkeypatch.setattr(run_undo, "_MOST_CHARACTERS", 10)
    report = scene.sync().report
    assert (len(report.replaced()), report.undo) == (1, None)


def test_reports_name_what_changed(scene: Scene) -> None:
    _write(scene, "changes", "second")
    report = scene.sync(dry=True)
    told = json.loads(json.dumps(report.as_json()))
    (changed,) = told["replaced"]
    assert told["named"] == {changed: {"title": "changes", "place": scene.site.url("/changes.md")}}


def test_an_id_that_is_no_run_is_no_run_and_a_damaged_one_says_so(scene: Scene) -> None:
    run = _second_sync(scene)
    with scene.parts() as parts:
        assert undo_run("0" * 24, parts.parts) is None
        with pytest.raises(ProposalError, match="no proposal"):
            undo_run("../../etc", parts.parts)
        (scene.root / FOLDER / run / "run.json").write_text("{", encoding="utf-8")
        with pytest.raises(ProposalError, match="damaged"):
            undo_run(run, parts.parts)

"""Editions of a guideline across sync: last year's PDF and this year's at another address."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.small_index import EMBEDDER
from tests.test_site.scene import Scene
from tests.test_site.server import serve

from aspire_bot.answering.search.editions import replaced_by
from aspire_bot.answering.types import Answer, Question
from aspire_bot.bootstrap import build_pipeline
from aspire_bot.settings import Settings
from aspire_ingest.index.open_index import open_reader

_OLD, _NEW = "/aspire/files/guideline_2025.pdf", "/aspire/files/guideline_2026.pdf"
_SOURCES = """
sources:
  - name: guidelines
    type: pages
    pages: ['{base}/aspire/files/guideline_2025.pdf', '{base}/aspire/files/guideline_2026.pdf']
    edition: [{{match: 'guideline_(20[0-9][0-9])', edition: 'FY\\1'}}]
    limits: {{delay_s: 0}}
"""
_QUESTION = "How much is paid for the travel of students?"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with serve(1) as site:
        yield Scene(site, tmp_path / "home", _SOURCES)


def ask(scene: Scene, question: str) -> Answer:
    pipeline = build_pipeline(
        Settings(home=scene.root, programme_name=""),
        EMBEDDER,
        now=lambda: datetime(2026, 5, 1, tzinfo=UTC),
    )
    with open_reader(scene.root, embedder_name=EMBEDDER.name) as reader:
        return pipeline.answer(Question(text=question), reader)


def current(scene: Scene) -> set[str]:
    """The paths of the documents that no other replaces."""
    known = scene.documents()
    replaced = replaced_by(known.values())
    return {path for path, info in known.items() if info.document_id not in replaced}


def test_the_new_edition_answers_and_the_old_one_when_it_is_asked_for(scene: Scene) -> None:
    new = scene.site.content.pop(_NEW)
    scene.sync()
    assert current(scene) == {_OLD}
    assert "1025 thousand yen" in ask(scene, _QUESTION).text

    scene.site.content[_NEW] = new
    assert scene.told(scene.sync())["added"] == [_NEW]
    assert {path: info.edition for path, info in scene.documents().items()} == {
        _OLD: "FY2025",
        _NEW: "FY2026",
    }
    assert current(scene) == {_NEW}
    now = ask(scene, _QUESTION)
    assert "1026 thousand yen" in now.text
    assert "1025 thousand yen" not in now.text
    assert "(FY2026 edition)" in now.text
    for asked in ("in FY2025", "by the 2025 guideline"):
        assert "1025 thousand yen" in ask(scene, f"{_QUESTION[:-1]} {asked}?").text, asked


def test_the_old_edition_answers_when_it_is_asked_for_in_two_languages_at_once(
    scene: Scene,
) -> None:
    scene.sync()
    assert "1025 thousand yen" in ask(scene, f"{_QUESTION[:-1]} in 令和7年度?").text


def test_an_edition_that_goes_away_gives_the_old_one_its_place_back(scene: Scene) -> None:
    scene.sync()
    new = scene.site.content.pop(_NEW)
    assert scene.told(scene.sync())["gone"] == [_NEW]
    assert current(scene) == {_OLD, _NEW}
    assert "1025 thousand yen" in ask(scene, _QUESTION).text

    scene.site.content[_NEW] = new
    scene.sync()
    assert current(scene) == {_NEW}

    del scene.site.content[_NEW]
    assert scene.told(scene.sync(prune=True))["removed"] == [_NEW]
    assert current(scene) == {_OLD}

"""What goes from a site, comes back, or seems to go: nothing is lost, nothing old is current."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.test_site.content import page
from tests.test_site.scene import Scene
from tests.test_site.server import serve

from aspire_bot.answering.quotes.translations import is_translation
from aspire_ingest.errors import UnsafePruneError
from aspire_ingest.index import ConfigError, IndexUnavailableError
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.pipeline.pipeline import RunRequest, ingest, remove
from aspire_ingest.pipeline.runs import list_runs, read_run
from aspire_ingest.web.pace import StoppedError
from aspire_ingest.web.visits import VISITS_NAME, read_states

_REPORTS = 9
_DOCUMENTS = 2 * _REPORTS + 4
_SEVEN = "/aspire/report/07.html"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with serve(_REPORTS) as site:
        site.statuses.clear()
        site.cut.clear()
        site.slow.clear()
        site.redirects.pop("/aspire/moved-away.html")
        yield Scene(site, tmp_path / "home")


def test_a_page_that_vanished_is_kept_and_known_as_gone_until_it_is_confirmed(scene: Scene) -> None:
    scene.sync()
    body = scene.site.content.pop(_SEVEN)
    assert scene.told(scene.sync())["gone"] == [_SEVEN]
    today = datetime.now().astimezone().date().isoformat()
    assert scene.documents()[_SEVEN].gone_since == today
    assert scene.embedder.texts == []
    number = current_number(Home(scene.root))
    still = scene.sync()
    assert scene.told(still)["gone"] == [_SEVEN]
    assert list(still.report.reviewed.gone_since.values()) == [today]
    assert current_number(Home(scene.root)) == number, "nothing new, no new generation"

    scene.site.content[_SEVEN] = body
    assert scene.told(scene.sync())["standing_again"] == [_SEVEN]
    assert scene.documents()[_SEVEN].gone_since is None
    assert scene.embedder.texts == []

    del scene.site.content[_SEVEN]
    assert scene.told(scene.sync(prune=True))["removed"] == [_SEVEN]
    assert _SEVEN not in scene.documents()
    told = scene.told(scene.sync(prune=True))
    assert told.keys() == {"skipped", "unchanged"}


def test_much_that_goes_at_once_is_taken_for_a_fault(scene: Scene) -> None:
    scene.sync()
    for number in range(1, _REPORTS + 1):
        del scene.site.content[f"/aspire/report/{number:02}.html"]
    told = scene.sync()
    assert scene.told(told).get("gone") is None
    (failure,) = told.report.failures
    assert failure.target == "meetings"
    assert f"{_REPORTS} of {_DOCUMENTS} documents went at once" in failure.error
    assert all(info.gone_since is None for info in scene.documents().values())
    assert read_states(scene.root / VISITS_NAME)["meetings"].failures == 1
    with pytest.raises(UnsafePruneError, match="9 of 22"):
        scene.sync(prune=True)
    assert len(scene.documents()) == _DOCUMENTS
    assert list_runs(Home(scene.root))[0]["outcome"] == "failed"
    removed = scene.told(scene.sync(prune=True, yes=True))["removed"]
    assert removed == [f"/aspire/report/{number:02}.html" for number in range(1, _REPORTS + 1)]
    assert read_states(scene.root / VISITS_NAME)["meetings"].failures == 0


@pytest.mark.parametrize("status", [500, 503, 403, 429])
def test_a_site_that_is_down_loses_nothing(scene: Scene, status: int) -> None:
    scene.sync()
    for path in scene.site.content:
        scene.site.statuses[path] = status
    told = scene.sync(prune=True, yes=True)
    assert told.report.plan.is_empty
    assert told.report.plan.gone == ()
    assert told.sources[0].problem
    assert len(scene.documents()) == _DOCUMENTS
    scene.site.statuses.clear()
    assert scene.told(scene.sync())["unchanged"] == _DOCUMENTS


def test_a_server_that_does_not_answer_is_not_asked_for_every_page(scene: Scene) -> None:
    scene.sync()
    scene.site.cut.update(scene.site.content)
    told = scene.sync()
    assert told.sources[0].problem.startswith("none of its")
    assert len(scene.site.requests) < 20
    assert len(scene.documents()) == _DOCUMENTS


def test_an_error_page_with_status_200_is_known_by_what_the_host_says_of_no_page(
    scene: Scene,
) -> None:
    lost = page("Welcome", "en", "We have a new home. Use the search to find what you need. " * 3)
    scene.site.missing = lost
    scene.sync()
    assert len(scene.documents()) == _DOCUMENTS
    scene.site.put("/aspire/report/03_e.html", lost)
    del scene.site.content["/aspire/report/04_e.html"]
    scene.site.redirects["/aspire/report/05_e.html"] = "/"
    scene.site.put("/", page("Top", "en", "All about the agency. " * 20))
    told = scene.sync()
    paths = [f"/aspire/report/0{number}_e.html" for number in (3, 4, 5)]
    assert scene.told(told)["gone"] == paths
    assert "redirects to the front page" in told.report.reviewed.reasons.values()


def test_a_look_that_was_cut_goes_on_where_it_was(scene: Scene) -> None:
    scene.site.after, scene.site.then = 25, scene.stop.event.set
    with pytest.raises(StoppedError):
        scene.sync()
    first = {one.path for one in scene.site.requests if one.status == 200}
    assert len(first) >= 20
    scene.site.after = None
    scene.stop.event.clear()
    assert len(scene.sync().report.added()) == _DOCUMENTS
    again = {one.path for one in scene.site.requests} & first
    assert len(again) <= 8 + 2, "the batch that was cut, robots.txt, and where a redirect leads"


def test_documents_take_from_the_source_what_they_do_not_say(scene: Scene) -> None:
    scene.sync()
    found = scene.documents()
    six, six_ja = found["/aspire/report/06_e.html"], found["/aspire/report/06.html"]
    assert (six.publisher, six.kind, six.language) == ("The Agency", "news", "en")
    assert found["/aspire/files/guideline_2026.pdf"].edition == "FY2026"
    assert six.translations == (scene.site.url("/aspire/report/06.html"),)
    assert is_translation(six, six_ja)
    assert not is_translation(six, found["/aspire/report/07.html"])


def test_what_stands_on_every_page_is_left_out_of_each(scene: Scene) -> None:
    scene.sync()
    for path, own in (("06_e", "They spoke about joint work"), ("06", "共同研究について")):
        text = scene.text(f"/aspire/report/{path}.html")
        assert own in text
        assert "international department" not in text
        assert "お問い合わせ" not in text
    guideline = scene.text("/aspire/files/guideline_2025.pdf")
    assert "Guideline for applicants" in guideline


def test_the_sources_file_decides_what_stays(scene: Scene) -> None:
    scene.sync()
    scene.sources += "    exclude: [/aspire/report/0*.html]\n"
    assert len(scene.sync().report.plan.gone) == 2 * _REPORTS
    with pytest.raises(UnsafePruneError):
        scene.sync(prune=True)
    scene.sources = scene.sources.replace("0*.html", "03*.html")
    told = scene.sync()
    gone = ["/aspire/report/03.html", "/aspire/report/03_e.html"]
    assert scene.told(told)["gone"] == gone
    assert set(told.report.reviewed.reasons.values()) == {
        "the sources file does not take it any more"
    }
    assert scene.documents()[gone[0]].gone_since is None, "its site still has it"
    assert scene.told(scene.sync(prune=True))["removed"] == gone


def test_every_run_leaves_a_record_but_a_dry_one(scene: Scene, tmp_path: Path) -> None:
    home = Home(scene.root)
    scene.sync(dry=True)
    assert not scene.root.exists() or list_runs(home) == []
    scene.sync()
    note = tmp_path / "note.md"
    note.write_text("# Note\n\nA note of the office.\n", encoding="utf-8")
    with scene.parts() as parts:
        added = ingest(RunRequest(targets=[str(note)]), parts.parts).added()
        note.write_text("# Note\n\nAnother note of the office.\n", encoding="utf-8")
        ingest(RunRequest(targets=[str(note)]), parts.parts)
        remove(added, parts.parts)
    runs = list_runs(home)
    assert sorted(str(run["command"]) for run in runs) == ["add", "add", "remove", "sync"]
    changed = [run for run in runs if run.get("replaced")]
    assert "+Another note of the office." in str(changed[0]["changes"])
    assert str(changed[0]["documents"]).count("note.md") == 1
    assert read_run(home, str(changed[0]["run"])) == changed[0]
    assert read_run(home, "2") is None, "which one?"


def test_one_sync_at_a_time(scene: Scene) -> None:
    def second() -> None:
        scene.site.after = None
        with pytest.raises(IndexUnavailableError, match="Another aspire-ingest sync"):
            Scene(scene.site, scene.root).sync()
        done.append(True)

    done: list[bool] = []
    scene.site.after, scene.site.then = 5, second
    scene.sync()
    assert done == [True]


def test_a_source_that_is_not_there_is_named(scene: Scene) -> None:
    with pytest.raises(ConfigError, match="no source called 'meeting'; the file has meetings"):
        scene.sync(names=["meeting"])

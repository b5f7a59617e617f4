"""Sources in the console: looked at before they are added, visited, and what visits changed."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from tests.console.stage import Stage, staged
from tests.e2e.test_console_documents import sent
from tests.local_slack.curator import HomeCurator
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.curator import IndexStatus, SourceState

OWN = """
sources:
  - name: own
    type: pages
    pages: ['{base}/own.md']
    limits: {{delay_s: 0}}
"""


@pytest.fixture
def curator(tmp_path: Path) -> Generator[HomeCurator]:
    with serve(reports=0) as site:
        _write(site.content, "/own.md", "# Own <i>\n\nThe desk is open in May.")
        _write(site.content, "/other.md", "# Other\n\nThe desk <b>moves</b> in June.")
        curator = HomeCurator(SiteScene(site, tmp_path / "home", OWN))
        curator.sync([], is_dry_run=False)
        own = SourceState(name="own", failures=2, problem="<u>slow</u>")
        other = SourceState(name="other")
        curator.told = IndexStatus(
            index_version="1-a",
            as_of="2026-11-29T08:00:00+09:00",
            documents=1,
            passages=1,
            languages={},
            next_sync="2026-11-29T14:00:00+09:00",
            sources=(own, other),
        )
        yield curator


@pytest.fixture
def stage(curator: HomeCurator, tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path, curator=curator, home=curator.scene.root) as running:
        yield running


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, timeout=30) as client:
        client.post(stage.sign_in_path())
        yield client


def _write(content: dict[str, Resource], path: str, text: str) -> None:
    content[path] = Resource(text.encode(), "text/markdown; charset=utf-8")


def test_a_source_is_looked_at_added_and_visited(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    address = curator.scene.site.url("/other.md")
    given = {"name": "other", "type": "pages", "addresses": f" {address} \r\n\r\n", "kind": "news"}
    preview = sent(sato, "/sources/new", **given).text
    assert "Other" in preview
    assert "/other.md" not in curator.scene.documents()  # looked at, not done
    assert "other" not in curator.scene.sources
    assert sent(sato, "/sources/add", **given).status_code == 200
    assert "/other.md" not in curator.scene.documents()
    visited = sent(sato, "/sources/sync", name="other").text
    assert "other was visited" in visited
    assert curator.scene.documents()["/other.md"].kind == "news"
    again = sent(sato, "/sources/new", **given)
    assert (again.status_code, "already" in again.text) == (409, True)
    acts = [row.act for row in stage.state.audit.all()]
    assert acts == ["session.begin", "source.look", "source.add", "source.visit"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../x"},
        {"name": "--prune"},
        {"type": "folder"},
        {"addresses": "file:///etc/passwd"},
        {"addresses": " "},
        {"addresses": "http://[x"},
        {"audience": "all"},
    ],
)
def test_a_form_that_is_wrong_is_shown_again(sato: httpx.Client, wrong: dict[str, str]) -> None:
    given = {"name": "n", "type": "pages", "addresses": "https://a.example/", "publisher": "<x>"}
    for path in ("/sources/new", "/sources/add"):
        reply = sent(sato, path, **{**given, **wrong})
        assert reply.status_code == 400
        assert 'role="alert"' in reply.text
        assert "&lt;x&gt;" in reply.text


def test_a_source_shows_its_visits_and_what_the_last_one_changed(
    sato: httpx.Client, curator: HomeCurator
) -> None:
    _write(curator.scene.site.content, "/own.md", "# Own <i>\n\nThe desk is open in <June>.")
    curator.sync(["own"], is_dry_run=False)
    shown = sato.get("/sources/show", params={"name": "own"}).text
    assert "+The desk is open in &lt;June&gt;." in shown
    assert "-The desk is open in May." in shown
    assert "&lt;u&gt;slow&lt;/u&gt;" in shown
    assert "2026-11-29 14:00" in shown
    assert shown.count('<th scope="row">') == 2
    never = sato.get("/sources/show", params={"name": "other"}).text
    assert "Nothing has run yet." in never
    assert sato.get("/sources/show", params={"name": "none"}).status_code == 404
    assert "2026-11-29 14:00" in sato.get("/sources/state").text

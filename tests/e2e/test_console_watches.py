"""Staff ask on a document's or source's page to be told when it changes, and stop that."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest
from tests.console.stage import SATO, Stage, staged
from tests.e2e.test_console_documents import sent
from tests.local_slack.curator import HEALTHY, HomeCurator
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.console.parts import ConsoleOptions, ProxySignIn
from aspire_bot.curator import SourceState
from aspire_ingest.index.open_index import open_reader

SOURCES = """
sources:
  - {{name: own, type: pages, pages: ['{base}/own.md'], limits: {{delay_s: 0}}}}
"""


@pytest.fixture
def curator(tmp_path: Path) -> Generator[HomeCurator]:
    with serve(reports=0) as site:
        page = "# Own <i>\n\nThe desk is open in May."
        site.content["/own.md"] = Resource(page.encode(), "text/markdown; charset=utf-8")
        made = HomeCurator(SiteScene(site, tmp_path / "home", SOURCES))
        made.sync([], is_dry_run=False)
        made.told = HEALTHY.model_copy(update={"sources": (SourceState(name="own"),)})
        yield made


@pytest.fixture
def stage(curator: HomeCurator, tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path, curator=curator, home=curator.scene.root) as running:
        yield running


@contextmanager
def signed_in(stage: Stage, *, language: str = "en") -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, timeout=30) as client:
        client.post(stage.sign_in_path(replace(SATO, language=language)))
        yield client


def test_a_document_is_watched_and_let_go_from_its_page(stage: Stage, curator: HomeCurator) -> None:
    with open_reader(curator.scene.root, embedder_name=curator.scene.embedder.name) as index:
        (info,) = index.documents().values()
        generation = index.manifest.generation
    page = {"id": info.document_id}
    with signed_in(stage, language="ja") as sato:
        assert "変更があれば知らせる" in sato.get("/documents/show", params=page).text
        for _ in range(2):
            done = sent(sato, "/watches/document", item=info.document_id)
            assert done.headers["Location"].endswith(f"/documents/show?id={info.document_id}")
        (watch,) = stage.state.page_watches.all("document")
        assert (watch.team, watch.user, watch.language) == ("T1", "U3", "ja")
        assert (watch.title, watch.stands) == ("Own <i>", info.content_hash)
        assert (watch.generation, watch.told) == (generation, 0)
        shown = sato.get("/documents/show", params=page).text
        assert "知らせを止める" in shown
        assert "変更があれば知らせる" not in shown
        for _ in range(2):
            sent(sato, "/watches/document/stop", item=info.document_id)
        assert stage.state.page_watches.all("document") == ()
        acts = [(row.act, row.target) for row in stage.state.audit.all()][1:]
        assert acts == [
            ("document.watch", info.document_id),
            ("document.unwatch", info.document_id),
        ]


def test_a_source_is_watched_and_let_go_from_its_page(stage: Stage, curator: HomeCurator) -> None:
    with signed_in(stage) as sato:
        assert "Tell me when it changes" in sato.get("/sources/show?name=own").text
        done = sent(sato, "/watches/source", item="own")
        assert done.headers["Location"].endswith("/sources/show?name=own")
        (watch,) = stage.state.page_watches.all("source")
        (visit,) = curator.source_history("own").visits
        assert (watch.item, watch.stands) == ("own", visit.run)
        assert "Tell me no more" in sato.get("/sources/show?name=own").text
        sent(sato, "/watches/source/stop", item="own")
        assert stage.state.page_watches.all("source") == ()
        assert [row.act for row in stage.state.audit.all()][1:] == [
            "source.watch",
            "source.unwatch",
        ]


def test_what_is_not_there_and_a_form_without_its_token_are_refused(stage: Stage) -> None:
    with signed_in(stage) as sato:
        for path in ("/watches/document", "/watches/source", "/watches/page", "/watches/page/stop"):
            assert sent(sato, path, item="none").status_code == 404, path
        assert sato.post("/watches/source", data={"item": "own"}).status_code == 403
        assert sato.post("/watches/source/stop", data={"item": "own"}).status_code == 403
    assert stage.state.page_watches.all("source") == ()


def test_whom_a_proxy_names_slack_cannot_tell(curator: HomeCurator, tmp_path: Path) -> None:
    proxy = ProxySignIn(
        header="X-User", networks=(ip_network("127.0.0.0/8"),), staff=frozenset({"hanako"})
    )
    with (
        staged(
            tmp_path,
            options=ConsoleOptions(proxy=proxy),
            curator=curator,
            home=curator.scene.root,
        ) as stage,
        httpx.Client(base_url=stage.url, headers={"X-User": "hanako"}, timeout=30) as hanako,
    ):
        assert "Tell me" not in hanako.get("/sources/show?name=own").text
        refused = sent(hanako, "/watches/source", item="own")
        assert (refused.status_code, "signed in from Slack" in refused.text) == (409, True)
        assert stage.state.page_watches.all("source") == ()

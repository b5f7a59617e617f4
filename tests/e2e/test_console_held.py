"""Documents that are held, and sources that fail, as entries of the inbox with their acts."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.console.stage import EVIL, SATO, Stage, staged
from tests.local_slack.curator import HEALTHY, HomeCurator
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.curator import HeldItem, SourceState
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.pipeline.pipeline import RunRequest, ingest

DESK, PLAN = "/aspire/desk.md", "/aspire/plan.md"


@pytest.fixture
def curator(tmp_path: Path) -> Generator[HomeCurator]:
    """A home with a page of a site; another page is held for its mark."""
    with serve(reports=0) as site:
        texts = {DESK: "# Desk\n\nIt answers.\n", PLAN: "# Plan\n\nCONFIDENTIAL\n\nMoney.\n"}
        for path, text in texts.items():
            site.content[path] = Resource(text.encode(), "text/markdown; charset=utf-8")
        scene = SiteScene(site, tmp_path / "home")
        with scene.parts() as parts:
            ingest(RunRequest(targets=[site.url(DESK)]), parts.parts)
        held = (
            HeldItem(target=site.url(PLAN), mark="CONFIDENTIAL", reason="marked CONFIDENTIAL"),
            HeldItem(target=f"{EVIL}.md", mark="", reason="quality 0.2", source="own"),
        )
        ill = SourceState(name="site", failures=3, problem=f"no answer {EVIL}")
        told = HEALTHY.model_copy(update={"held": held, "sources": (ill, SourceState(name="ok"))})
        yield HomeCurator(scene, told=told)


@pytest.fixture
def stage(curator: HomeCurator, tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path, curator=curator, home=curator.scene.root) as running:
        yield running


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url) as client:
        client.post(stage.sign_in_path())
        yield client


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={**fields, "form_token": token})


def test_a_held_document_is_looked_at_and_taken_in(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    shown = sato.get("/held").text
    assert "marked CONFIDENTIAL" in shown
    assert "3 failures in a row" in shown
    assert ">ok<" not in shown
    assert "<script>document" not in shown
    preview = sent(sato, "/held/look", target=curator.scene.site.url(PLAN))
    assert "It is held: marked CONFIDENTIAL" in preview.text
    assert PLAN not in curator.scene.documents()
    proposal = preview.text.split('name="proposal" value="')[1].split('"')[0]
    assert sent(sato, "/held/accept", proposal=proposal).status_code == 303
    assert PLAN in curator.scene.documents()
    acts = [row.act for row in stage.state.audit.all()]
    assert acts == ["session.begin", "document.look", "document.accept_held"]


def test_nothing_but_what_is_held_is_fetched_or_read(
    sato: httpx.Client, curator: HomeCurator, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n")
    for target in (str(secret), "http://127.0.0.1:1/x", f"{EVIL}.md", "", "/etc/passwd"):
        assert sent(sato, "/held/look", target=target).status_code == 404, target
    assert list(curator.scene.documents()) == [DESK]


def test_what_cannot_be_found_out_is_said(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    curator.errors.append(IndexUnavailableError("no index"))
    assert "cannot be found out: no index" in sato.get("/held").text
    assert "marked CONFIDENTIAL" in sato.get("/held").text
    assert stage.parts.recent_status.of(curator) is curator.told, "kept for a minute"
    curator.errors.append(IndexUnavailableError("locked"))
    assert sent(sato, "/held/look", target=curator.scene.site.url(PLAN)).status_code == 409
    assert sent(sato, "/held/accept", proposal="none").status_code == 409


def test_staff_who_read_japanese_are_told_why_in_japanese(
    stage: Stage, curator: HomeCurator
) -> None:
    ill = SourceState(
        name="site", failures=3, problem="the server sent nothing for 60 s; try later"
    )
    curator.told = curator.told.model_copy(update={"sources": (ill,)})
    with httpx.Client(base_url=stage.url) as client:
        client.post(stage.sign_in_path(replace(SATO, language="ja")))
        assert "サーバーから60秒間応答がありません" in client.get("/held").text

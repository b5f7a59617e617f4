"""Staff look at documents beside their pages, and change the index: a real one, from the page."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.console.stage import Stage, staged
from tests.local_slack.curator import HomeCurator
from tests.small_index import NoChroma, document, publish
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_bot.console.originals import PictureError, Pictures
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.errors import IndexUnavailableError
from aspire_ingest.pipeline.pipeline import RunRequest, ingest

ABOUT, DESK = "/aspire/about.md", "/aspire/desk.md"
FORMER = "# About\n\nThe programme supports joint research with partners abroad.\n"
CHANGED = "# About\n\nThe programme supports joint research with <b>everybody</b>.\n"


@pytest.fixture
def curator(tmp_path: Path) -> Generator[HomeCurator]:
    """A home with two pages of a site indexed."""
    with serve(reports=0) as site:
        for path, text in ((ABOUT, FORMER), (DESK, "# Desk\n\nIt answers on weekdays.\n")):
            site.content[path] = Resource(text.encode(), "text/markdown; charset=utf-8")
        scene = SiteScene(site, tmp_path / "home")
        with scene.parts() as parts:
            ingest(RunRequest(targets=[site.url(ABOUT), site.url(DESK)]), parts.parts)
        yield HomeCurator(scene)


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


def proposal(page: str) -> str:
    return page.split('name="proposal" value="')[1].split('"', maxsplit=1)[0]


def test_a_page_is_read_again_changed_and_taken_back(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = curator.scene.documents()[ABOUT].document_id
    curator.scene.site.content[ABOUT] = Resource(CHANGED.encode(), "text/markdown; charset=utf-8")
    preview = sent(sato, "/documents/read-again", id=document_id).text
    assert "&lt;b&gt;everybody&lt;/b&gt;" in preview
    assert "<b>everybody" not in preview
    assert "partners abroad" in curator.scene.text(ABOUT)  # looked at, not done
    done = sent(sato, "/changes/accept", proposal=proposal(preview)).text
    assert "everybody" in curator.scene.text(ABOUT)
    assert "Undo" in done
    shown = sato.get("/documents/show", params={"id": document_id}).text
    assert "&lt;b&gt;everybody" in shown
    sent(sato, "/changes/undo", proposal=proposal(done))
    assert "partners abroad" in curator.scene.text(ABOUT)
    acts = [row.act for row in stage.state.audit.all()]
    assert acts == ["session.begin", "document.look", "document.change", "document.undo"]
    assert {row.actor for row in stage.state.audit.all()} == {"U3"}


def test_a_document_is_removed_and_brought_back(sato: httpx.Client, curator: HomeCurator) -> None:
    document_id = curator.scene.documents()[DESK].document_id
    preview = sent(sato, "/documents/remove", id=document_id).text
    done = sent(sato, "/changes/accept", proposal=proposal(preview)).text
    assert DESK not in curator.scene.documents()
    assert sato.get("/documents/show", params={"id": document_id}).status_code == 404
    sent(sato, "/changes/undo", proposal=proposal(done))
    assert DESK in curator.scene.documents()


def test_what_cannot_be_done_is_said(sato: httpx.Client, curator: HomeCurator) -> None:
    assert sent(sato, "/documents/remove", id="nothing").status_code == 404
    refused = sent(sato, "/changes/accept", proposal="../../etc/passwd")
    assert refused.status_code == 409
    assert "root:" not in refused.text
    curator.errors.append(IndexUnavailableError("busy"))
    document_id = curator.scene.documents()[DESK].document_id
    busy = sent(sato, "/documents/remove", id=document_id)
    assert (busy.status_code, "Somebody else is changing" in busy.text) == (409, True)
    curator.told = curator.told.model_copy(update={"index_version": "<i>7"})
    assert "&lt;i&gt;7" in sato.get("/sources/state").text


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    file = tmp_path / "guide.pdf"
    canvas = Canvas(str(file), pagesize=(300, 400))
    for number in (1, 2):
        canvas.drawString(40, 300, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return file


def test_a_page_of_the_original_is_drawn(guide: Path) -> None:
    found = Pictures().original_of(DocumentInfo(document_id="g", source=str(guide), title="Guide"))
    assert found == guide
    first, second = Pictures().draw(guide, 1), Pictures().draw(guide, 2)
    assert first.startswith(b"\x89PNG")
    assert first != second
    with pytest.raises(PictureError):
        Pictures().draw(guide, 3)


def test_what_is_no_pdf_at_hand_is_not_drawn(guide: Path) -> None:
    broken = guide.with_name("broken.pdf")
    broken.write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    with pytest.raises(PictureError):
        Pictures().draw(broken, 1)
    for source in ("https://example.org/a.pdf", "guide.pdf", "/etc/passwd", str(guide) + "x"):
        assert (
            Pictures().original_of(DocumentInfo(document_id="g", source=source, title="")) is None
        )


def test_what_may_be_out_of_date_says_so_in_the_list_and_on_its_page(tmp_path: Path) -> None:
    """The stage's day is 29 November 2026."""
    infos = {
        name: DocumentInfo(
            document_id="", source="", title=name, language="en", kind="guideline", edition=edition
        )
        for name, edition in (("Elm handbook", "FY2024"), ("Oak handbook", "FY2026"))
    }
    home = tmp_path / "home"
    texts = [document(name[:3], f"# {name}\n\nRead it.\n", info) for name, info in infos.items()]
    publish(home, texts, open_chroma=NoChroma)
    with staged(tmp_path, home=home) as stage, httpx.Client(base_url=stage.url) as client:
        client.post(stage.sign_in_path())
        told = "for FY2024, which has ended"
        rows = client.get("/documents").text.split("<tr>")
        assert [told in row for row in rows if "handbook" in row] == [
            "Elm" in row for row in rows if "handbook" in row
        ]
        assert told in client.get("/documents/show?id=Elm").text
        assert told not in client.get("/documents/show?id=Oak").text

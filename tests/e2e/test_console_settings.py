"""Staff set what holds of a document, leave out pages and replace files, from the page."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.console.stage import Stage, staged
from tests.e2e.test_console_documents import proposal, sent
from tests.local_slack.curator import HomeCurator
from tests.test_site.content import Resource
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve

from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.open_index import open_reader
from aspire_ingest.pipeline.pipeline import RunRequest, ingest

CALL = "/aspire/call.md"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    file = tmp_path / "guide.pdf"
    canvas = Canvas(str(file), pagesize=(300, 400))
    for text in ("Travel is covered.", "Salaries are secret.", "Ask the office."):
        canvas.drawString(40, 300, text)
        canvas.showPage()
    canvas.save()
    return file


@pytest.fixture
def curator(tmp_path: Path, guide: Path) -> Generator[HomeCurator]:
    with serve(reports=0) as site:
        text = "# Call\n\nProposals are due in May <b>.\n"
        site.content[CALL] = Resource(text.encode(), "text/markdown; charset=utf-8")
        scene = SiteScene(site, tmp_path / "home")
        with scene.parts() as parts:
            ingest(RunRequest(targets=[site.url(CALL), str(guide)]), parts.parts)
        yield HomeCurator(scene)


@pytest.fixture
def stage(curator: HomeCurator, tmp_path: Path) -> Generator[Stage]:
    with staged(tmp_path, curator=curator, home=curator.scene.root) as running:
        yield running


@pytest.fixture
def sato(stage: Stage) -> Generator[httpx.Client]:
    with httpx.Client(base_url=stage.url, timeout=30) as client:
        client.post(stage.sign_in_path())
        yield client


def now(curator: HomeCurator, name: str) -> tuple[DocumentInfo, str]:
    with open_reader(curator.scene.root, embedder_name=curator.scene.embedder.name) as reader:
        (info,) = (one for one in reader.documents().values() if one.source.endswith(name))
        return info, reader.document(info.document_id).text


def token(client: httpx.Client) -> str:
    return client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]


def test_what_is_set_in_the_form_holds_through_a_reading(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = now(curator, "call.md")[0].document_id
    fields = {"title": "公募 <i>2026", "date": "2026年5月", "edition": "FY2026", "kind": "call"}
    preview = sent(sato, "/documents/set", id=document_id, audience="public", **fields).text
    assert "公募 &lt;i&gt;2026" in preview
    assert now(curator, "call.md")[0].title == "Call"
    sent(sato, "/changes/accept", proposal=proposal(preview))
    changed = Resource(b"# Call\n\nProposals are due in June.\n", "text/markdown; charset=utf-8")
    curator.scene.site.content[CALL] = changed
    again = sent(sato, "/documents/read-again", id=document_id).text
    assert "June" in again
    sent(sato, "/changes/accept", proposal=proposal(again))
    info, text = now(curator, "call.md")
    assert (info.title, info.published, info.edition) == ("公募 <i>2026", "2026-05", "FY2026")
    assert "June" in text
    shown = sato.get("/documents/show", params={"id": document_id}).text
    assert shown.count("set by staff") == 4
    assert "Again as the document says: Call" in shown
    back = sent(sato, "/documents/set", id=document_id, own="title").text
    sent(sato, "/changes/accept", proposal=proposal(back))
    assert now(curator, "call.md")[0].title == "Call"
    looks = [row.after for row in stage.state.audit.about(document_id, ["document.look"], 9)]
    assert looks[-1] is not None
    assert "title=公募 <i>2026" in str(looks[-1]["settings"])


def test_a_document_is_for_staff_at_once_and_public_when_asked_twice(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = now(curator, "call.md")[0].document_id
    done = sent(sato, "/documents/for-staff", id=document_id)
    assert now(curator, "call.md")[0].audience == "staff"
    preview = sent(sato, "/documents/set", id=document_id, audience="public").text
    assert "It was for staff and would be for everyone." in preview
    assert "Yes, make it public" in preview
    assert now(curator, "call.md")[0].audience == "staff"
    sent(sato, "/changes/undo", proposal=proposal(done.text))
    assert now(curator, "call.md")[0].audience == "public"
    (undone, changed) = stage.state.audit.about(
        document_id, ["document.change", "document.undo"], 9
    )
    assert (undone.act, changed.before) == ("document.undo", {"audience": "public"})


def test_a_page_is_left_out_and_the_change_undone_from_the_document(
    sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = now(curator, "guide.pdf")[0].document_id
    preview = sent(sato, "/documents/set", id=document_id, **{"left-out": "2"}).text
    sent(sato, "/changes/accept", proposal=proposal(preview))
    assert "secret" not in now(curator, "guide.pdf")[1]
    shown = sato.get("/documents/show", params={"id": document_id}).text
    assert "Take in page 2 again" in shown
    assert "secret" in shown  # staff see what they left out
    sent(sato, "/changes/undo", proposal=proposal(shown))
    assert "secret" in now(curator, "guide.pdf")[1]
    refused = sent(sato, "/documents/set", id=document_id, **{"left-out": "9"})
    assert (refused.status_code, "page 9 is none of them" in refused.text) == (409, True)
    odd = sent(sato, "/documents/set", id=document_id, title="Guide", date="someday")
    assert odd.status_code == 409
    assert sent(sato, "/documents/set", id=document_id).status_code == 400


def test_a_file_is_put_in_the_place_of_a_document(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = now(curator, "guide.pdf")[0].document_id
    comment = b"<!--" + b"x" * 1_500_000 + b"-->"  # over what other forms may hold
    better = b"<h1>Guide</h1>" + comment + b"<p>Travel is covered up to &lt;b&gt;5,000 yen.</p>"
    data = {"id": document_id, "form_token": token(sato)}
    files = {"file": ("../../new guide.html", better, "text/html")}
    preview = sato.post("/documents/replace", data=data, files=files)
    assert preview.status_code == 200
    assert "&lt;b&gt;5,000 yen" in preview.text
    sent(sato, "/changes/accept", proposal=proposal(preview.text))
    info, text = now(curator, "guide.pdf")
    assert (info.document_id, "5,000" in text) == (document_id, True)
    shown = sato.get("/documents/show", params={"id": document_id}).text
    assert "new guide.html stands for" in shown
    sent(sato, "/changes/undo", proposal=proposal(shown))
    assert "secret" in now(curator, "guide.pdf")[1]


def test_files_that_are_none_or_too_large_are_refused(
    stage: Stage, sato: httpx.Client, curator: HomeCurator
) -> None:
    document_id = now(curator, "guide.pdf")[0].document_id
    data = {"id": document_id, "form_token": token(sato)}
    empty = sato.post("/documents/replace", data=data, files={"file": ("", b"", "text/plain")})
    assert empty.status_code == 400
    broken = {"file": ("a.pdf", b"%PDF-1.7\n" + b"x" * 99, "application/pdf")}
    assert sato.post("/documents/replace", data=data, files=broken).status_code == 409
    large = {"file": ("a.txt", b"x" * (52 * 1024 * 1024), "text/plain")}
    assert sato.post("/documents/replace", data=data, files=large).status_code == 413
    other = {"file": ("a.txt", b"x" * 2_000_000, "text/plain")}
    assert sato.post("/documents/set", data=data, files=other).status_code == 413
    with httpx.Client(base_url=stage.url, timeout=30) as stranger:
        assert stranger.post("/documents/replace", data=data, files=other).status_code == 403
    outside = httpx.post(f"http://127.0.0.1:{stage.port}/healthz", content=b"x" * 2_000_000)
    assert outside.status_code == 413

"""A document that was read badly is set right by staff, in Japanese, in a real Chromium."""

from collections.abc import Generator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.console.stage import Stage, staged
from tests.e2e.test_console_pages import AXE, FAULTS, sign_in
from tests.local_slack.curator import HomeCurator
from tests.playground.chromium import watched_page
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import Site

from aspire_ingest.index.originals import FOLDER, Originals
from aspire_ingest.pipeline.pipeline import RunRequest, ingest

TEXT = "国際共同研究の公募を行う。締切は2026年5月20日である。"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stage]:
    """A console over a real index, with a guide whose second page is a picture."""
    folder = tmp_path_factory.mktemp("repair")
    home = folder / "home"
    originals = Originals(home / FOLDER, most_bytes=10_000_000)
    scene = SiteScene(Site(content={}), home, originals=originals)
    file = _guide(folder / "guide.pdf")
    with scene.parts() as parts:
        ingest(RunRequest(targets=[str(file)]), parts.parts)
    file.unlink()  # what staff see is what was kept
    curator = HomeCurator(scene)
    with staged(folder, curator=curator, home=home, originals=originals.root) as running:
        yield running


def _guide(file: Path) -> Path:
    scan = BytesIO()
    Image.new("RGB", (200, 120), "navy").save(scan, "PNG")
    canvas = Canvas(str(file), pagesize=(300, 400))
    for number in range(8):
        canvas.drawString(
            20, 360 - 20 * number, f"{number}. Travel of teams is covered by the grant."
        )
    canvas.showPage()
    canvas.drawImage(ImageReader(scan), 20, 60, 260, 300)  # pyright: ignore[reportUnknownMemberType]  reportlab leaves it open
    canvas.showPage()
    canvas.save()
    return file


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    with watched_page(browser) as opened:
        yield opened


def _open(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/documents")
    page.get_by_label("読み取りに不安がある文書").check()
    page.locator("#results").get_by_role("link", name="guide").click()
    expect(page.locator("h1")).to_contain_text("guide")


def test_a_badly_read_document_is_found_replaced_and_brought_back(
    page: Page,
    stage: Stage,
) -> None:
    sign_in(page, stage, "ja")
    _open(page, stage)
    expect(page.locator(".facts")).to_contain_text("50 %")
    expect(page.locator(".passage")).to_contain_text("Travel of teams is covered")
    picture = page.get_by_alt_text("元の文書の 2 ページ")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("img => img.complete && img.naturalWidth", arg=picture.element_handle())
    page.get_by_text("ファイルで差し替え").click()
    page.get_by_label("ファイル", exact=True).set_input_files(
        {"name": "案内.md", "mimeType": "text/markdown", "buffer": f"# guide\n\n{TEXT}\n".encode()}
    )
    page.locator("form", has=page.locator("#file")).locator("button").click()
    expect(page.locator("pre")).to_contain_text("+締切は2026年5月20日である。")
    expect(page.locator("pre")).to_contain_text("Travel of teams is covered")
    page.get_by_role("button", name="実行").click()
    expect(page.locator("h1")).to_have_text("索引を更新しました。")
    page.locator("main p").get_by_role("link").click()
    expect(page.locator(".passage")).to_contain_text(TEXT)
    expect(page.get_by_text("案内.md")).to_be_visible()
    page.get_by_role("button", name="元に戻す").click()
    expect(page.locator("h1")).to_have_text("元に戻しました。")
    page.locator("main p").get_by_role("link").click()
    expect(page.locator(".passage")).to_contain_text("Travel of teams is covered")
    acts = [row.act for row in stage.state.audit.all()]
    assert acts == ["session.begin", "document.look", "document.change", "document.undo"]


def test_nothing_keeps_anybody_out_of_a_preview(browser: Browser, stage: Stage) -> None:
    opened = browser.new_context(bypass_csp=True, color_scheme="dark", locale="ja-JP")
    opened.add_init_script(AXE)
    tab = opened.new_page()
    sign_in(tab, stage, "ja")
    _open(tab, stage)
    for summary in tab.locator("main details > summary").all():
        summary.click()
    found = {"document": tab.evaluate(FAULTS)}
    tab.get_by_label("題名").fill("公募の案内")
    tab.get_by_label("除外するページ").fill("2")
    tab.locator("form", has=tab.locator("#set-title")).locator("button").click()
    expect(tab.locator("table")).to_contain_text("公募の案内")
    found["preview"] = tab.evaluate(FAULTS)
    opened.close()
    assert found == {"document": [], "preview": []}

"""The report of the index in a real Chromium: bright and dark, on a phone, on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.unit.ingest.report.made import overview

from aspire_ingest.report.page import render

_BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    said = "A title that has <b>marks</b>, " + "and-words-that-do-not-break" * 4
    file = tmp_path / "report.html"
    file.write_text(render(overview(said, "https://example.org/a")), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_asks_for_nothing_and_follows_the_colours_of_the_reader(
    width: int, browser: Browser, page_file: Path
) -> None:
    backgrounds: set[str] = set()
    for is_dark in (False, True):
        context = browser.new_context(
            viewport={"width": width, "height": 700}, color_scheme="dark" if is_dark else "light"
        )
        asked: list[str] = []
        complaints: list[str] = []
        context.on("request", lambda request: asked.append(request.url))  # noqa: B023 - in this turn
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))  # noqa: B023 - as above
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (asked, complaints) == ([page_file.as_uri()], [])
        backgrounds.add(str(page.evaluate(_BACKGROUND)))
        context.close()
    assert len(backgrounds) == 2


def test_on_paper_it_is_bright_and_its_tables_are_not_cut(
    browser: Browser, page_file: Path
) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 900}, color_scheme="dark")
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")
    assert page.evaluate(_BACKGROUND) == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    context.close()


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(
    browser: Browser, page_file: Path
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(page_file.as_uri())
    table = page.get_by_role("region", name="Open questions, the most asked first")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())
    page.close()

"""The page for those who use a keyboard, a screen reader or a small screen."""

from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.playground.chromium import keep_here
from tests.playground.desk import Desk
from tests.playground.stage import ByWords, staged

from aspire_bot.playground.run import Playground

CHECK = (Path(__file__).parents[1] / "playground" / "access.js").read_text("utf-8")
"""Gives what is wrong with the page as it is: names, roles, ids, contrast, overflow."""


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Generator[Playground]:
    """One for all: the tests leave nothing behind that another minds."""
    with staged(ByWords(), tmp_path_factory.mktemp("stage")) as running:
        yield running


def problems(page: Page) -> list[str]:
    return cast("list[str]", page.evaluate(CHECK))


@pytest.fixture(params=["light-1280", "dark-1280", "light-360", "dark-360"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Generator[Page]:
    scheme, width = str(request.param).split("-")
    opened = browser.new_context(
        viewport={"width": int(width), "height": 740},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    opened.set_default_timeout(15_000)
    keep_here(opened)
    yield opened.new_page()
    opened.close()


def test_every_view_can_be_read_and_used(page: Page, playground: Playground) -> None:
    desk = Desk(page).opens(playground.url)
    assert problems(page) == []
    desk.asks("What is the daily allowance?")
    desk.answer()
    assert problems(page) == []
    desk.answer().get_by_role("button", name="Not helpful").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert problems(page) == []
    page.keyboard.press("Escape")
    desk.answer().hover()
    desk.answer().locator(".menu-button").click()
    assert problems(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New person joins…").click()
    assert problems(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Close the thread").click()
    page.locator("#composer-text").fill("/")
    assert problems(page) == []
    page.locator("#composer-text").fill("")
    if page.viewport_size and page.viewport_size["width"] < 760:
        page.get_by_role("button", name="Show channels").click()
        assert problems(page) == []
    desk.goes("elsewhere")
    assert problems(page) == []


def test_the_modal_with_every_kind_of_input(page: Page, playground: Playground) -> None:
    desk = Desk(page).opens(playground.url)
    desk.asks("What is the daily allowance?")
    desk.answer().get_by_role("button", name="Ask the ASPIRE office").click()
    page.locator(".ephemeral").first.wait_for(state="attached")
    page.goto("about:blank")
    desk.opens(playground.url, user="U3", place="G1")
    page.locator("#messages .button").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.locator("dialog[open] .field").count() >= 4
    assert problems(page) == []
    page.locator("dialog[open] [type=date]").fill("2001-01-01")
    page.locator("dialog[open] textarea").last.fill("No rate is set.")
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("dialog[open] .error:not(:empty)")).to_have_count(1)
    assert problems(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_all_is_done_with_the_keyboard_alone(browser: Browser, playground: Playground) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        Desk(page).opens(playground.url, place="C2")
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the conversation")
        expect(skip).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        box = page.locator("#composer-text")
        _tab_to(page, "#composer-text")
        page.keyboard.type("@Ask ASPIRE What are the goals?")
        page.keyboard.press("Enter")
        expect(page.locator("#replies .votes")).to_be_visible()
        expect(box).to_be_focused()
        _tab_to(page, "#replies .vote:last-child")
        page.keyboard.press("Enter")
        expect(page.get_by_role("radio").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#replies .vote:last-child")).to_be_focused()
        _tab_to(page, "#replies .message:last-child .menu-button")
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#replies .message:last-child .menu-button")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#thread")).to_be_hidden()
        expect(box).to_be_focused()
    finally:
        page.close()


def test_while_japanese_is_composed_enter_sends_nothing(
    browser: Browser, playground: Playground
) -> None:
    page = browser.new_page()
    try:
        Desk(page).opens(playground.url, user="U2", place="D2")
        page.locator("#composer-text").fill("目的")
        page.locator("#composer-text").evaluate(
            "box => box.dispatchEvent(new KeyboardEvent('keydown', "
            "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
        )
        expect(page.locator("#composer-text")).to_have_value("目的")
        expect(page.locator("#messages > .message")).to_have_count(0)
    finally:
        page.close()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until a control has the focus, which must be seen on it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")

"""An installed Chromium, driven by Playwright, that reaches nothing but this machine.

`ASPIRE_CHROMIUM` names the program; else one of the usual names is looked for on the path.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox",  # as root there is none to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--font-render-hinting=none",  # the same shapes of letters everywhere
    "--force-color-profile=srgb",
)


def chromium_path() -> str | None:
    """Find the program; None where there is none."""
    named = os.environ.get("ASPIRE_CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((path for path in found if path), None)


@contextmanager
def launched(path: str) -> Generator[Browser]:
    """Run the browser, with a fresh folder for its data, until the block ends."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def keep_here(context: BrowserContext) -> list[str]:
    """Let no page of a context, and none that it opens, leave this machine; list what tried."""
    tried: list[str] = []

    def decide(route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            tried.append(request.url)
            route.abort()

    context.route("**/*", decide)
    return tried


@contextmanager
def watched_page(browser: Browser) -> Generator[Page]:
    """A page in Japanese that must not complain, and that reaches nothing but this machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP")
    context.set_default_timeout(30_000)
    tried, complaints = keep_here(context), list[str]()
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    expect.set_options(timeout=20_000)
    yield opened
    expect.set_options(timeout=5_000)
    context.close()
    assert (tried, complaints) == ([], [])

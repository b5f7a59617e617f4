"""Pictures of all pages of the console, in both languages, light and dark, out of a seeded state.

    python -m tests.screenshots OUT

needs an installed Chromium. Each picture is `OUT/LANGUAGE-SCHEME-PAGE.png`.
"""

import sys
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page
from tests.console.seed import STATUS, seed
from tests.console.stage import SATO, Stage, staged
from tests.local_slack.curator import HomeCurator
from tests.playground.chromium import NAMES, chromium_path, launched
from tests.small_index import DOCUMENTS, NoChroma, publish
from tests.test_site.scene import Scene as SiteScene
from tests.test_site.server import serve
from tests.unit.bot.office.test_clusters import ByTopic

Scheme = Literal["light", "dark"]
LANGUAGES = ("en", "ja")
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES: Mapping[str, str] = {
    "inbox": "/",
    "held": "/held",
    "questions": "/questions",
    "answers": "/answers",
    "answer": "/answers/w11n5",
    "approved": "/approved",
    "approved-one": "/approved/ap1",
    "approved-new": "/approved/new",
    "documents": "/documents",
    "document": "/documents/show?id=goals",
    "sources": "/sources?whole=yes",
    "quality": "/quality",
    "audit": "/audit",
}
IMPORT = "question,answer\n応募の締切はいつですか？,2027年4月30日です。\nNew question,Yes.\n,No.\n"


@contextmanager
def seeded(folder: Path) -> Generator[Stage]:
    """Run a console over a seeded state and a small index."""
    home = folder / "home"
    publish(home, DOCUMENTS, open_chroma=NoChroma)
    with serve(reports=0) as site:
        curator = HomeCurator(SiteScene(site, home), told=STATUS)
        staff = frozenset({"U3", "U4"})
        with staged(
            folder, curator=curator, home=home, embedder=ByTopic(), staff=staff, fill=seed
        ) as stage:
            yield stage


def take(
    browser: Browser,
    stage: Stage,
    out: Path,
    *,
    pages: Mapping[str, str] = PAGES,
    languages: Sequence[str] = LANGUAGES,
    schemes: Sequence[Scheme] = SCHEMES,
) -> list[Path]:
    """Take the pictures; give their files."""
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    for language in languages:
        for scheme in schemes:
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, color_scheme=scheme, locale=language
            )
            page = context.new_page()
            page.goto(f"{stage.url}/sign-in")
            taken.append(_picture(page, out / f"{language}-{scheme}-sign-in.png"))
            _sign_in(page, stage, language)
            for name, path in pages.items():
                page.goto(stage.url + path)
                page.wait_for_load_state("networkidle")
                taken.append(_picture(page, out / f"{language}-{scheme}-{name}.png"))
            if pages is PAGES:
                _look_at_import(page, stage)
                taken.append(_picture(page, out / f"{language}-{scheme}-import.png"))
            context.close()
    return taken


def _sign_in(page: Page, stage: Stage, language: str) -> None:
    person = replace(SATO, name="佐藤 花子", language=language)
    page.goto(stage.url + stage.sign_in_path(person))
    page.locator("main button").click()


def _look_at_import(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/approved")
    page.locator("main details summary").click()
    page.locator("#import").fill(IMPORT)
    page.locator("main details button").click()


def _picture(page: Page, file: Path) -> Path:
    page.screenshot(path=file, full_page=True)
    return file


def main(arguments: Sequence[str]) -> int:
    """Take all pictures into a folder; 2 where there is none named, or no Chromium."""
    path = chromium_path()
    if len(arguments) != 1 or path is None:
        wrong = f"no Chromium: install one of {NAMES}, or set ASPIRE_CHROMIUM"
        print(wrong if path is None else "usage: python -m tests.screenshots OUT", file=sys.stderr)  # noqa: T201  a program
        return 2
    with (
        tempfile.TemporaryDirectory() as folder,
        seeded(Path(folder)) as stage,
        launched(path) as browser,
    ):
        taken = take(browser, stage, Path(arguments[0]))
    print(f"{len(taken)} pictures in {arguments[0]}")  # noqa: T201  as above
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

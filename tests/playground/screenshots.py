"""Write docs/img/playground-*.png: `python -m tests.playground.screenshots [NAME…]`.

The sample knowledge, the real bot, a real Chromium. Sizes, times of day and words are the same each
time; the letters are the machine's (on Debian: fonts-inter and fonts-noto-cjk).
"""

import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.playground.chromium import NAMES, chromium_path, keep_here, launched
from tests.playground.desk import Desk
from tests.playground.stage import Held, staged

from aspire_bot.bootstrap import open_assistant
from aspire_bot.playground.run import Playground
from aspire_bot.playground.sample import index_sample
from aspire_bot.settings import Settings

IMAGES = Path(__file__).parents[2] / "docs" / "img"
WIDE, PHONE = (1240, 760), (390, 760)
SCALE = 1.5
_START = datetime.fromisoformat("2026-11-24T10:30:00+09:00").timestamp()


@dataclass(frozen=True, slots=True)
class Studio:
    """A playground, a browser, and a camera."""

    playground: Playground
    core: Held
    browser: Browser

    @contextmanager
    def desk(
        self,
        *,
        user: str = "U1",
        place: str = "C1",
        size: tuple[int, int] = WIDE,
        is_dark: bool = False,
    ) -> Generator[Desk]:
        """Sit somebody down before the page."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=SCALE,
            color_scheme="dark" if is_dark else "light",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
        )
        keep_here(context)
        yield Desk(context.new_page()).opens(self.playground.url, user=user, place=place)
        context.close()


def answer(studio: Studio) -> None:
    """A question in a channel, answered in its thread."""
    with studio.desk() as desk:
        desk.asks("What are the goals of ASPIRE?")
        desk.answer()
        take(desk.page, "answer")


def steps(studio: Studio) -> None:
    """The steps while the bot is at work."""
    studio.core.hold()
    with studio.desk() as desk:
        desk.asks("How is the flexibility of ASPIRE funding expected to help?")
        studio.core.let_go(2)
        expect(desk.page.locator(".task.in_progress")).to_contain_text("Reading")
        take(desk.page, "steps")
        studio.core.release()
        desk.answer()


def office(studio: Studio) -> None:
    """What the documents do not say: asked of the office, answered there, brought back."""
    with studio.desk(place="C2") as desk:
        desk.asks("What is the daily allowance for travel to Brazil?")
        desk.answer().get_by_role("button", name="Ask the ASPIRE office").click()
        expect(desk.page.locator(".ephemeral")).to_have_count(1)
        take(desk.page, "abstained")
        with studio.desk(user="U3", place="G1") as staff:
            staff.page.locator("#language").select_option("en")
            staff.chooses(staff.page.locator("#messages > .message").last, "Reply in thread")
            staff.says(
                "ASPIRE sets no rate of its own: use your institution's travel rules.",
                box="reply-text",
            )
            expect(staff.page.locator("#replies > .ephemeral")).to_have_count(1)
            take(staff.page, "staff")
        expect(desk.page.locator("#replies > .message")).to_have_count(3)
        take(desk.page, "reply")


def vote(studio: Studio) -> None:
    """A vote that asks for its reason."""
    with studio.desk() as desk:
        desk.page.locator("#messages .replies").first.click()
        desk.answer().get_by_role("button", name="Not helpful").click()
        desk.page.get_by_label("Something is missing").check()
        desk.page.get_by_label("In your words").fill("Please say who may apply, too.")
        take(desk.page, "vote")
        desk.page.keyboard.press("Escape")


def private(studio: Studio) -> None:
    """A slash command: an answer that one person sees and may share."""
    with studio.desk(place="C2") as desk:
        desk.says("/aspire ask When did the bioengineering field meeting take place?")
        share = desk.page.get_by_role("button", name="Share in channel")
        expect(share).to_be_visible()
        share.scroll_into_view_if_needed()
        take(desk.page, "private")


def home(studio: Studio) -> None:
    """The Home of the app."""
    with studio.desk() as desk:
        desk.goes("Home")
        expect(desk.page.locator("#home .header").first).to_be_visible()
        take(desk.page, "home")


def tour(studio: Studio) -> None:
    """A newcomer's tour."""
    with studio.desk() as desk:
        desk.page.get_by_role("button", name="New person joins…").click()
        desk.page.get_by_label("Name").fill("Nora Lindqvist")
        desk.page.get_by_role("button", name="Join", exact=True).click()
        desk.page.get_by_role("button", name="Start the tour").click()
        expect(desk.page.locator("#messages > .message")).to_have_count(2)
        expect(
            desk.page.locator("#messages > .message").last.locator(".votes").first
        ).to_be_visible()
        take(desk.page, "tour")


def japanese(studio: Studio) -> None:
    """All in Japanese, in the dark."""
    with studio.desk(user="U2", place="D2", is_dark=True) as desk:
        desk.says("バイオ分野の領域会議はいつ開かれましたか?")
        desk.answer()
        take(desk.page, "japanese")


def phone(studio: Studio) -> None:
    """A thread on a small screen."""
    with studio.desk(size=PHONE) as desk:
        desk.page.locator("#messages .replies").first.click()
        desk.answer()
        take(desk.page, "phone")


def take(page: Page, name: str) -> None:
    """Take a picture, without a caret or a pointer, in as few colours as it needs."""
    page.mouse.move(2, 2)
    page.evaluate("document.activeElement?.blur()")
    path = IMAGES / f"playground-{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    with Image.open(path) as taken:
        colours = taken.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    colours.save(path, optimize=True)
    sys.stderr.write(f"{path.relative_to(IMAGES.parents[1])} {colours.size}\n")


SCENES: tuple[Callable[[Studio], None], ...] = (
    *(answer, steps, office, vote, private, home, tour, japanese, phone),
)


def main(wanted: list[str]) -> int:
    """Take all pictures, or those of the scenes that are named."""
    path = chromium_path()
    if path is None:
        sys.stderr.write(f"no Chromium: install one of {NAMES}, or set ASPIRE_CHROMIUM\n")
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        index = index_sample(Path(folder) / "index")
        with open_assistant(Settings(home=index), vectors="chroma") as assistant:
            core = Held(assistant)
            with (
                staged(
                    core, Path(folder) / "state", lambda: _START + time.monotonic() - began
                ) as running,
                launched(path) as browser,
            ):
                for scene in SCENES:
                    if not wanted or scene.__name__ in wanted:
                        scene(Studio(running, core, browser))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a person does at the page, said in a word each."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

ANSWER = "The goals are joint research & exchange of young researchers."


@dataclass(frozen=True, slots=True)
class Desk:
    """A person before the page."""

    page: Page

    def opens(self, url: str, *, user: str = "U1", place: str = "C1") -> "Desk":
        """Open the page as somebody, somewhere."""
        self.page.goto(f"{url}#user={user}&place={place}")
        self.page.locator("body.ready").wait_for()
        return self

    def says(self, text: str, *, box: str = "composer-text") -> None:
        """Write into a box and press Enter."""
        self.page.locator(f"#{box}").fill(text)
        self.page.locator(f"#{box}").press("Enter")

    def asks(self, question: str) -> None:
        """Mention the bot in a channel."""
        self.says(f"@Ask ASPIRE {question}")

    def answer(self) -> Locator:
        """The last answer of the open thread, once it is all there."""
        votes = self.page.locator(".votes")
        last = self.page.locator("#replies > .message:not(.streaming)").filter(has=votes).last
        expect(last).to_be_visible()
        return last

    def becomes(self, name: str) -> None:
        """Act as somebody else."""
        chosen = self.page.locator("#me option").filter(has_text=name)
        self.page.locator("#me").select_option(label=chosen.text_content() or name)
        expect(self.page.locator("#me option:checked")).to_contain_text(name)
        expect(self.page.locator("#channels .entry[aria-current]")).to_have_count(1)

    def goes(self, entry: str) -> None:
        """Choose a channel, or a side of the app."""
        self.page.locator("#nav .entry").filter(has_text=re.compile(entry)).click()

    def chooses(self, message: Locator, item: str) -> None:
        """Choose from a message's menu."""
        message.hover()
        message.locator(".menu-button").click()
        self.page.get_by_role("menuitem", name=item).click()

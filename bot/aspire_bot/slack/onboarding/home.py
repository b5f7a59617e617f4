"""What a person sees who opens the app: the Home, or suggested questions in the conversation."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.jobs.office_task import ShowHome
from aspire_bot.slack.jobs.task import AnyTask
from aspire_bot.slack.listeners.commands import Library
from aspire_bot.slack.listeners.events import OpenedHome, SlackEvent
from aspire_bot.slack.onboarding.content import Content, Suggestion
from aspire_bot.slack.onboarding.wait import wait_until_settled
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.render.home import Shelf, Welcome, home_view
from aspire_bot.slack.render.message import JsonObject
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.inbox import Job
from aspire_bot.suggestions.offer import Everything, Offered
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.types import Audience, IndexManifest

logger = logging.getLogger(__name__)

_MOST_PROMPTS = 4
"""Slack takes no more."""


class Waiting(Protocol):
    """What waits for staff."""

    def blocks(self, team: str, language: str, now: datetime) -> Sequence[JsonObject]:
        """Give it as blocks of the Home."""
        ...


class Shelves(Library, Protocol):
    """What is in the index, and since when."""

    def manifest(self) -> IndexManifest:
        """Say which generation answers now; raises `AspireError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Greets those who open the app."""

    library: Shelves
    audiences: Audiences
    content: Content
    contact: str | None = None
    offered: Offered = field(default_factory=Everything)
    waiting: Waiting | None = None
    """What waits for staff."""

    def on_show(self, job: Job, web: SlackWeb, task: AnyTask) -> None:
        """Show the Home anew, after something was done on it."""
        assert isinstance(task, ShowHome)  # noqa: S101  the router's table says so
        del job
        self._show_home(web, task.user, phrases(web.locale(task.user)).slack)

    def on_opened(self, job: Job, web: SlackWeb, slack_event: SlackEvent) -> None:
        """Show the Home, or offer questions where the person is in the conversation.

        While it is not known yet what may be suggested, the Home is shown with what is known.
        """
        assert isinstance(slack_event, OpenedHome)  # noqa: S101  the router's table says so
        wording = phrases(web.locale(slack_event.user)).slack
        if slack_event.tab == "home":
            self._show_home(web, slack_event.user, wording)
            wait_until_settled(self.offered, job)
        elif slack_event.tab == "messages" and slack_event.channel:
            wait_until_settled(self.offered, job)
            self._offer(web, slack_event.channel, wording)

    def _show_home(self, web: SlackWeb, user: str, wording: SlackPhrases) -> None:
        # One person sees the Home: what is for staff is shown to staff.
        is_staff = self.audiences.staff.includes(web, user)
        shelf, trouble = None, ""
        try:
            shelf = self._shelf("staff" if is_staff else "public")
        except AspireError as error:
            logger.warning("the Home shows no documents: %s", error)
            trouble = wording.error(error)
        work: Sequence[JsonObject] = ()
        if is_staff and self.waiting is not None:
            work = self.waiting.blocks(web.team, wording.language, utc_now())
        welcome = self._welcome(wording)
        web.publish_home(user, home_view(shelf, welcome, wording, trouble=trouble, work=work))

    def _shelf(self, audience: Audience) -> Shelf:
        manifest = self.library.manifest()
        return Shelf(documents=self.library.documents(audience), as_of=manifest.published_at)

    def _welcome(self, wording: SlackPhrases) -> Welcome:
        return Welcome(
            programme=self.audiences.staff.office.name,
            suggested=self._suggested(wording),
            contact=self.contact,
        )

    def _suggested(self, wording: SlackPhrases) -> Sequence[Suggestion]:
        """What the file suggests, without what the index does not answer surely."""
        suggested = self.content.guide(wording.language).suggested
        return [one for one in suggested if self.offered.suggests(one.question)]

    def _offer(self, web: SlackWeb, channel: str, wording: SlackPhrases) -> None:
        """Offer questions. They are an extra: where Slack does not take them, all goes on."""
        suggested = self._suggested(wording)[:_MOST_PROMPTS]
        if not suggested:
            return  # Slack takes no empty list
        prompts = [{"title": one.label, "message": one.question} for one in suggested]
        title = wording.prompts_title.format(self.audiences.staff.office.name)
        try:
            web.set_prompts(channel, prompts, title)
        except SlackCallError as error:
            logger.info("no questions offered: %s", error)

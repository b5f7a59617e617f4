"""`/aspire ask|sources|help|onboarding|settings`: what each says, to the person alone.

Those for staff to keep the index are in `curating`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.curating.commands import CuratingCommands, is_command
from aspire_bot.slack.jobs.task import AskPrivately, Tour
from aspire_bot.slack.listeners.events import plain_text
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Command
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_documents, render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.channel_settings import ChannelSetup
from aspire_ingest.index.text.language import language_of
from aspire_ingest.index.types import Audience, DocumentInfo, IndexManifest

_MOST_LISTED = 15


class Library(Protocol):
    """What is in the index, as far as people may see."""

    def documents(self, audience: Audience) -> Sequence[DocumentInfo]:
        """Give the documents for an audience, newest first; raises `AspireError`."""
        ...

    def manifest(self) -> IndexManifest:
        """Say which generation answers now; raises `AspireError` where none can be opened."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand:
    """Answers `/aspire`. What takes time becomes a task; the rest is said at once."""

    intake: Intake
    setup: ChannelSetup
    audiences: Audiences
    library: Library
    curating: CuratingCommands

    def run(self, web: SlackWeb, command: Command) -> SlackMessage | None:
        """Do what was asked; give what is shown in the acknowledgement, if anything."""
        verb, _, rest = command.text.strip().partition(" ")
        known: dict[str, Callable[[SlackWeb, Command, str], SlackMessage | None]] = {
            "ask": self._ask,
            "sources": self._sources,
            "onboarding": self._onboarding,
            "settings": self._settings,
        }
        if verb.lower() in {"", "help"}:
            return render_notice(_wording(command, web).slash_help)
        if is_command(verb, rest):
            return self.curating.run(web, command, verb, rest)
        handle = known.get(verb.lower())
        # People forget the verb: what is no verb of ours is the question.
        return handle(web, command, rest) if handle else self._ask(web, command, command.text)

    def _ask(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        question = plain_text(text, bot_user_id=None)
        wording = phrases(language_of(question)).slack if question else _wording(command, web)
        if not question:
            return render_notice(wording.slash_help)
        self.intake.put(
            AskPrivately(user=command.user, question=question, response_url=command.response_url),
            key=f"command:{command.trigger_id}",
            team=command.team,
            channel=command.channel,
        )
        return render_notice(wording.working)

    def _sources(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        audience = self.audiences.of_person(web, command.channel, command.user)
        wanted = text.casefold().split()
        found = [
            document
            for document in self.library.documents(audience)
            if all(word in document.title.casefold() for word in wanted)
        ]
        wording = _wording(command, web)
        title = wording.sources_title.format(len(found))
        return render_documents(title, found[:_MOST_LISTED], wording)

    def _onboarding(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        self.intake.put(
            Tour(user=command.user, is_wanted=True, is_restart=text.strip() == "restart"),
            key=f"command:{command.trigger_id}",
            team=command.team,
            channel="",
        )
        return render_notice(_wording(command, web).tour.coming)

    def _settings(self, web: SlackWeb, command: Command, text: str) -> None:
        del text
        self.setup.open(web, command, _wording(command, web))


def _wording(command: Command, web: SlackWeb) -> SlackPhrases:
    """In the language the person wrote in, else that of their Slack."""
    rest = command.text.partition(" ")[2]
    return phrases(language_of(rest) if rest.strip() else web.locale(command.user)).slack

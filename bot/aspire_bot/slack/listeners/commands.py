"""`/aspire ask|sources|help|onboarding|settings`: what each says, to the person alone.

What staff are told of questions and documents is in `staff/office_commands`; those to keep the
index are in `curating`.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from aspire_bot.messages import SlackPhrases, phrases
from aspire_bot.slack.answers.audience import Audiences
from aspire_bot.slack.curating.commands import CuratingCommands, is_command
from aspire_bot.slack.jobs.task import AskEphemeral, Tour
from aspire_bot.slack.listeners.events import plain_text
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Command
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import question_line, render_documents, render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.channel_settings import ChannelSettings
from aspire_bot.slack.staff.office_commands import OFFICE_VERBS, OfficeCommands
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
    setup: ChannelSettings
    audiences: Audiences
    library: Library
    curating: CuratingCommands
    office: OfficeCommands

    def run(self, web: SlackWeb, command: Command) -> SlackMessage | None:
        """Do what was asked; give what is shown in the acknowledgement, if anything."""
        verb, rest = split_command(command.text)
        if verb in {"", "help"} and not rest:
            return render_notice(_wording(rest, command, web).slash_help)
        if is_command(verb, rest):
            return self.curating.run(web, command, verb, rest)
        if verb in OFFICE_VERBS and not rest:
            return self.office.run(web, command, verb)
        known: dict[str, Callable[[SlackWeb, Command, str], SlackMessage | None]] = {
            "ask": self._ask,
            "sources": self._sources,
        }
        if verb == "onboarding" and rest.casefold() in {"", "restart"}:
            return self._onboarding(web, command, rest)
        if verb == "settings" and not rest:
            return self._settings(web, command)
        handle = known.get(verb)
        # People forget the verb: what is no command of ours is the question.
        return handle(web, command, rest) if handle else self._ask(web, command, command.text)

    def _ask(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        question = plain_text(text, bot_user_id=None)
        wording = _wording(question, command, web)
        if not question:
            return render_notice(wording.slash_help)
        self.intake.put(
            AskEphemeral(user=command.user, question=question, response_url=command.response_url),
            key=f"command:{command.trigger_id}",
            team=command.team,
            channel=command.channel,
        )
        # Slack replaces nothing that a command has shown: this is true of the answer's arrival too.
        return question_line(command.user, question, wording.language)

    def _sources(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        audience = self.audiences.of_person(web, command.channel, command.user)
        wanted = text.casefold().split()
        found = [
            document
            for document in self.library.documents(audience)
            if all(word in document.title.casefold() for word in wanted)
        ]
        wording = _wording(text, command, web)
        title = wording.sources_title.format(len(found))
        return render_documents(title, found[:_MOST_LISTED], wording)

    def _onboarding(self, web: SlackWeb, command: Command, text: str) -> SlackMessage:
        self.intake.put(
            Tour(user=command.user, is_wanted=True, is_restart=bool(text)),
            key=f"command:{command.trigger_id}",
            team=command.team,
            channel="",
        )
        return render_notice(_wording("", command, web).tour.coming)

    def _settings(self, web: SlackWeb, command: Command) -> None:
        self.setup.open(web, command, _wording("", command, web))


def split_command(text: str) -> tuple[str, str]:
    """Give the first word after `/aspire`, plainly written, and the rest; spaces of any width."""
    verb, rest = [*text.split(maxsplit=1), "", ""][:2]
    return unicodedata.normalize("NFKC", verb).lower(), rest.strip()


def _wording(text: str, command: Command, web: SlackWeb) -> SlackPhrases:
    """In the language the person wrote in, else that of their Slack."""
    return phrases(language_of(text) if text else web.locale(command.user)).slack

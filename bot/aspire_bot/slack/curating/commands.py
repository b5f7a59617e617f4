"""`/aspire ingest|remove|sync|status`: who may, and what becomes a task."""

import hashlib
import logging
import re
from dataclasses import dataclass
from typing import Literal, cast

from aspire_bot.messages import CuratingPhrases, phrases
from aspire_bot.slack.jobs.task import BeginOperation, TellStatus
from aspire_bot.slack.listeners.events import plain_text
from aspire_bot.slack.listeners.intake import Intake
from aspire_bot.slack.listeners.payloads import Command
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.message import SlackMessage
from aspire_bot.slack.staff.permissions import Staff

logger = logging.getLogger(__name__)

Verb = Literal["ingest", "remove", "sync", "status"]
VERBS: tuple[Verb, ...] = ("ingest", "remove", "sync", "status")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_WORD = re.compile(r"\S*")
_LONGEST = 2000


def new_operation_id(*parts: str) -> str:
    """Give the id of an operation: the same for the same delivery of Slack's."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=9).hexdigest()


def is_command(verb: str, rest: str) -> bool:
    """Whether words after `/aspire` are a command for the index, and not a question."""
    return verb.lower() in VERBS and _WORD.fullmatch(rest.strip()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingCommands:
    """Takes the commands of staff; others get a polite no, and it is logged."""

    intake: Intake
    staff: Staff
    is_set_up: bool

    def run(self, web: SlackWeb, command: Command, verb: str, rest: str) -> SlackMessage:
        """Keep what was asked for as a task; give what is shown in the acknowledgement."""
        locale = web.locale(command.user)
        words, name = phrases(locale).curating, cast("Verb", verb.lower())
        if not self.staff.includes(web, command.user):
            logger.warning("curating refused: user=%s command=%s", command.user, name)
            return render_notice(phrases(locale).slack.staff_only)
        if not self.is_set_up:
            return render_notice(words.not_set_up)
        if name == "status":
            task = TellStatus(user=command.user, response_url=command.response_url)
            key = f"command:{command.trigger_id}"
            self.intake.put(task, key=key, team=command.team, channel=command.channel)
            return render_notice(phrases(locale).slack.working)
        return self._begin(command, name, rest, words)

    def _begin(
        self, command: Command, verb: Verb, rest: str, words: CuratingPhrases
    ) -> SlackMessage:
        wanted = plain_text(rest, bot_user_id=None)[:_LONGEST]
        if verb == "ingest" and not _ADDRESS.fullmatch(wanted):
            return render_notice(words.usage["ingest"])
        if verb == "remove" and not wanted:
            return render_notice(words.usage["remove"])
        field = {"ingest": "url", "remove": "place", "sync": "source"}[verb]
        is_here = command.channel == self.staff.office.channel
        task = BeginOperation(
            user=command.user,
            operation_id=new_operation_id(command.team, command.user, command.trigger_id),
            kind=cast("Literal['ingest', 'remove', 'sync']", verb),
            request={field: wanted} if wanted else {},
            channel=command.channel if is_here else "",
            response_url=command.response_url,
        )
        key = f"begin:{task.operation_id}"
        self.intake.put(task, key=key, team=command.team, channel=task.channel)
        return render_notice(words.begun_here if is_here else words.begun)

"""How staff set a channel up, in a modal."""

import logging
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.listeners.payloads import Command, Submission
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.render.blocks import render_notice
from aspire_bot.slack.render.modals import AUDIENCE, LANGUAGE, MODE, channel_view
from aspire_bot.slack.staff.audit import record_channel
from aspire_bot.slack.staff.channel_rules import ChannelRules
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.state import State
from aspire_bot.state.channels import ChannelPolicy

logger = logging.getLogger(__name__)

_POLICY = TypeAdapter(ChannelPolicy)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """Reads and writes the rules of a channel; for staff only."""

    rules: ChannelRules
    staff: Staff
    state: State

    def open(self, web: SlackWeb, command: Command, wording: SlackPhrases) -> None:
        """Show the modal, or say why not."""
        if not self.staff.includes(web, command.user):
            logger.warning("channel settings were refused to somebody who is not staff")
            web.respond(command.response_url, render_notice(wording.staff_only))
        elif self.rules.is_fixed(command.channel):
            web.respond(command.response_url, render_notice(wording.channel.fixed))
        else:
            policy = self.rules.policy(command.team, command.channel)
            web.open_view(command.trigger_id, channel_view(command.channel, policy, wording))

    def save(self, web: SlackWeb, sent: Submission) -> None:
        """Keep what was chosen. Who may is checked anew: a modal can be sent by anyone."""
        if not self.staff.includes(web, sent.user) or self.rules.is_fixed(sent.metadata):
            logger.warning("channel settings by somebody who is not staff were refused")
            return
        chosen = {name: sent.field(name) for name in (MODE, AUDIENCE, LANGUAGE)}
        try:
            policy = _POLICY.validate_python(chosen)
        except ValidationError:
            logger.warning("channel settings that are none were refused")
            return
        before = self.rules.channels.policy(sent.team, sent.metadata)
        self.rules.channels.set(sent.team, sent.metadata, policy, sent.user)
        place = (sent.team, sent.metadata)
        record_channel(self.state, place, sent.user, before=before, after=policy)
        logger.info("channel=%s mode=%s audience=%s", sent.metadata, policy.mode, policy.audience)

"""Whose documents may be quoted, where: staff's never to those who are not staff."""

import logging
from dataclasses import dataclass

from aspire_bot.slack.platform.web import SlackCallError, SlackWeb
from aspire_bot.slack.staff.channel_rules import ChannelRules
from aspire_bot.slack.staff.permissions import Staff
from aspire_bot.slack.staff.policy import audience_of
from aspire_ingest.index.types import Audience

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audiences:
    """Decides for each answer; where it cannot tell, for the public."""

    rules: ChannelRules
    staff: Staff

    def of_channel(
        self, web: SlackWeb, channel: str, user: str, *, is_external: bool | None = None
    ) -> Audience:
        """For an answer that everyone in the channel can read; `user` asked.

        `is_external` is whether other organisations read along, where the event has said so; that
        they are only invited yet, it does not say.
        """
        policy = self.rules.policy(web.team, channel)
        is_direct = channel.startswith("D")
        is_staff = is_direct and self.staff.includes(web, user)
        if not is_external and not is_direct and policy.audience == "staff":
            is_external = _is_external(web, channel)
        return audience_of(
            policy, is_direct=is_direct, is_external=bool(is_external), is_staff=is_staff
        )

    def of_person(self, web: SlackWeb, channel: str, user: str) -> Audience:
        """For an answer that only `user` sees, in `channel`."""
        if not self.staff.includes(web, user):
            return self.of_channel(web, channel, user)
        return "public" if _is_external(web, channel) else "staff"


def _is_external(web: SlackWeb, channel: str) -> bool:
    """Whether other organisations are in a channel; taken for so where Slack does not say."""
    if channel.startswith("D"):
        return False
    try:
        info = web.channel(channel)
    except SlackCallError as error:
        logger.info("taken for a shared channel: %s", error)
        return True
    return bool(info.get("is_ext_shared") or info.get("is_pending_ext_shared", False)) or not info

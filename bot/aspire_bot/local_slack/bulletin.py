"""What the bot is told of a workspace: the events it subscribes to, where it is a member."""

from dataclasses import dataclass

from aspire_bot.local_slack.courier import Courier, Delivery
from aspire_bot.local_slack.events import (
    changed_event,
    deleted_event,
    event_body,
    mention_event,
    said_event,
)
from aspire_bot.local_slack.model import Channel, Message
from aspire_bot.local_slack.wire import Json
from aspire_bot.local_slack.workspace import Workspace

SUBSCRIPTIONS = frozenset(
    {
        *("app_mention", "message.im", "message.channels", "message.groups", "message.mpim"),
        *("app_home_opened", "member_joined_channel", "team_join"),
    }
)
_SCOPE_OF = {
    "public": "message.channels",
    "private": "message.groups",
    "direct": "message.im",
    "group": "message.mpim",
}
_WITH_TWIN = {"public", "private"}
"""Where Slack sends an `app_mention` beside the message of a mention."""


@dataclass(slots=True)
class Bulletin:
    """Tells the bot what happened."""

    workspace: Workspace
    courier: Courier
    subscriptions: frozenset[str] = SUBSCRIPTIONS

    def said(self, message: Message) -> None:
        """Tell of a message; one that names the bot has a twin, which Slack sends before it."""
        if (channel := self._heard(message)) is None:
            return
        names_bot = f"<@{self.workspace.bot_user}" in message.text and channel.kind in _WITH_TWIN
        if names_bot and "app_mention" in self.subscriptions and not message.bot_id:
            self._tell(mention_event(channel, message), channel)
        if _SCOPE_OF[channel.kind] in self.subscriptions:
            self._tell(said_event(channel, message), channel)

    def changed(self, now: Message, before: Message) -> None:
        """Tell that a message has another text, or became a tombstone."""
        channel = self._heard(now)
        if channel is not None and _SCOPE_OF[channel.kind] in self.subscriptions:
            self._tell(changed_event(self.workspace, channel, now, before), channel)

    def deleted(self, gone: Message) -> None:
        """Tell that a message is no more."""
        channel = self._heard(gone)
        if channel is not None and _SCOPE_OF[channel.kind] in self.subscriptions:
            self._tell(deleted_event(self.workspace, channel, gone), channel)

    def opened_home(self, user: str, channel: str, tab: str) -> None:
        """Tell that a person looks at the app."""
        home = self.workspace.views.homes.get(user)
        event: dict[str, object] = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel,
            "tab": tab,
            "event_ts": self.workspace.new_ts(),
        }
        if tab == "home" and home is not None:
            event["view"] = home.as_json()
        self._tell_if_subscribed(event)

    def joined(self, user: str, channel: Channel, *, inviter: str = "") -> None:
        """Tell that somebody, or the bot, is in a channel now; only where the bot is in it."""
        if self.workspace.bot_user not in channel.members:
            return
        kind = {"public": "C", "private": "G", "group": "G"}.get(channel.kind, "D")
        event: dict[str, object] = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.channel_id,
            "channel_type": kind,
            "team": self.workspace.team,
            "event_ts": self.workspace.new_ts(),
        }
        self._tell_if_subscribed({**event, "inviter": inviter} if inviter else event)

    def joined_workspace(self, user: str) -> None:
        """Tell of a new person."""
        shown = self.workspace.user(user).as_json(self.workspace.team, with_locale=True)
        self._tell_if_subscribed(
            {"type": "team_join", "user": shown, "event_ts": self.workspace.new_ts()}
        )

    def _heard(self, message: Message) -> Channel | None:
        """The channel of a message, where the bot is there to hear it."""
        channel = self.workspace.channels[message.channel]
        is_there = self.workspace.bot_user in channel.members and message.ephemeral_to is None
        return channel if is_there else None

    def _tell_if_subscribed(self, event: Json) -> None:
        if event["type"] in self.subscriptions:
            self._tell(event, None)

    def _tell(self, event: Json, channel: Channel | None) -> Delivery:
        body = event_body(event, team=self.workspace.team, bot_user=self.workspace.bot_user)
        body["is_ext_shared_channel"] = channel is not None and channel.is_ext_shared
        return self.courier.deliver("events_api", body)

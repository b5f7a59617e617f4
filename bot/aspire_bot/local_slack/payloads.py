"""Interactions as Slack sends them: commands, actions, shortcuts, submissions."""

from collections.abc import Mapping
from dataclasses import dataclass

from aspire_bot.local_slack.api.request import World
from aspire_bot.local_slack.model import Message, View
from aspire_bot.local_slack.wire import Json
from aspire_bot.local_slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Payloads:
    """Writes down what a person of a workspace did."""

    world: World
    workspace: Workspace

    def command(self, user: str, command: str, text: str, channel: str) -> dict[str, object]:
        """A slash command, as the form that it is."""
        here = self.workspace
        known = here.channels[channel]
        return {
            "token": "legacy",
            "team_id": here.team,
            "team_domain": here.domain,
            "channel_id": channel,
            "channel_name": known.name or "directmessage",
            "user_id": user,
            "user_name": here.users[user].name,
            "command": command,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": self.world.new_response_url(here, user, channel),
            "trigger_id": here.views.new_trigger(user),
        }

    def action_on_message(self, user: str, message: Message, action: Json) -> dict[str, object]:
        """An act on an element of a message; an ephemeral one is not told again."""
        is_ephemeral = message.ephemeral_to is not None
        shown = {} if is_ephemeral else {"message": message.as_json()}
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        return {
            **self._who("block_actions", user),
            **self._where(user, message),
            **shown,
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": is_ephemeral,
                **thread,
            },
            "state": {"values": {}},
            "actions": [action],
        }

    def action_on_view(
        self, view: View, action: Json, state: Mapping[str, object]
    ) -> dict[str, object]:
        """An act on an element of a modal or a Home."""
        return {
            **self._who("block_actions", view.user),
            "container": {"type": "view", "view_id": view.view_id},
            "view": view.as_json(state),
            "actions": [action],
        }

    def submission(self, view: View, state: Mapping[str, object]) -> dict[str, object]:
        """A modal that was submitted."""
        who = self._who("view_submission", view.user)
        return {**who, "view": view.as_json(state), "response_urls": []}

    def closing(self, view: View, *, is_cleared: bool) -> dict[str, object]:
        """A modal that was closed; there is nothing to open in its place."""
        who = self._who("view_closed", view.user)
        del who["trigger_id"]
        return {**who, "view": view.as_json(), "is_cleared": is_cleared}

    def message_shortcut(self, user: str, message: Message, callback: str) -> dict[str, object]:
        """A shortcut used on a message."""
        return {
            **self._who("message_action", user),
            **self._where(user, message),
            "message": message.as_json(),
            "message_ts": message.ts,
            "action_ts": self.workspace.new_ts(),
            "callback_id": callback,
        }

    def _who(self, kind: str, user: str) -> dict[str, object]:
        here = self.workspace
        name = here.users[user].name
        return {
            "type": kind,
            "team": {"id": here.team, "domain": here.domain},
            "user": {"id": user, "username": name, "name": name, "team_id": here.team},
            "api_app_id": "A1",
            "token": "legacy",
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": here.views.new_trigger(user),
        }

    def _where(self, user: str, message: Message) -> dict[str, object]:
        channel = self.workspace.channels[message.channel]
        url = self.world.new_response_url(self.workspace, user, channel.channel_id, message)
        name = channel.name or "directmessage"
        return {"channel": {"id": channel.channel_id, "name": name}, "response_url": url}

"""What one person sees of the workspace, in JSON for the page."""

from collections.abc import Mapping, Sequence
from typing import cast

from aspire_bot.local_slack.model import Change, Channel, Message, User
from aspire_bot.local_slack.wire import Json, as_object
from aspire_bot.local_slack.workspace import Workspace
from aspire_bot.slack.platform.manifest import load_manifest

MOST_MESSAGES = 300
"""Messages of one channel that are shown: the newest."""


def app_shown() -> Json:
    """What the app offers everywhere, out of its manifest."""
    manifest = load_manifest()
    features = _part(manifest, "features")
    return {
        "name": _part(manifest, "display_information").get("name"),
        "description": _part(manifest, "display_information").get("description"),
        "shortcuts": features.get("shortcuts") or [],
        "commands": features.get("slash_commands") or [],
        "prompts": _part(features, "agent_view").get("suggested_prompts") or [],
    }


def snapshot(workspace: Workspace, user_id: str) -> dict[str, object]:
    """All that a person sees now. Call it while the local Slack is held."""
    own = workspace.direct(user_id)
    channels = [c for c in workspace.channels.values() if is_listed(c, user_id)]
    top, home = workspace.views.top(user_id), workspace.views.homes.get(user_id)
    read = [c.channel_id for c in channels if user_id in c.members]
    return {
        "me": user_id,
        "dm": own.channel_id,
        "bot": workspace.bot_user,
        "people": [user_shown(user) for user in workspace.users.values()],
        "channels": [channel_shown(c, workspace, user_id) for c in channels],
        "messages": [m for c in read for m in _messages(workspace, c, user_id)],
        "statuses": [
            {"channel": channel, "thread_ts": thread, "status": status}
            for (channel, thread), status in workspace.statuses.items()
            if channel in read
        ],
        "prompts": workspace.prompts.get((own.channel_id, "")),
        "home": home.as_json() if home else None,
        "modal": top.as_json() if top else None,
    }


def change_shown(change: Change, workspace: Workspace, user_id: str) -> dict[str, object] | None:
    """A change as the page is told of it; None where the person does not see it."""
    if change.user not in {"", user_id} or change.team != workspace.team:
        return None
    if change.channel:
        channel = workspace.channels.get(change.channel)
        if channel is None or user_id not in channel.members:
            return None
    return {"kind": change.kind, "channel": change.channel, "data": change.data}


def is_listed(channel: Channel, user_id: str) -> bool:
    """Whether a person finds a channel in the list: their own, and public ones to join."""
    is_open = channel.kind == "public" and not channel.is_ext_shared
    return user_id in channel.members or is_open


def user_shown(user: User) -> dict[str, object]:
    """A person as the page names them."""
    return {
        "id": user.user_id,
        "name": user.real_name or user.name,
        "locale": user.locale,
        "timezone": user.timezone,
        "is_bot": user.is_bot,
        "is_guest": user.is_guest,
    }


def channel_shown(channel: Channel, workspace: Workspace, user_id: str) -> dict[str, object]:
    """A channel as the page lists it."""
    return {
        "id": channel.channel_id,
        "name": channel.name,
        "kind": channel.kind,
        "is_member": user_id in channel.members,
        "has_bot": workspace.bot_user in channel.members,
        "is_shared": channel.is_ext_shared,
        "members": len(channel.members),
        "people": sorted(channel.members) if channel.kind == "group" else [],
    }


def message_shown(message: Message) -> dict[str, object]:
    """A message, with the channel that Slack's own form leaves out."""
    return {**message.as_json(), "channel": message.channel}


def _messages(workspace: Workspace, channel: str, user_id: str) -> Sequence[Json]:
    newest = workspace.messages(channel, seen_by=user_id)[-MOST_MESSAGES:]
    return [message_shown(message) for message in newest]


def _part(of: Mapping[str, object], name: str) -> Json:
    return cast("Json", as_object(of.get(name)) or {})

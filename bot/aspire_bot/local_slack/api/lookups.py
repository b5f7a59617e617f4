"""Who and what there is: users, conversations, reactions, the app itself."""

from collections.abc import Sequence
from dataclasses import replace

from aspire_bot.local_slack.api.request import Request, place
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import RefusedError, flag
from aspire_bot.local_slack.workspace import BOT_ID

_CHANNEL_TYPES = {
    "public": "public_channel",
    "private": "private_channel",
    "direct": "im",
    "group": "mpim",
}


def auth_test(request: Request) -> dict[str, object]:
    """Say whose token this is."""
    workspace = request.workspace
    return {
        "ok": True,
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.domain,
        "user": workspace.users[workspace.bot_user].name,
        "team_id": workspace.team,
        "user_id": workspace.bot_user,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def open_connection(request: Request) -> dict[str, object]:
    """Say where the bot finds its socket."""
    return {"ok": True, "url": request.world.socket_url}


def grant_access(request: Request) -> dict[str, object]:
    """Give the token of the workspace that a code was handed out for; a code is good once."""
    world = request.world
    given = (request.text("client_id"), request.text("client_secret"))
    if given != (world.client_id, world.client_secret):
        raise RefusedError("bad_client_secret", given[0])
    team = world.grants.pop(request.text("code"), None)
    if team is None:
        raise RefusedError("invalid_code", request.text("code"), is_breach=False)
    workspace = world.workspaces[team]
    return {
        "ok": True,
        "app_id": "A1",
        "authed_user": {"id": next(iter(workspace.users))},
        "scope": ",".join(sorted(world.scopes)),
        "token_type": "bot",
        "access_token": workspace.bot_token,
        "bot_user_id": workspace.bot_user,
        "team": {"id": team, "name": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def bot_info(request: Request) -> dict[str, object]:
    """Say what a bot is called."""
    if request.text("bot") not in {"", BOT_ID}:
        raise RefusedError("bot_not_found", request.text("bot"))
    bot = request.workspace.users[request.workspace.bot_user]
    shown = {"id": BOT_ID, "name": bot.name, "user_id": bot.user_id, "app_id": "A1"}
    return {"ok": True, "bot": {**shown, "deleted": False}}


def user_info(request: Request) -> dict[str, object]:
    """Say who a user is."""
    user = request.workspace.user(request.text("user"))
    with_locale = flag(request.arguments.get("include_locale"))
    return {"ok": True, "user": user.as_json(request.workspace.team, with_locale=with_locale)}


def user_list(request: Request) -> dict[str, object]:
    """Name all users."""
    users = list(request.workspace.users.values())
    with_locale = flag(request.arguments.get("include_locale"))
    shown = [user.as_json(request.workspace.team, with_locale=with_locale) for user in users]
    return _page(request, "members", shown)


def user_conversations(request: Request) -> dict[str, object]:
    """Name the conversations that the bot, or a user, is a member of."""
    user = request.text("user") or request.workspace.bot_user
    kinds = request.text("types", "public_channel").split(",")
    bot = request.workspace.bot_user
    shown = [
        channel.as_json(bot)
        for channel in request.workspace.channels.values()
        if {user, bot} <= channel.members and _CHANNEL_TYPES[channel.kind] in kinds
    ]
    return _page(request, "channels", shown)


def open_conversation(request: Request) -> dict[str, object]:
    """Give the direct conversation with a user."""
    users = request.text("users")
    if not users or "," in users:
        raise RefusedError("users_list_not_supplied", users or "one user is needed")
    channel = request.workspace.direct(users)
    return {"ok": True, "channel": {"id": channel.channel_id}}


def conversation_info(request: Request) -> dict[str, object]:
    """Say what a channel is."""
    channel = request.workspace.channel(request.text("channel"))
    return {"ok": True, "channel": channel.as_json(request.workspace.bot_user)}


def conversation_members(request: Request) -> dict[str, object]:
    """Name the members of a channel."""
    channel = request.workspace.channel(request.text("channel"))
    return _page(request, "members", sorted(channel.members))


def conversation_replies(request: Request) -> dict[str, object]:
    """Give a thread."""
    channel = place(request)
    thread = request.workspace.thread(channel, request.text("ts"))
    if not thread:
        is_breach = not request.workspace.was_deleted(channel, request.text("ts"))
        raise RefusedError("thread_not_found", request.text("ts"), is_breach=is_breach)
    return _messages(request, thread)


def conversation_history(request: Request) -> dict[str, object]:
    """Give the messages of a channel that are no replies, the newest first."""
    messages = request.workspace.messages(place(request))
    return _messages(request, [m for m in reversed(messages) if m.thread == m.ts])


def add_reaction(request: Request) -> dict[str, object]:
    """React to a message as the bot."""
    message, mine = _reaction(request)
    if mine in message.reactions:
        raise RefusedError("already_reacted", mine[0], is_breach=False)
    request.workspace.change(replace(message, reactions=(*message.reactions, mine)))
    return {"ok": True}


def remove_reaction(request: Request) -> dict[str, object]:
    """Take a reaction of the bot's back."""
    message, mine = _reaction(request)
    if mine not in message.reactions:
        raise RefusedError("no_reaction", mine[0], is_breach=False)
    kept = tuple(reaction for reaction in message.reactions if reaction != mine)
    request.workspace.change(replace(message, reactions=kept))
    return {"ok": True}


def file_info(request: Request) -> dict[str, object]:
    """Say what a file is, where the bot is in a conversation that it was shared in."""
    workspace, wanted = request.workspace, request.text("file")
    file = workspace.files.get(wanted)
    is_seen = file is not None and any(
        workspace.bot_user in workspace.channels[channel].members for channel in file.channels
    )
    if file is None or not is_seen:
        raise RefusedError("file_not_found", wanted)
    if file.mode == "tombstone":
        raise RefusedError("file_deleted", wanted, is_breach=False)
    return {"ok": True, "file": file.as_json(), "comments": []}


def usergroup_list(request: Request) -> dict[str, object]:
    """Name the user groups."""
    groups = request.workspace.usergroups.items()
    shown = [{"id": group, "handle": group.lower(), "users": sorted(u)} for group, u in groups]
    return {"ok": True, "usergroups": shown}


def usergroup_users(request: Request) -> dict[str, object]:
    """Name the people of a user group."""
    group = request.text("usergroup")
    if group not in request.workspace.usergroups:
        raise RefusedError("no_such_subteam", group)
    return {"ok": True, "users": sorted(request.workspace.usergroups[group])}


def _reaction(request: Request) -> tuple[Message, tuple[str, str]]:
    message = request.workspace.message(place(request), request.text("timestamp"))
    name = request.text("name")
    if not name or name.strip(":") != name:
        raise RefusedError("invalid_name", name)
    return message, (name, request.workspace.bot_user)


def _messages(request: Request, messages: Sequence[Message]) -> dict[str, object]:
    with_metadata = flag(request.arguments.get("include_all_metadata"))
    low, high = _number(request, "oldest", 0.0), _number(request, "latest", 9_999_999_999.0)
    shown = [
        message.as_json(with_metadata=with_metadata)
        for message in messages
        if message.ephemeral_to is None and low <= float(message.ts) <= high
    ]
    return _page(request, "messages", shown)


def _page(request: Request, name: str, items: Sequence[object]) -> dict[str, object]:
    """A page of a list; the cursor is where the next begins."""
    start, limit = int(_number(request, "cursor", 0)), int(_number(request, "limit", 100))
    end = start + max(1, limit)
    more = str(end) if end < len(items) else ""
    return {
        "ok": True,
        name: list(items[start:end]),
        "has_more": bool(more),
        "response_metadata": {"next_cursor": more},
    }


def _number(request: Request, name: str, default: float) -> float:
    given = request.text(name)
    try:
        return float(given) if given else default
    except ValueError:
        raise RefusedError("invalid_arguments", f"{name} is {given!r}") from None

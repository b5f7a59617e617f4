"""The methods of Slack's Web API that the local Slack knows: arguments, rates, scopes, handlers.

Arguments are those the bot may have a use for; another one is taken for a mistake.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aspire_bot.local_slack.api import chat, lookups, openid, surfaces
from aspire_bot.local_slack.api.rates import SPECIAL, TIER_1, TIER_2, TIER_3, TIER_4, Rate
from aspire_bot.local_slack.api.request import Handler
from aspire_bot.local_slack.workspace import BOT_TOKEN, BOT_USER, TEAM

__all__ = ["APP_TOKEN", "BOT_TOKEN", "BOT_USER", "METHODS", "TEAM", "Method", "problems"]

APP_TOKEN = "xapp-local"  # noqa: S105  good on loopback only
_TS = re.compile(r"\d{10}\.\d{6}")
_TS_ARGUMENTS = ("ts", "thread_ts", "message_ts", "timestamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What a method takes. `scopes`: one of them is needed. `caller`: whose token it takes.

    Methods that only read take a form, no JSON (`is_form`).
    """

    handler: Handler
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    rate: Rate = TIER_3
    scopes: frozenset[str] = frozenset()
    caller: Literal["bot", "app", "anyone"] = "bot"
    is_form: bool = False


def _method(
    handler: Handler,
    required: str = "",
    optional: str = "",
    *,
    rate: Rate = TIER_3,
    scopes: str = "",
    is_form: bool = False,
) -> Method:
    return Method(
        handler=handler,
        required=frozenset(required.split()),
        optional=frozenset(optional.split()),
        rate=rate,
        scopes=frozenset(scopes.split()),
        is_form=is_form,
    )


_READ = "channels:read groups:read im:read mpim:read"
_HISTORY = "channels:history groups:history im:history mpim:history"
_WRITE = "chat:write"
_UNFURL = "unfurl_links unfurl_media"
_PAGE = "cursor limit"
_RANGE = f"{_PAGE} oldest latest inclusive include_all_metadata"

METHODS: Mapping[str, Method] = {
    "auth.test": _method(lookups.auth_test, rate=SPECIAL),
    "apps.connections.open": Method(
        handler=lookups.open_connection,
        optional=frozenset({"app_token"}),
        rate=TIER_1,
        caller="app",
    ),
    "oauth.v2.access": Method(
        handler=lookups.grant_access,
        required=frozenset({"code", "client_id", "client_secret"}),
        optional=frozenset({"redirect_uri"}),
        rate=TIER_4,
        caller="anyone",
    ),
    "openid.connect.token": Method(
        handler=openid.exchange_code,
        required=frozenset({"code", "client_id", "client_secret", "redirect_uri"}),
        rate=TIER_4,
        caller="anyone",
    ),
    "openid.connect.userInfo": Method(handler=openid.tell_user, rate=TIER_4, caller="anyone"),
    "bots.info": _method(lookups.bot_info, "", "bot", scopes="users:read", is_form=True),
    "chat.postMessage": _method(
        chat.post_message,
        "channel",
        f"text blocks thread_ts metadata reply_broadcast {_UNFURL}",
        rate=SPECIAL,
        scopes=_WRITE,
    ),
    "chat.postEphemeral": _method(
        chat.post_ephemeral,
        "channel user",
        "text blocks thread_ts",
        rate=TIER_4,
        scopes=_WRITE,
    ),
    "chat.update": _method(
        chat.update, "channel ts", f"text blocks metadata {_UNFURL}", scopes=_WRITE
    ),
    "chat.delete": _method(chat.delete, "channel ts", scopes=_WRITE),
    "chat.getPermalink": _method(chat.permalink, "channel message_ts", rate=SPECIAL, is_form=True),
    "chat.startStream": _method(
        chat.start_stream,
        "channel thread_ts",
        "markdown_text chunks task_display_mode recipient_team_id recipient_user_id",
        rate=TIER_2,
        scopes=_WRITE,
    ),
    "chat.appendStream": _method(
        chat.append_stream, "channel ts", "markdown_text chunks", rate=TIER_4, scopes=_WRITE
    ),
    "chat.stopStream": _method(
        chat.stop_stream,
        "channel ts",
        "markdown_text chunks blocks metadata session_status",
        rate=TIER_2,
        scopes=_WRITE,
    ),
    "assistant.threads.setStatus": _method(
        surfaces.set_status,
        "channel_id thread_ts status",
        "loading_messages",
        rate=SPECIAL,
        scopes="assistant:write chat:write",
    ),
    "assistant.threads.setSuggestedPrompts": _method(
        surfaces.set_prompts, "channel_id prompts", "thread_ts title", scopes="assistant:write"
    ),
    "assistant.threads.setTitle": _method(
        surfaces.set_title, "channel_id thread_ts title", scopes="assistant:write"
    ),
    "views.open": _method(surfaces.open_view, "trigger_id view", rate=TIER_4),
    "views.push": _method(surfaces.push_view, "trigger_id view", rate=TIER_4),
    "views.update": _method(surfaces.update_view, "view", "view_id external_id hash", rate=TIER_4),
    "views.publish": _method(surfaces.publish_home, "user_id view", "hash", rate=TIER_4),
    "blocks.validate": _method(surfaces.validate_blocks, "", "blocks message view"),
    "users.info": _method(
        lookups.user_info,
        "user",
        "include_locale",
        rate=TIER_4,
        scopes="users:read",
        is_form=True,
    ),
    "users.list": _method(
        lookups.user_list,
        "",
        f"include_locale {_PAGE}",
        rate=TIER_2,
        scopes="users:read",
        is_form=True,
    ),
    "users.conversations": _method(
        lookups.user_conversations,
        "",
        f"user types exclude_archived {_PAGE}",
        scopes=_READ,
        is_form=True,
    ),
    "files.info": _method(
        lookups.file_info, "file", _PAGE, rate=TIER_4, scopes="files:read", is_form=True
    ),
    "conversations.open": _method(
        lookups.open_conversation, "users", "return_im", scopes="im:write"
    ),
    "conversations.info": _method(
        lookups.conversation_info,
        "channel",
        "include_locale include_num_members",
        scopes=_READ,
        is_form=True,
    ),
    "conversations.members": _method(
        lookups.conversation_members, "channel", _PAGE, rate=TIER_4, scopes=_READ, is_form=True
    ),
    "conversations.replies": _method(
        lookups.conversation_replies, "channel ts", _RANGE, scopes=_HISTORY, is_form=True
    ),
    "conversations.history": _method(
        lookups.conversation_history, "channel", _RANGE, scopes=_HISTORY, is_form=True
    ),
    "reactions.add": _method(
        lookups.add_reaction, "channel name timestamp", scopes="reactions:write"
    ),
    "reactions.remove": _method(
        lookups.remove_reaction, "channel name timestamp", rate=TIER_2, scopes="reactions:write"
    ),
    "usergroups.list": _method(
        lookups.usergroup_list,
        "",
        "include_users include_count include_disabled",
        rate=TIER_2,
        scopes="usergroups:read",
        is_form=True,
    ),
    "usergroups.users.list": _method(
        lookups.usergroup_users,
        "usergroup",
        "include_disabled",
        rate=TIER_2,
        scopes="usergroups:read",
        is_form=True,
    ),
}

ALL_SCOPES: frozenset[str] = frozenset(
    scope for method in METHODS.values() for scope in method.scopes
)


def problems(name: str, arguments: Mapping[str, object]) -> list[str]:
    """Name what is wrong with the arguments of a call; each begins with Slack's own error."""
    method = METHODS.get(name)
    if method is None:
        return [f"unknown_method: {name}"]
    found = [f"missing_argument: {key}" for key in sorted(method.required - arguments.keys())]
    known = method.required | method.optional | {"team_id", "token"}  # Bolt gives a team_id
    found += [f"unknown_argument: {key}" for key in sorted(arguments.keys() - known)]
    for key in _TS_ARGUMENTS:
        if key in arguments and not _TS.fullmatch(str(arguments[key])):
            found.append(f"invalid_{key}: {arguments[key]!r}")
    return found

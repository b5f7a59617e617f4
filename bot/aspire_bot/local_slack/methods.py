"""The methods of Slack's Web API that the local Slack knows, and what each takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aspire_bot.local_slack.limits import message_problems

BOT_TOKEN = "xoxb-local"  # noqa: S105  good on loopback only
APP_TOKEN = "xapp-local"  # noqa: S105  good on loopback only
BOT_USER = "UBOT"
TEAM = "T1"
_TS = re.compile(r"\d{10}\.\d{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The arguments of a method."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    token: str = BOT_TOKEN


METHODS: Mapping[str, Method] = {
    "auth.test": Method(),
    "apps.connections.open": Method(optional=frozenset({"app_token"}), token=APP_TOKEN),
    "chat.postMessage": Method(
        required=frozenset({"channel", "text"}),
        optional=frozenset({"blocks", "thread_ts", "unfurl_links", "unfurl_media"}),
    ),
    "assistant.threads.setStatus": Method(
        required=frozenset({"channel_id", "thread_ts", "status"}),
        optional=frozenset({"loading_messages"}),
    ),
}


def problems(name: str, arguments: Mapping[str, object], token: str) -> list[str]:
    """Name what is wrong with a call; nothing where Slack would take it."""
    method = METHODS.get(name)
    if method is None:
        return [f"unknown_method: {name}"]
    found = [f"missing_argument: {key}" for key in method.required - arguments.keys()]
    known = method.required | method.optional | {"team_id"}  # Bolt gives it with each call
    found += [f"unknown_argument: {key}" for key in arguments.keys() - known]
    if token != method.token:
        found.append(f"invalid_auth: {token!r}")
    thread_ts = arguments.get("thread_ts")
    if thread_ts is not None and not _TS.fullmatch(str(thread_ts)):
        found.append(f"invalid_thread_ts: {thread_ts!r}")
    if name == "chat.postMessage":
        found += message_problems(arguments.get("text"), arguments.get("blocks"))
    return found

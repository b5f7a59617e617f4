"""A call of the Web API from its arrival to its reply: checked, counted, handled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aspire_bot.local_slack.api.methods import APP_TOKEN, METHODS, Method, problems
from aspire_bot.local_slack.api.request import (
    MOST_RESPONSES,
    RESPONSES_FOR_S,
    Request,
    ResponseUrl,
    World,
)
from aspire_bot.local_slack.blocks.limits import message_problems
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import Json, RefusedError, flag, objects, unpacked
from aspire_bot.local_slack.workspace import BOT_ID, Workspace

_STRUCTURED = ("blocks", "chunks", "view", "metadata", "prompts", "loading_messages", "message")
_RESPONSE_KEYS = {
    *("text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"),
    *("unfurl_links", "unfurl_media", "metadata"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A call as it came in over HTTP."""

    method: str
    arguments: Mapping[str, object]
    token: str = ""
    is_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a call gets, whose workspace it was for, and what the reply's headers say."""

    content: Json
    team: str = ""
    arguments: Json = field(default_factory=dict[str, object])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def answer(world: World, arrived: Arrived) -> Answered:
    """Answer a call.

    Raises:
        RefusedError: what Slack would refuse.
    """
    name, token = arrived.method, arrived.token or str(arrived.arguments.get("token", ""))
    arguments = {
        key: unpacked(value) if key in _STRUCTURED else value
        for key, value in arrived.arguments.items()
    }
    if wrong := problems(name, arguments):
        raise RefusedError(wrong[0].partition(":")[0], "; ".join(wrong))
    method = METHODS[name]
    workspace = _whose(world, method, token)
    if method.is_form and arrived.is_json and arguments:
        raise RefusedError("invalid_arguments", f"{name} takes a form, no JSON")
    if method.scopes and not method.scopes & world.scopes:
        raise RefusedError("missing_scope", f"needed: {' or '.join(sorted(method.scopes))}")
    world.rates.take(name, method.rate, workspace.team)
    request = Request(
        method=name, arguments=arguments, world=world, workspace=workspace, token=token
    )
    content = method.handler(request)
    headers = {"x-oauth-scopes": ",".join(sorted(world.scopes))} if method.caller == "bot" else {}
    return Answered(
        content=content, team=workspace.team, arguments=arrived.arguments, headers=headers
    )


def _whose(world: World, method: Method, token: str) -> Workspace:
    first = next(iter(world.workspaces.values()))
    if method.caller == "anyone":
        return first
    if method.caller == "app":
        if token != APP_TOKEN:
            raise RefusedError("invalid_auth" if token else "not_authed", token)
        return first
    for workspace in world.workspaces.values():
        if token and token == workspace.bot_token:
            return workspace
    raise RefusedError("invalid_auth" if token else "not_authed", token)


def respond(world: World, key: str, given: Json) -> None:
    """Do what the bot asks for at a response URL.

    Raises:
        RefusedError: the address is used up or unknown, or the message is none Slack would take.
    """
    place = world.responses.get(key)
    if place is None:
        raise RefusedError("no_such_url", key)
    if place.uses >= MOST_RESPONSES:
        raise RefusedError("used_url", f"{key} was used {MOST_RESPONSES} times")
    if world.clock() - place.made_s > RESPONSES_FOR_S:
        raise RefusedError("expired_url", key, is_breach=False)
    if unknown := sorted(given.keys() - _RESPONSE_KEYS):
        raise RefusedError("unknown_argument", ", ".join(unknown))
    place.uses += 1
    if flag(given.get("delete_original")):
        if place.message is not None:
            place.workspace.delete(place.message)
        return
    show_response(place, given, place.workspace.new_ts())


def show_response(place: ResponseUrl, given: Json, ts: str) -> None:
    """Show what a response says, at `ts`: to the person alone, or to all where it says so."""
    if given.get("blocks") is None and given.get("text"):
        wrong = [] if len(str(given["text"])) < 12_000 else ["msg_too_long: text"]
    else:
        wrong = message_problems(given.get("text"), given.get("blocks"))
    if wrong:
        raise RefusedError(wrong[0].partition(":")[0], "; ".join(wrong))
    workspace = place.workspace
    text, blocks = str(given.get("text", "")), tuple(objects(given.get("blocks")))
    if flag(given.get("replace_original")) and place.message is not None:
        current = workspace.message(place.message.channel, place.message.ts)
        place.message = workspace.change(replace(current, text=text, blocks=blocks))
        return
    thread_ts = given.get("thread_ts")
    workspace.post(
        Message(
            team=workspace.team,
            channel=place.channel,
            ts=ts,
            user=workspace.bot_user,
            bot_id=BOT_ID,
            text=text,
            blocks=blocks,
            thread_ts=str(thread_ts) if thread_ts else None,
            ephemeral_to=None if given.get("response_type") == "in_channel" else place.user,
        )
    )

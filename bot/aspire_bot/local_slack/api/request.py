"""A call of the Web API as its handler sees it, and what all handlers share."""

import itertools
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from aspire_bot.local_slack.api.rates import Rates
from aspire_bot.local_slack.api.sign_ins import SignIns
from aspire_bot.local_slack.blocks.limits import MAX_MESSAGE_CHARS, message_problems
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import Json, RefusedError, as_object, objects
from aspire_bot.local_slack.workspace import BOT_ID, Workspace

MOST_RESPONSES = 5
RESPONSES_FOR_S = 1800.0
_numbers = itertools.count(1)


@dataclass(slots=True)
class ResponseUrl:
    """Where the bot may answer what one person did: five times in half an hour."""

    workspace: Workspace
    user: str
    channel: str
    made_s: float
    message: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class World:
    """What the workspaces share: the app that is installed in them."""

    client_id: str = "local-client"
    client_secret: str = "local-client-secret"  # noqa: S105  good on loopback only
    clock: Callable[[], float] = time.time
    rates: Rates = field(default_factory=Rates)
    stream_lifetime_s: float = 300.0
    url: str = ""
    """The base of the Web API."""
    socket_url: str = ""
    """Where `apps.connections.open` sends the bot."""
    workspaces: dict[str, Workspace] = field(default_factory=dict[str, Workspace])
    grants: dict[str, str] = field(default_factory=dict[str, str])
    """Teams by the codes that an installation hands out."""
    responses: dict[str, ResponseUrl] = field(default_factory=dict[str, ResponseUrl])
    scopes: frozenset[str] = frozenset()
    sign_ins: SignIns = field(default_factory=SignIns)

    def new_response_url(
        self, workspace: Workspace, user: str, channel: str, message: Message | None = None
    ) -> str:
        """Make an address at which the bot may answer a person."""
        key = f"{next(_numbers)}-{secrets.token_hex(6)}"
        self.responses[key] = ResponseUrl(
            workspace=workspace, user=user, channel=channel, made_s=self.clock(), message=message
        )
        return self.url.removesuffix("api/") + f"response/{key}"

    def file_url(self, workspace: Workspace, file_id: str, name: str) -> str:
        """Say where the bytes of a file are."""
        place = f"files-pri/{workspace.team}-{file_id}/{quote(name)}"
        return self.url.removesuffix("api/") + place

    def file_at(self, path: str, token: str) -> tuple[int, bytes]:
        """Give status and bytes for a file's path; without the workspace's token, the way in.

        As Slack does it: who may not read it is redirected to a page for signing in.
        """
        team, _, file_id = path.split("/")[2].partition("-") if path.count("/") > 2 else ("",) * 3
        workspace = self.workspaces.get(team)
        file = workspace.files.get(file_id) if workspace else None
        if workspace is None or file is None or file.mode != "hosted":
            return 404, b""
        if token != workspace.bot_token or "files:read" not in self.scopes:
            return 302, b""
        return 200, file.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A call whose name, arguments and token were found sound."""

    method: str
    arguments: Json
    world: World
    workspace: Workspace
    token: str = ""

    def text(self, name: str, default: str = "") -> str:
        """An argument as a string."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def refuse(self, problems: Sequence[str]) -> None:
        """Raise the first problem as Slack's error, all of them as its detail."""
        if problems:
            raise RefusedError(problems[0].partition(":")[0], "; ".join(problems))


Handler = Callable[[Request], dict[str, object]]


def written(request: Request, *, max_text: int = 40_000) -> tuple[str, tuple[Json, ...]]:
    """The text and blocks of a message that the bot writes.

    A text is always asked for: it is what notifications and screen readers have.
    """
    text, blocks = request.text("text"), request.arguments.get("blocks")
    problems: list[str] = []
    if blocks is not None:
        problems = message_problems(text, blocks)
    elif not text:
        problems = ["no_text: neither text nor blocks"]
    elif len(text) >= MAX_MESSAGE_CHARS:
        problems = [f"msg_too_long: {len(text)} characters"]
    if len(text) > max_text:
        problems.append(f"msg_too_long: text of {len(text)} characters")
    metadata = request.arguments.get("metadata")
    if metadata is not None and not _is_metadata(metadata):
        problems.append("invalid_metadata_format: needs event_type and event_payload")
    request.refuse(problems)
    return text, tuple(objects(blocks))


def _is_metadata(value: object) -> bool:
    found = as_object(value)
    return (
        found is not None
        and isinstance(found.get("event_type"), str)
        and as_object(found.get("event_payload")) is not None
        and found.keys() <= {"event_type", "event_payload"}
    )


def place(request: Request, name: str = "channel") -> str:
    """The channel the bot writes in; it must be a member and the channel alive."""
    channel = request.workspace.channel(request.text(name))
    if channel.is_archived:
        raise RefusedError("is_archived", channel.channel_id)
    if request.workspace.bot_user not in channel.members:
        raise RefusedError("not_in_channel", channel.channel_id)
    return channel.channel_id


def thread_of(request: Request, channel: str) -> str | None:
    """The thread the bot writes in, which must begin at a known message that is no reply."""
    thread_ts = request.arguments.get("thread_ts")
    if thread_ts is None:
        return None
    workspace, ts = request.workspace, str(thread_ts)
    root = workspace.find(channel, ts)
    if root is None and not workspace.was_deleted(channel, ts):
        raise RefusedError("thread_not_found", f"{channel} {ts}")
    if root is not None and (root.ephemeral_to or root.thread != ts):
        raise RefusedError("cannot_reply_to_message", f"{ts} is no first message of a thread")
    return ts


def from_bot(request: Request, channel: str) -> Message:
    """A blank message of the bot's, now."""
    workspace = request.workspace
    return Message(
        team=workspace.team,
        channel=channel,
        ts=workspace.new_ts(),
        user=workspace.bot_user,
        bot_id=BOT_ID,
    )


def own_message(request: Request, name: str = "ts") -> Message:
    """The message of the bot's that a call names."""
    channel = request.workspace.channel(request.text("channel")).channel_id
    message = request.workspace.message(channel, request.text(name))
    if message.user != request.workspace.bot_user:
        raise RefusedError("cant_update_message", f"{message.ts} is {message.user}'s")
    if message.ephemeral_to:
        raise RefusedError("message_not_found", f"{message.ts} is ephemeral")
    return message


def settle(request: Request, message: Message) -> Message:
    """End the stream into a message where its time is over; give the message as it is then."""
    stream = request.workspace.streams.get((message.channel, message.ts))
    if stream is None or stream.state != "streaming":
        return message
    if request.world.clock() - stream.started_s < request.world.stream_lifetime_s:
        return message
    stream.state = "expired"
    return request.workspace.change(replace(message, streaming_state="completed"))

"""What arrives from Slack's Events API, checked, and what a person meant by it."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aspire_bot.answering.types import Place
from aspire_bot.slack.listeners.forwarded_messages import Attachment, with_forwarded
from aspire_bot.slack.listeners.payloads import SharedFile

# <@U1>, <@U1|name>, <#C1|name>, <!subteam^S1|@staff>, <!channel>, <https://x|label>
_CONTROL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
# Slack puts these on what a person wrote; every other subtype is news about the channel.
_PERSONS_SUBTYPES = {None, "thread_broadcast", "file_share", "me_message"}


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Edited(_Payload):
    ts: str = ""


class _Message(_Payload):
    """A message as it stands inside events about it."""

    ts: str = ""
    thread_ts: str | None = None
    text: str = ""
    user: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    edited: _Edited | None = None
    files: tuple[SharedFile, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def whole_text(self) -> str:
        """The message's own words and those it forwards, as mrkdwn."""
        return with_forwarded(self.text, self.attachments)


class _MessageEvent(_Message):
    type: Literal["message", "app_mention"]
    channel: str
    channel_type: str | None = None
    message: _Message | None = None
    previous_message: _Message | None = None


class _HomeEvent(_Payload):
    type: Literal["app_home_opened"]
    user: str
    channel: str = ""
    tab: str = "home"


class _JoinedEvent(_Payload):
    type: Literal["member_joined_channel"]
    user: str
    channel: str


class _User(_Payload):
    id: str
    is_bot: bool = False


class _TeamEvent(_Payload):
    type: Literal["team_join"]
    user: _User


class EventBody(_Payload):
    """The envelope of the Events API, as far as we read it."""

    event_id: str
    team_id: str = ""
    is_ext_shared_channel: bool = False
    event: Annotated[
        _MessageEvent | _HomeEvent | _JoinedEvent | _TeamEvent, Field(discriminator="type")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMessage:
    """A message of a person. `text` is what its author saw; empty for a bare mention.

    `thread_ts` is the `ts` of the message that began the thread: its own, where it begins one.
    """

    team: str
    channel: str
    ts: str
    thread_ts: str
    user: str
    text: str
    is_mention: bool = False
    is_direct: bool = False
    is_external: bool = False
    """Whether people of other organisations read the channel (Slack Connect)."""
    files: tuple[SharedFile, ...] = ()

    @property
    def begins_thread(self) -> bool:
        """Whether the message stands in the channel itself."""
        return self.ts == self.thread_ts

    @property
    def place(self) -> Place:
        """Where the message stands, as the answering core distinguishes it."""
        if self.is_direct:
            return "dm"
        return "channel" if self.begins_thread else "thread"

    @property
    def said_at(self) -> datetime | None:
        """When it was said, in UTC; None where its `ts` is no time."""
        try:
            return datetime.fromtimestamp(float(self.ts), UTC)
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A person changed a message's words."""

    said: PersonMessage
    edited_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A message went away."""

    team: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHome:
    """A person looks at the app: its Home, or the conversation with it (`messages`)."""

    team: str
    user: str
    channel: str
    tab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A person came into a channel the bot is in; no `channel` where into the workspace."""

    team: str
    user: str
    channel: str = ""


SlackEvent = PersonMessage | Edited | Deleted | OpenedHome | Joined


def read_event(body: object, *, bot_user_id: str | None) -> SlackEvent | None:
    """Read an event body; None for what does not concern the bot.

    Left out are what bots wrote, notices of the channel, and the `message` twin that Slack sends
    beside each mention in a channel; in a group conversation it sends that one alone.

    Raises:
        pydantic.ValidationError: the body is not that of an event we know.
    """
    envelope = EventBody.model_validate(body)
    event = envelope.event
    team = envelope.team_id
    if isinstance(event, _HomeEvent):
        return OpenedHome(team=team, user=event.user, channel=event.channel, tab=event.tab)
    if isinstance(event, _JoinedEvent):
        is_bot = event.user == bot_user_id
        return None if is_bot else Joined(team=team, user=event.user, channel=event.channel)
    if isinstance(event, _TeamEvent):
        return None if event.user.is_bot else Joined(team=team, user=event.user.id)
    if event.subtype == "message_deleted":
        gone = event.previous_message.ts if event.previous_message else ""
        return Deleted(team=team, channel=event.channel, ts=gone) if gone else None
    if event.subtype == "message_changed":
        return _read_change(envelope, event, bot_user_id)
    return _read_message(envelope, event, event, bot_user_id)


def _read_change(
    envelope: EventBody, event: _MessageEvent, bot_user_id: str | None
) -> SlackEvent | None:
    """Slack also reports a change when it unfolds a link: only new words count.

    A message that has replies is not deleted but changed into a tombstone.
    """
    now, before = event.message, event.previous_message
    if now is not None and now.subtype == "tombstone":
        return Deleted(team=envelope.team_id, channel=event.channel, ts=now.ts)
    if now is None or now.edited is None or (before is not None and before.text == now.text):
        return None
    said = _read_message(envelope, event, now, bot_user_id, is_change=True)
    return Edited(said=said, edited_ts=now.edited.ts) if said else None


def _read_message(
    envelope: EventBody,
    event: _MessageEvent,
    message: _Message,
    bot_user_id: str | None,
    *,
    is_change: bool = False,
) -> PersonMessage | None:
    user = message.user
    if message.subtype not in _PERSONS_SUBTYPES or message.bot_id:
        return None
    if user is None or user == bot_user_id or not message.ts:
        return None
    is_direct = event.channel_type == "im" or event.channel.startswith("D")
    is_mention = bool(bot_user_id) and f"<@{bot_user_id}" in message.text
    # Elsewhere no twin is promised; should one come, the inbox knows the message already.
    is_usual = event.channel_type != "mpim" and message.subtype != "me_message"
    has_twin = is_usual and not is_direct
    if event.type == "message" and is_mention and has_twin and not is_change:
        return None
    return PersonMessage(
        team=envelope.team_id,
        channel=event.channel,
        ts=message.ts,
        thread_ts=message.thread_ts or message.ts,
        user=user,
        text=plain_text(message.whole_text, bot_user_id=bot_user_id),
        is_mention=event.type == "app_mention" or is_mention,
        is_direct=is_direct,
        is_external=envelope.is_ext_shared_channel,
        files=message.files,
    )


def text_in(body: object) -> str:
    """Give what the message of an event body says, as mrkdwn; empty where there is none."""
    try:
        event = EventBody.model_validate(body).event
    except ValidationError:
        return ""
    return event.whole_text if isinstance(event, _MessageEvent) else ""


def plain_text(mrkdwn: str, *, bot_user_id: str | None) -> str:
    """Turn a message as Slack sends it into what its author saw, without mentions of the bot."""

    def plain(found: re.Match[str]) -> str:
        kind, target, label = found.groups()
        if kind == "@":
            return "" if target == bot_user_id else f"@{label or target}"
        if kind == "#":
            return f"#{label or target}"
        if kind == "!":
            return label or f"@{target.partition('^')[0]}"
        return label or target

    return html.unescape(_CONTROL.sub(plain, mrkdwn)).strip()

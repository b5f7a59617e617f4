"""What arrives from Slack, checked, and what a person meant by it."""

import html
import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

# <@U1>, <@U1|name>, <#C1|name>, <!subteam^S1|@staff>, <!channel>, <https://x|label>
_CONTROL = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


class MessageEvent(BaseModel):
    """A `message` or `app_mention` event, as far as we read it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: Literal["message", "app_mention"]
    channel: str
    ts: str
    thread_ts: str | None = None
    channel_type: str | None = None
    text: str = ""
    user: str | None = None
    bot_id: str | None = None
    subtype: str | None = None


class EventBody(BaseModel):
    """The envelope of the Events API, as far as we read it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: str
    team_id: str = ""
    event: MessageEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKey:
    """One thread of a workspace; `thread_ts` is the `ts` of the message that began it."""

    team: str
    channel: str
    thread_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message that a person addressed to the bot. `text` is empty for a bare mention."""

    event_id: str
    ts: str
    thread: ThreadKey
    text: str


def read_incoming(body: object, *, bot_user_id: str | None) -> Incoming | None:
    """Read an event body; None for what is not a person speaking to the bot.

    Addressed to the bot are mentions, and messages in a direct conversation. Left out are what
    bots wrote, edits, joins and all else with a subtype, and the `message` twin that Slack sends
    beside each mention in a channel.

    Raises:
        pydantic.ValidationError: the body is not that of a message or mention.
    """
    envelope = EventBody.model_validate(body)
    event = envelope.event
    if event.subtype or event.bot_id or event.user in {None, bot_user_id}:
        return None
    if event.type == "message" and event.channel_type != "im":
        return None
    thread = ThreadKey(
        team=envelope.team_id, channel=event.channel, thread_ts=event.thread_ts or event.ts
    )
    text = plain_text(event.text, bot_user_id=bot_user_id)
    return Incoming(event_id=envelope.event_id, ts=event.ts, thread=thread, text=text)


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

"""Events as Slack sends them: their bodies, and their delivery over signed HTTP."""

import http.client
import itertools
import json
import time
from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier

from aspire_bot.local_slack.model import Channel, Message
from aspire_bot.local_slack.workspace import BOT_USER, TEAM, Workspace

SIGNING_SECRET = "local-signing-secret"  # noqa: S105  good on loopback only
EVENTS_PATH = "/slack/events"
_numbers = itertools.count(1)


def event_body(
    event: Mapping[str, object],
    *,
    event_id: str | None = None,
    team: str = TEAM,
    bot_user: str = BOT_USER,
) -> dict[str, object]:
    """Wrap an event in the envelope of the Events API."""
    return {
        "type": "event_callback",
        "team_id": team,
        "api_app_id": "A1",
        "event_id": event_id or f"Ev{next(_numbers):06d}",
        "event_time": 1_750_000_000,
        "authorizations": [
            {
                "team_id": team,
                "user_id": bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event": event,
    }


def message(text: str, **fields: object) -> dict[str, object]:
    """Make the event of a person's message in a public channel; `fields` replace its own."""
    event: dict[str, object] = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "text": text,
        "ts": f"1750000000.{next(_numbers):06d}",
    }
    return {**event, **fields}


def mention(question: str, **fields: object) -> dict[str, object]:
    """Make the event of a person who mentions the bot before a question."""
    event = message(f"<@{BOT_USER}> {question}", type="app_mention", **fields)
    del event["channel_type"]
    return event


def direct_message(text: str, **fields: object) -> dict[str, object]:
    """Make the event of a person's direct message to the bot."""
    return message(text, channel="D1", channel_type="im", **fields)


def said_event(channel: Channel, said: Message) -> dict[str, object]:
    """The `message` event of a message that was just posted."""
    return {
        **said.as_json(),
        "channel": channel.channel_id,
        "channel_type": channel.event_kind,
        "event_ts": said.ts,
    }


def mention_event(channel: Channel, said: Message) -> dict[str, object]:
    """The `app_mention` twin of a message that names the bot; it has no channel type."""
    event = {**said_event(channel, said), "type": "app_mention"}
    del event["channel_type"]
    return event


def changed_event(
    workspace: Workspace, channel: Channel, now: Message, before: Message
) -> dict[str, object]:
    """The event of a message that was edited, or became a tombstone."""
    return {
        **_hidden(workspace, channel, "message_changed"),
        "message": now.as_json(),
        "previous_message": before.as_json(),
    }


def deleted_event(workspace: Workspace, channel: Channel, gone: Message) -> dict[str, object]:
    """The event of a message that was deleted and left nothing."""
    return {
        **_hidden(workspace, channel, "message_deleted"),
        "deleted_ts": gone.ts,
        "previous_message": gone.as_json(),
    }


def _hidden(workspace: Workspace, channel: Channel, subtype: str) -> dict[str, object]:
    ts = workspace.new_ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.channel_id,
        "channel_type": channel.event_kind,
        "ts": ts,
        "event_ts": ts,
    }


def deliver(port: int, body: object, **headers: str) -> int:
    """Send a body to the bot, signed now unless `headers` say otherwise; return the status."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return request(port, "POST", EVENTS_PATH, raw, {**signed_headers(raw), **headers})[0]


def signed_headers(raw: bytes, *, at: float | None = None) -> dict[str, str]:
    """Sign a body as Slack does."""
    stamp = str(int(time.time() if at is None else at))
    verifier = SignatureVerifier(SIGNING_SECRET)
    signature = verifier.generate_signature(timestamp=stamp, body=raw) or ""
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }


def request(
    port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Send one HTTP request to loopback; return status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()

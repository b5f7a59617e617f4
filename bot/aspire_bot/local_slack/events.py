"""Events as Slack sends them: their bodies, and how they are signed."""

import itertools
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

"""Events as Slack sends them: their bodies, and their delivery over signed HTTP."""

import http.client
import itertools
import json
import time
from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier

from aspire_bot.local_slack.methods import BOT_USER, TEAM

SIGNING_SECRET = "local-signing-secret"  # noqa: S105  known to nobody but these tests
_numbers = itertools.count(1)


def event_body(event: Mapping[str, object], *, event_id: str | None = None) -> dict[str, object]:
    """Wrap an event in the envelope of the Events API."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event_id": event_id or f"Ev{next(_numbers):06d}",
        "event_time": 1_750_000_000,
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
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


def deliver(port: int, body: object, **headers: str) -> int:
    """Send a body to the bot, signed now unless `headers` say otherwise; return the status."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return request(port, "POST", "/slack/events", raw, {**signed_headers(raw), **headers})[0]


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

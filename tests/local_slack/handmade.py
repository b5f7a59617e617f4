"""Events made by hand, and the HTTP requests that bring them to the bot: for tests."""

import http.client
import itertools
import json
from collections.abc import Mapping

from tests.local_slack.server import LocalSlack

from aspire_bot.local_slack.events import EVENTS_PATH, signed_headers
from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.workspace import BOT_USER, Workspace

_numbers = itertools.count(1)


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


def admit(
    slack: LocalSlack, event: Mapping[str, object], workspace: Workspace | None = None
) -> None:
    """Let the message of a hand-made event be there, as it is before Slack tells of it."""
    here = workspace or slack.workspace
    channel, ts, user = (str(event.get(key, "")) for key in ("channel", "ts", "user"))
    if not (channel and ts and user) or event.get("subtype"):
        return
    thread_ts = str(event["thread_ts"]) if event.get("thread_ts") else None
    with slack.held():
        for each in (thread_ts, ts):
            if each and here.find(channel, each) is None:
                here.post(
                    Message(
                        team=here.team,
                        channel=channel,
                        ts=each,
                        user=user,
                        text=str(event.get("text", "")),
                        thread_ts=thread_ts if each == ts != thread_ts else None,
                    )
                )


def deliver(port: int, body: object, **headers: str) -> int:
    """Send a body to the bot, signed now unless `headers` say otherwise; return the status."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return request(port, "POST", EVENTS_PATH, raw, {**signed_headers(raw), **headers})[0]


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

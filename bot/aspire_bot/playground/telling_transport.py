"""What passes between Slack and the bot, told to the page as it passes."""

from dataclasses import dataclass

from aspire_bot.local_slack.courier import Attempt, Kind, Retry, Transport
from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.local_slack.wire import Json, as_object, objects

TOLD = "bot_told"
"""The kind of change by which the feed says that the bot was told something."""

_SCOPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class TellingTransport:
    """Delivers over another transport and says in the feed how long the bot took."""

    transport: Transport
    slack: LocalSlack

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        """See `Transport`."""
        attempt = self.transport.send(kind, body, retry=retry, deadline_s=deadline_s)
        told: dict[str, object] = {
            "what": what_of(kind, body),
            "ms": round(attempt.seconds * 1000),
            "is_acknowledged": attempt.is_acknowledged,
            "retry": retry.number if retry else 0,
        }
        self.slack.feed.publish(TOLD, team=self.slack.workspace.team, data=told)
        return attempt


def what_of(kind: Kind, body: Json) -> str:
    """Name what the bot is told, as Slack's documentation does."""
    if kind == "slash_commands":
        return str(body.get("command"))
    if kind == "events_api":
        event = as_object(body.get("event")) or {}
        scope = _SCOPES.get(str(event.get("channel_type"))) or event.get("tab")
        parts = (event.get("type"), scope)
        return ".".join(str(part) for part in (*parts, event.get("subtype")) if part)
    action = next(iter(objects(body.get("actions"))), dict[str, object]())
    view = as_object(body.get("view")) or {}
    name = action.get("action_id") or body.get("callback_id") or view.get("callback_id")
    return f"{body.get('type')} {name or ''}".strip()

"""A message inside a message: how Slack writes one that was forwarded or quoted by its address."""

from datetime import UTC, datetime

from aspire_bot.local_slack.model import Message
from aspire_bot.local_slack.wire import Json
from aspire_bot.local_slack.workspace import Workspace


def forwarded_attachment(workspace: Workspace, message: Message) -> Json:
    """Write a message as the attachment of the one that forwards it."""
    author = workspace.user(message.user)
    name = author.real_name or author.name
    at = datetime.fromtimestamp(float(message.ts), UTC)
    address = f"https://{workspace.domain}.slack.com/archives/{message.channel}"
    stamp = f"{at:%B} {at.day}, {at.year} {at.hour % 12 or 12}:{at:%M %p}"
    return {
        "id": 1,
        "ts": message.ts,
        "author_id": message.user,
        "author_name": name,
        "author_subname": author.name,
        "channel_id": message.channel,
        "channel_team": workspace.team,
        "color": "D0D0D0",
        "from_url": f"{address}/p{message.ts.replace('.', '')}",
        "is_msg_unfurl": True,
        "is_share": True,
        "mrkdwn_in": ["text"],
        "text": message.text,
        "fallback": f"[{stamp}] {author.name}: {message.text}",
        "message_blocks": [{"team": workspace.team, "channel": message.channel, "ts": message.ts}],
        "files": [file.as_json() for file in message.files],
    }

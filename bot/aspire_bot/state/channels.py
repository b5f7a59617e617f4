"""How each channel wants the bot."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import channels
from aspire_ingest.index import Audience

Mode = Literal["mention", "follow", "auto", "draft"]
ChannelLanguage = Literal["auto", "en", "ja"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPolicy:
    """When the bot speaks in a channel, from which documents, and in which language.

    `mention` answers mentions alone, `follow` also what comes later in a thread it answered,
    `auto` any question. `draft` takes what `follow` takes; staff see each answer before the asker.
    """

    mode: Mode = "follow"
    audience: Audience = "public"
    language: ChannelLanguage = "auto"


class Channels:
    """What staff have set."""

    def __init__(self, database: Database) -> None:
        """Keep it in `database`."""
        self._database = database

    def policy(self, team: str, channel: str) -> ChannelPolicy | None:
        """Give what was set for a channel; None where nothing was."""
        wanted = select(channels).where(channels.c.team == team, channels.c.channel == channel)
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _policy(row)

    def set(self, team: str, channel: str, policy: ChannelPolicy, by: str) -> None:
        """Set a channel's policy on behalf of a user."""
        row = {
            "team": team,
            "channel": channel,
            "mode": policy.mode,
            "audience": policy.audience,
            "language": policy.language,
            "set_by": by,
            "set_at": self._database.now(),
        }
        with self._database.write() as connection:
            connection.execute(self._database.upsert(channels, ("team", "channel"), row))


def _policy(row: Row[Any]) -> ChannelPolicy:
    return ChannelPolicy(mode=row.mode, audience=row.audience, language=row.language)

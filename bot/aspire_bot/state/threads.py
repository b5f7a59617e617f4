"""What was said in each thread: a bot token may not read the replies of a channel's thread."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select

from aspire_bot.answering.types import Turn
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import turns
from aspire_ingest.index import Audience

_LAST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKey:
    """One thread of a workspace; `thread_ts` is the `ts` of the message that began it."""

    team: str
    channel: str
    thread_ts: str


class Threads:
    """The questions and answers of each thread."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def turns(self, thread: ThreadKey, *, audience: Audience) -> tuple[Turn, ...]:
        """Give the last twelve turns, oldest first.

        For the public only what was said for the public: an answer from documents for staff must
        not come back through a thread's history.
        """
        wanted = select(turns.c.role, turns.c.text).where(_is_in(thread))
        if audience != "staff":
            wanted = wanted.where(turns.c.audience == "public")
        latest = wanted.order_by(turns.c.turn_id.desc()).limit(_LAST)
        with self._database.read() as connection:
            rows = connection.execute(latest).all()
        return tuple(Turn(role=row.role, text=row.text) for row in reversed(rows))

    def remember(
        self, thread: ThreadKey, *said: Turn, audience: Audience, user: str, source_key: str
    ) -> None:
        """Add what was said last, on behalf of `user`.

        `source_key` names what it came from: what is known under it already is left as it is.
        """
        now = self._database.now()
        with self._database.write() as connection:
            for position, turn in enumerate(said):
                row = self._database.insert_new(turns).values(
                    team=thread.team,
                    channel=thread.channel,
                    thread_ts=thread.thread_ts,
                    source_key=source_key,
                    position=position,
                    audience=audience,
                    user=user,
                    role=turn.role,
                    text=turn.text,
                    said_at=now,
                )
                if connection.execute(row.returning(turns.c.turn_id)).first() is None:
                    return

    def is_known(self, thread: ThreadKey) -> bool:
        """Tell whether the bot has spoken there, as far as it remembers."""
        with self._database.read() as connection:
            found = connection.execute(select(turns.c.turn_id).where(_is_in(thread)).limit(1))
            return found.first() is not None

    def forget_answer(self, thread: ThreadKey, source_key: str) -> int:
        """Remove the turns of one source: its answer was deleted. Returns how many there were."""
        with self._database.write() as connection:
            gone = delete(turns).where(_is_in(thread), turns.c.source_key == source_key)
            return connection.execute(gone).rowcount


def _is_in(thread: ThreadKey) -> ColumnElement[bool]:
    return and_(
        turns.c.team == thread.team,
        turns.c.channel == thread.channel,
        turns.c.thread_ts == thread.thread_ts,
    )

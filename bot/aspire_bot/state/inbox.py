"""What arrived from Slack and is to be worked off: each once, in order, surviving a crash."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from aspire_bot.state.arrivals import (
    Arrival,
    ArrivalKind,
    Finished,
    InboxCounts,
    Job,
    Withdrawal,
)
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import inbox
from aspire_bot.state.inbox_rows import (
    STARTABLE,
    WAITING,
    ended,
    gone_row,
    is_held,
    is_unfinished,
    is_working,
    job_of,
    new_row,
)

__all__ = ["Arrival", "ArrivalKind", "Finished", "Inbox", "InboxCounts", "Job", "Withdrawal"]

_DEDUP_DAYS = 3  # Slack repeats a delivery for hours, not days
LOCK = "inbox"


class Inbox:
    """The queue. A claimed job is the owner's for `lease_s` seconds, or until it renews."""

    def __init__(self, database: Database, *, lease_s: float = 60) -> None:
        """Keep it in `database`; processes may share it."""
        self._database = database
        self._lease = timedelta(seconds=lease_s)
        self.lease_s = lease_s

    def put(self, arrival: Arrival, *, once_per_message: bool = True) -> int | None:
        """Keep an arrival; None where its key is known, or its message.

        Its message is known where one with the same (team, channel, message_ts) came in before.
        Pass `once_per_message=False` for what may come repeatedly for one message, as clicks do.
        """
        row = new_row(arrival, self._database.now(), once_per_message=once_per_message)
        # Under the lock ids follow the order of commits: a later job is never seen first.
        with self._database.write(lock=LOCK) as connection:
            kept = self._database.insert_new(inbox).values(**row).returning(inbox.c.job_id)
            return connection.execute(kept).scalar_one_or_none()

    def claim(self, owner: str) -> Job | None:
        """Take the oldest job that may start; no two claims ever hold the same.

        It may start when its delay has passed and no earlier job of its thread is unfinished.
        Jobs whose lease ran out may start again.
        """
        now = self._database.now()
        with self._database.read() as connection:  # idle pollers keep no writer waiting
            if connection.execute(STARTABLE, {"now": now}).first() is None:
                return None
        with self._database.write(lock=LOCK) as connection:
            job_id = connection.execute(STARTABLE, {"now": now}).scalar_one_or_none()
            if job_id is None:
                return None
            taken = (
                update(inbox)
                .where(inbox.c.job_id == job_id)
                .values(
                    state="working",
                    owner=owner,
                    lease_until=now + self._lease,
                    attempts=inbox.c.attempts + 1,
                )
                .returning(*inbox.c)
            )
            return job_of(connection.execute(taken).one())

    def renew(self, owner: str) -> None:
        """Prolong the leases of the owner's jobs."""
        until = self._database.now() + self._lease
        self._update(and_(inbox.c.owner == owner, is_working()), lease_until=until)

    def holds(self, job_id: int, owner: str) -> bool:
        """Tell whether the job is still the owner's: a lease may have run out and been taken."""
        with self._database.read() as connection:
            mine = and_(inbox.c.job_id == job_id, inbox.c.owner == owner, is_working())
            return connection.execute(select(inbox.c.job_id).where(mine)).first() is not None

    def note_placeholder(self, job_id: int, ts: str, *, is_stream: bool) -> None:
        """Keep which message the answer goes into, and whether it is a live stream."""
        self._update(inbox.c.job_id == job_id, placeholder_ts=ts, is_stream=is_stream)

    def note_outcome(self, job_id: int, outcome: Mapping[str, object]) -> None:
        """Keep what is to be delivered, so that a retry delivers the same."""
        self._update(is_unfinished(job_id), outcome=dict(outcome))

    def finish(self, job_id: int, state: Finished) -> None:
        """End a job. Its keys stay, for duplicates; what it held of a person goes at once."""
        self._update(is_unfinished(job_id), **ended(self._database.now(), state))

    def retry_later(self, job_id: int, delay_s: float) -> None:
        """Let the job be claimed again after a delay; the rest of its thread waits for it."""
        at = self._database.now() + timedelta(seconds=delay_s)
        self._update(is_unfinished(job_id), **WAITING, not_before=at)

    def postpone(self, job_id: int, delay_s: float) -> None:
        """Put a job back that could not be begun yet: that was no attempt."""
        later = self._database.now() + timedelta(seconds=delay_s)
        back = {**WAITING, "attempts": inbox.c.attempts - 1, "not_before": later}
        self._update(is_unfinished(job_id), **back)

    def hold(self, job_id: int, owner: str) -> bool:
        """Take a waiting job for a moment, to tell its asker something; `postpone` gives it back.

        False where it is worked on, or done, already.
        """
        now = self._database.now()
        free = and_(is_unfinished(job_id), ~is_held(now))
        held = {
            "state": "working",
            "owner": owner,
            "lease_until": now + self._lease,
            "attempts": inbox.c.attempts + 1,
        }
        with self._database.write(lock=LOCK) as connection:
            return connection.execute(update(inbox).where(free).values(**held)).rowcount == 1

    def knows(self, team: str, channel: str, message_ts: str) -> bool:
        """Tell whether a message came in as something to work on."""
        of_message = and_(
            inbox.c.team == team, inbox.c.channel == channel, inbox.c.message_key == message_ts
        )
        with self._database.read() as connection:
            return connection.execute(select(inbox.c.job_id).where(of_message)).first() is not None

    def withdraw(self, team: str, channel: str, message_ts: str, reason: Withdrawal) -> Job | None:
        """Mark the unfinished job about a message that was deleted or edited; None if none.

        A deletion is not undone by an edit, nor by the message's own event, should it come later.
        """
        if not message_ts:
            return None
        about = and_(
            inbox.c.team == team,
            inbox.c.channel == channel,
            inbox.c.message_ts == message_ts,
            inbox.c.finished_at.is_(None),
        )
        latest = select(func.max(inbox.c.job_id)).where(about)
        with self._database.write(lock=LOCK) as connection:
            row = connection.execute(select(inbox).where(inbox.c.job_id.in_(latest))).one_or_none()
            if row is None:
                if reason == "deleted":
                    gone = gone_row(team, channel, message_ts, self._database.now())
                    connection.execute(self._database.insert_new(inbox).values(**gone))
                return None
            if row.withdrawn != "deleted":
                marked = update(inbox).where(inbox.c.job_id == row.job_id)
                connection.execute(marked.values(withdrawn=reason))
            return job_of(row)

    def withdrawn(self, job_id: int) -> Withdrawal | None:
        """Say whether the message of a job is gone or another by now."""
        with self._database.read() as connection:
            wanted = select(inbox.c.withdrawn).where(inbox.c.job_id == job_id)
            return connection.execute(wanted).scalar_one_or_none()

    def counts(self) -> InboxCounts:
        """Count what is unfinished."""
        working = is_held(self._database.now())
        counted = select(func.count(), func.count().filter(working))
        with self._database.read() as connection:
            row = connection.execute(counted.where(inbox.c.finished_at.is_(None))).one()
        return InboxCounts(waiting=row[0] - row[1], working=row[1])

    def position(self, job_id: int) -> int:
        """Say how many waiting jobs there are up to this one: 1 is next, 0 waits no more."""
        waiting = and_(inbox.c.finished_at.is_(None), ~is_held(self._database.now()))
        ids = select(inbox.c.job_id).where(waiting, inbox.c.job_id <= job_id)
        with self._database.read() as connection:
            found = connection.execute(ids).scalars().all()
        return len(found) if job_id in found else 0

    def unnoticed(self, *, older_than_s: float, limit: int) -> list[Job]:
        """Give the oldest waiting jobs whose asker has seen nothing yet."""
        now = self._database.now()
        wanted = (
            select(inbox)
            .where(
                inbox.c.finished_at.is_(None),
                inbox.c.placeholder_ts.is_(None),
                inbox.c.received_at <= now - timedelta(seconds=older_than_s),
                ~is_held(now),
            )
            .order_by(inbox.c.job_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [job_of(row) for row in connection.execute(wanted)]

    def release(self, owner: str) -> None:
        """Give the owner's jobs back, at a clean stop: that was no failed attempt."""
        mine = and_(inbox.c.owner == owner, is_working())
        self._update(mine, **WAITING, attempts=inbox.c.attempts - 1)

    def purge(self, before: datetime) -> int:
        """Remove what was finished before; keys are kept for three days in any case."""
        limit = min(before, self._database.now() - timedelta(days=_DEDUP_DAYS))
        with self._database.write(lock=LOCK) as connection:
            return connection.execute(inbox.delete().where(inbox.c.finished_at < limit)).rowcount

    def _update(self, where: ColumnElement[bool], **values: object) -> None:
        with self._database.write(lock=LOCK) as connection:
            connection.execute(update(inbox).where(where).values(**values))

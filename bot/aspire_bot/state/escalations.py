"""Questions that were handed to staff, and what staff replied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, func, literal, or_, select, update

from aspire_bot.state.answers import PostedAnswer, new_id
from aspire_bot.state.database.columns import UtcTime
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import escalations, replies
from aspire_bot.state.sources import CitedSource, write_sources
from aspire_bot.state.threads import ThreadKey

EscalationStatus = Literal["open", "answered", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A question on its way through staff; the reply goes to (channel, thread_ts).

    `staff_ts` is the message in the staff channel, None until it is posted.
    """

    escalation_id: str
    answer_id: str
    team: str
    channel: str
    thread_ts: str
    asker: str
    question: str
    language: str
    staff_channel: str
    opened_at: datetime
    sources: tuple[CitedSource, ...] = ()
    permalink: str = ""
    staff_ts: str | None = None
    status: EscalationStatus = "open"
    owner: str | None = None
    """Who of staff has taken it."""
    reminder_ts: str | None = None
    """The latest message that reminded staff of it."""
    reminded_at: datetime | None = None
    remind_at: datetime | None = None
    """When staff want to be reminded; until then they are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a member of staff said; `delivered_at` is None until the asker has it."""

    reply_id: int
    escalation_id: str
    user: str
    text: str
    source_key: str
    said_at: datetime
    delivered_at: datetime | None = None


_ESCALATION = TypeAdapter(Escalation)
_REPLY = TypeAdapter(Reply)


class Escalations:
    """One for each answer at most."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def open_for(
        self,
        answer: PostedAnswer,
        asker: str,
        *,
        staff_channel: str,
        permalink: str = "",
        thread: ThreadKey | None = None,
    ) -> tuple[Escalation, bool]:
        """Give the escalation of an answer, and whether it is a new one.

        Staff's reply is to go to `thread`, or where that is None to the answer's own.
        """
        row = {
            "escalation_id": new_id(),
            "answer_id": answer.answer_id,
            "team": thread.team if thread else answer.team,
            "channel": thread.channel if thread else answer.channel,
            "thread_ts": thread.thread_ts if thread else answer.thread_ts,
            "asker": asker,
            "question": answer.question,
            "language": answer.language,
            "sources": write_sources(answer.sources),
            "permalink": permalink,
            "staff_channel": staff_channel,
            "status": "open",
            "opened_at": self._database.now(),
        }
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(escalations).values(**row))
            wanted = select(escalations).where(escalations.c.answer_id == answer.answer_id)
            kept = _ESCALATION.validate_python(dict(connection.execute(wanted).mappings().one()))
        return kept, kept.escalation_id == row["escalation_id"]

    def get(self, escalation_id: str) -> Escalation | None:
        """Find one."""
        return self._one(escalations.c.escalation_id == escalation_id)

    def some(self, escalation_ids: Collection[str]) -> Mapping[str, Escalation]:
        """Give those that are there, by id."""
        wanted = select(escalations).where(escalations.c.escalation_id.in_(escalation_ids))
        return {one.escalation_id: one for one in self._database.rows(wanted, _ESCALATION)}

    def of_answer(self, answer_id: str) -> Escalation | None:
        """Find the one of an answer."""
        return self._one(escalations.c.answer_id == answer_id)

    def mark_answered(self, escalation_id: str) -> None:
        """Keep that the asker has an answer from staff."""
        wanted = update(escalations).where(escalations.c.escalation_id == escalation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(status="answered"))

    def dismiss(self, escalation_id: str) -> bool:
        """Keep that an open one needs no answer; False where it is not open."""
        return self._change(escalation_id, "open", "dismissed")

    def reopen(self, escalation_id: str) -> bool:
        """Take up again one that was dismissed; False where it was not."""
        return self._change(escalation_id, "dismissed", "open")

    def _change(
        self, escalation_id: str, before: EscalationStatus, after: EscalationStatus
    ) -> bool:
        mine = escalations.c.escalation_id == escalation_id, escalations.c.status == before
        with self._database.write() as connection:
            changed = connection.execute(update(escalations).where(*mine).values(status=after))
            return changed.rowcount > 0

    def set_message(self, escalation_id: str, channel: str, ts: str) -> None:
        """Keep which message staff see."""
        wanted = update(escalations).where(escalations.c.escalation_id == escalation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(staff_channel=channel, staff_ts=ts))

    def by_staff_thread(self, team: str, channel: str, thread_ts: str) -> Escalation | None:
        """Find the one whose message, or reminder, began a thread of the staff channel."""
        began = or_(escalations.c.staff_ts == thread_ts, escalations.c.reminder_ts == thread_ts)
        return self._one(
            and_(escalations.c.team == team, escalations.c.staff_channel == channel, began)
        )

    def take(self, escalation_id: str, owner: str | None) -> None:
        """Keep who of staff sees to it; None: nobody does."""
        wanted = update(escalations).where(escalations.c.escalation_id == escalation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(owner=owner))

    def open(self, limit: int, *, team: str | None = None) -> tuple[Escalation, ...]:
        """Give those that staff have not answered, oldest first."""
        wanted = select(escalations).where(escalations.c.status == "open")
        if team is not None:
            wanted = wanted.where(escalations.c.team == team)
        ordered = wanted.order_by(escalations.c.opened_at, escalations.c.escalation_id)
        return self._database.rows(ordered.limit(limit), _ESCALATION)

    def neglected(self, before: datetime, limit: int) -> tuple[Escalation, ...]:
        """Give the open ones that staff were last told of before a moment, oldest first.

        Those for which staff have set a time of their own are left.
        """
        last_told = func.coalesce(escalations.c.reminded_at, escalations.c.opened_at)
        wanted = select(escalations).where(
            escalations.c.status == "open",
            escalations.c.staff_ts.is_not(None),
            escalations.c.remind_at.is_(None),
            last_told < literal(before, UtcTime),
        )
        ordered = wanted.order_by(escalations.c.opened_at)
        return self._database.rows(ordered.limit(limit), _ESCALATION)

    def due(self, now: datetime, limit: int) -> tuple[Escalation, ...]:
        """Give the open ones of which staff want to be reminded by now, the longest due first."""
        wanted = select(escalations).where(
            escalations.c.status == "open",
            escalations.c.staff_ts.is_not(None),
            escalations.c.remind_at <= literal(now, UtcTime),
        )
        ordered = wanted.order_by(escalations.c.remind_at)
        return self._database.rows(ordered.limit(limit), _ESCALATION)

    def set_remind_at(self, escalation_id: str, at: datetime | None) -> None:
        """Keep when staff want to be reminded; None: as of all others."""
        wanted = update(escalations).where(escalations.c.escalation_id == escalation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(remind_at=at))

    def set_reminder(self, escalation_id: str, ts: str) -> None:
        """Keep that staff were reminded, and by which message; a time set for it is over."""
        now = self._database.now()
        mine = escalations.c.escalation_id == escalation_id
        over = update(escalations).where(mine, escalations.c.remind_at <= literal(now, UtcTime))
        with self._database.write() as connection:
            connection.execute(
                update(escalations).where(mine).values(reminder_ts=ts, reminded_at=now)
            )
            connection.execute(over.values(remind_at=None))

    def add_reply(self, escalation_id: str, user: str, text: str, source_key: str) -> bool:
        """Keep what staff said; False where it is known by its `source_key`, or nothing is open."""
        team = select(escalations.c.team).where(escalations.c.escalation_id == escalation_id)
        with self._database.write() as connection:
            found = connection.execute(team).scalar_one_or_none()
            if found is None:  # forgotten meanwhile
                return False
            row = self._database.insert_new(replies).values(
                escalation_id=escalation_id,
                team=found,
                user=user,
                text=text,
                source_key=source_key,
                said_at=self._database.now(),
            )
            return connection.execute(row.returning(replies.c.reply_id)).first() is not None

    def replies(self, escalation_id: str) -> tuple[Reply, ...]:
        """Give what staff said to one, oldest first."""
        wanted = select(replies).where(replies.c.escalation_id == escalation_id)
        return self._database.rows(wanted.order_by(replies.c.reply_id), _REPLY)

    def mark_delivered(self, reply_id: int) -> None:
        """Keep that the asker has a reply: the escalation is answered."""
        wanted = (
            update(replies)
            .where(replies.c.reply_id == reply_id, replies.c.delivered_at.is_(None))
            .values(delivered_at=self._database.now())
            .returning(replies.c.escalation_id)
        )
        with self._database.write() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
            answered = update(escalations).where(escalations.c.escalation_id == found)
            connection.execute(answered.values(status="answered"))

    def _one(self, where: ColumnElement[bool]) -> Escalation | None:
        return self._database.row(select(escalations).where(where), _ESCALATION)

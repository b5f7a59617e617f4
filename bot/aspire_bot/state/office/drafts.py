"""Answers that staff see before the asker does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import drafts
from aspire_ingest.index import Audience

DraftStatus = Literal["waiting", "accepted", "edited", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer on its way through staff, under the id of the answer that it becomes.

    `message` is what would be posted, as JSON; `notice_ts` the message that says that somebody
    looks at it; `wording` what staff wrote in its place; `reason` why they declined it.
    """

    answer_id: str
    team: str
    channel: str
    thread_ts: str
    asker: str
    question: str
    language: str
    audience: Audience
    text: str
    message: Mapping[str, Any]
    made_at: datetime
    notice_ts: str = ""
    status: DraftStatus = "waiting"
    wording: str = ""
    reason: str = ""
    decided_by: str | None = None
    decided_in: str | None = None
    """The key of the job that decided."""
    staff_channel: str | None = None
    staff_ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one of staff decided of a draft; see `Draft`."""

    status: DraftStatus
    decided_by: str
    wording: str = ""
    reason: str = ""


_DRAFT = TypeAdapter(Draft)


class Drafts:
    """One for each answer at most."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, draft: Draft) -> None:
        """Keep one; what is known of the answer already is left as it is."""
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(drafts).values(**asdict(draft)))

    def get(self, answer_id: str) -> Draft | None:
        """Find one."""
        return self._database.row(select(drafts).where(drafts.c.answer_id == answer_id), _DRAFT)

    def waiting(self, limit: int, *, team: str | None = None) -> tuple[Draft, ...]:
        """Give those that staff have not decided on, oldest first."""
        wanted = select(drafts).where(drafts.c.status == "waiting")
        if team is not None:
            wanted = wanted.where(drafts.c.team == team)
        ordered = wanted.order_by(drafts.c.made_at, drafts.c.answer_id)
        return self._database.rows(ordered.limit(limit), _DRAFT)

    def set_message(self, answer_id: str, channel: str, ts: str) -> None:
        """Keep which message staff see."""
        wanted = update(drafts).where(drafts.c.answer_id == answer_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(staff_channel=channel, staff_ts=ts))

    def decide(self, answer_id: str, decision: Decision, *, job_key: str) -> Draft | None:
        """Settle a waiting one for a job; None where another job has done so.

        The same job may ask again, and gets the same.
        """
        waiting = update(drafts).where(
            drafts.c.answer_id == answer_id, drafts.c.status == "waiting"
        )
        with self._database.write() as connection:
            connection.execute(waiting.values(**asdict(decision), decided_in=job_key))
        draft = self.get(answer_id)
        return draft if draft is not None and draft.decided_in == job_key else None

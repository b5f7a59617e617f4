"""Answers that a later index has for questions that it did not answer; staff decide on each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Select, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import offered_answers
from aspire_ingest.index import Audience

OfferStatus = Literal["open", "sent", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAnswer:
    """An answer that those who wait for it get once staff say so.

    `message` is the Slack message they get, as JSON; `audience` is for whom it was found.
    """

    offer_id: str
    gap_id: str
    team: str
    audience: Audience
    language: str
    message: Mapping[str, Any]
    index_version: str
    offered_at: datetime
    status: OfferStatus = "open"
    staff_channel: str | None = None
    staff_ts: str | None = None
    decided_by: str | None = None


_OFFER = TypeAdapter(OfferedAnswer)


class OfferedAnswers:
    """All of them: an id names the gap and the words, so that none is offered twice."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, offer: OfferedAnswer) -> bool:
        """Keep one; False where these words were offered before, whatever became of it."""
        row = self._database.insert_new(offered_answers).values(**asdict(offer))
        with self._database.write() as connection:
            made = connection.execute(row.returning(offered_answers.c.offer_id))
            return made.first() is not None

    def get(self, offer_id: str) -> OfferedAnswer | None:
        """Find one."""
        found = self._all(select(offered_answers).where(offered_answers.c.offer_id == offer_id))
        return found[0] if found else None

    def open(self, limit: int, *, team: str | None = None) -> tuple[OfferedAnswer, ...]:
        """Give those that staff have not decided on, oldest first."""
        wanted = select(offered_answers).where(offered_answers.c.status == "open")
        if team is not None:
            wanted = wanted.where(offered_answers.c.team == team)
        ordered = wanted.order_by(offered_answers.c.offered_at, offered_answers.c.offer_id)
        return self._all(ordered.limit(limit))

    def set_message(self, offer_id: str, channel: str, ts: str) -> None:
        """Keep which message staff see."""
        wanted = update(offered_answers).where(offered_answers.c.offer_id == offer_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(staff_channel=channel, staff_ts=ts))

    def decide(self, offer_id: str, status: OfferStatus, by: str) -> OfferedAnswer | None:
        """Settle an open one; give it as it is then: the first decision stands."""
        still_open = update(offered_answers).where(
            offered_answers.c.offer_id == offer_id, offered_answers.c.status == "open"
        )
        with self._database.write() as connection:
            connection.execute(still_open.values(status=status, decided_by=by))
        return self.get(offer_id)

    def _all(self, wanted: Select[Any]) -> tuple[OfferedAnswer, ...]:
        return self._database.rows(wanted, _OFFER)

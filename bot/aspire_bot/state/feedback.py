"""What people think of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import func, select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import answers, votes

VoteValue = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One person's vote on one answer, with what they wrote where they were asked why."""

    answer_id: str
    user: str
    value: VoteValue
    reason: str
    comment: str
    voted_at: datetime


_VOTE = TypeAdapter(Vote)


class FeedbackLog:
    """One vote per person and answer: the last one counts."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def vote(
        self, answer_id: str, user: str, value: VoteValue, *, reason: str = "", comment: str = ""
    ) -> None:
        """Keep a vote in place of the person's earlier one."""
        team = select(answers.c.team).where(answers.c.answer_id == answer_id)
        with self._database.write() as connection:
            row = {
                "answer_id": answer_id,
                "user": user,
                "team": connection.execute(team).scalar_one_or_none() or "",
                "value": value,
                "reason": reason,
                "comment": comment,
                "voted_at": self._database.now(),
            }
            connection.execute(self._database.upsert(votes, ("answer_id", "user"), row))

    def of(self, answer_id: str) -> tuple[Vote, ...]:
        """Give the votes on an answer, oldest first."""
        wanted = select(votes).where(votes.c.answer_id == answer_id).order_by(votes.c.voted_at)
        return self._database.rows(wanted, _VOTE)

    def counts(
        self, *, team: str | None = None, since: datetime | None = None
    ) -> Mapping[VoteValue, int]:
        """Count votes by value: of one workspace and from `since` on, where these are given."""
        counted = select(votes.c.value, func.count()).group_by(votes.c.value)
        if team is not None:
            counted = counted.where(votes.c.team == team)
        if since is not None:
            counted = counted.where(votes.c.voted_at >= since)
        with self._database.read() as connection:
            found = {row[0]: int(row[1]) for row in connection.execute(counted)}
        return {"up": found.get("up", 0), "down": found.get("down", 0)}

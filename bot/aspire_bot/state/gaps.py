"""Questions that the documents do not answer."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, func, select, update

from aspire_bot.answering.message.plain_question import plain_question
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import askings, gaps
from aspire_bot.state.sources import CitedSource, write_sources

GapOrigin = Literal["question", "onboarding"]
GapStatus = Literal["open", "escalated", "answered", "dismissed"]

LOCK = "gaps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A question without an answer, as it was asked first, with the nearest documents.

    `times` is how often it was asked, in these words; it is counted, not given.
    """

    gap_id: str
    question: str
    language: str
    team: str
    asker: str
    asked_at: datetime
    origin: GapOrigin = "question"
    status: GapStatus = "open"
    nearest: tuple[CitedSource, ...] = ()
    answer_id: str | None = None
    times: int = 1


_GAP = TypeAdapter(Gap)


class Gaps:
    """All of them."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, gap: Gap) -> Gap:
        """Keep a gap, or count it up where the same question is open in the workspace.

        Returns the one that is kept. The same answer (`answer_id`) is counted once.
        """
        hashed = question_hash(gap.question)
        with self._database.write(lock=LOCK) as connection:
            gap_id = _known(connection, gap, hashed)
            if gap_id is None:
                gap_id = gap.gap_id
                connection.execute(self._database.insert_new(gaps).values(**_row(gap, hashed)))
            asking = {
                "gap_id": gap_id,
                "team": gap.team,
                "asker": gap.asker,
                "question": gap.question,
                "answer_id": gap.answer_id,
                "asked_at": gap.asked_at,
            }
            connection.execute(self._database.insert_new(askings).values(**asking))
            kept = connection.execute(_with_times().where(gaps.c.gap_id == gap_id))
            return _GAP.validate_python(dict(kept.mappings().one()))

    def open(self, limit: int, *, team: str | None = None) -> tuple[Gap, ...]:
        """Give the open ones, most asked first, then newest first."""
        return self._listed(_with_times().where(gaps.c.status == "open"), limit, team)

    def all(self, limit: int, *, team: str | None = None) -> tuple[Gap, ...]:
        """Give those of any status, in the same order."""
        return self._listed(_with_times(), limit, team)

    def _listed(self, wanted: Select[Any], limit: int, team: str | None) -> tuple[Gap, ...]:
        if team is not None:
            wanted = wanted.where(gaps.c.team == team)
        wanted = wanted.order_by(TIMES_ASKED.desc(), gaps.c.asked_at.desc(), gaps.c.gap_id).limit(
            limit
        )
        return self._database.rows(wanted, _GAP)

    def some(self, gap_ids: Collection[str]) -> Mapping[str, Gap]:
        """Give those that are there, by id."""
        found = self._database.rows(_with_times().where(gaps.c.gap_id.in_(gap_ids)), _GAP)
        return {gap.gap_id: gap for gap in found}

    def get(self, gap_id: str) -> Gap | None:
        """Find one."""
        with self._database.read() as connection:
            found = connection.execute(_with_times().where(gaps.c.gap_id == gap_id))
            row = found.mappings().one_or_none()
        return None if row is None else _GAP.validate_python(dict(row))

    def times_asked(
        self, gap_ids: Collection[str], since: datetime, until: datetime
    ) -> Mapping[str, int]:
        """Count how often each of some gaps was asked from one moment to another."""
        counted = (
            select(askings.c.gap_id, func.count())
            .where(
                askings.c.gap_id.in_(gap_ids),
                askings.c.asked_at >= since,
                askings.c.asked_at < until,
            )
            .group_by(askings.c.gap_id)
        )
        if not gap_ids:
            return {}
        with self._database.read() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(counted)}

    def holding(self, words: Sequence[str]) -> frozenset[str]:
        """Give the ids of those whose question holds all of some words, in whatever case."""
        holds = (self._database.holds(gaps.c.question, word) for word in words)
        with self._database.read() as connection:
            return frozenset(connection.execute(select(gaps.c.gap_id).where(*holds)).scalars())

    def teams(self) -> Sequence[str]:
        """Give the workspaces that have any."""
        with self._database.read() as connection:
            return connection.execute(select(gaps.c.team).distinct()).scalars().all()

    def of_answer(self, answer_id: str) -> Gap | None:
        """Find the gap that an abstaining answer left."""
        of = select(askings.c.gap_id).where(askings.c.answer_id == answer_id).limit(1)
        with self._database.read() as connection:
            gap_id = connection.execute(of).scalar_one_or_none()
        return None if gap_id is None else self.get(gap_id)

    def set_status(self, gap_id: str, status: GapStatus) -> None:
        """Say what became of it."""
        with self._database.write(lock=LOCK) as connection:
            connection.execute(update(gaps).where(gaps.c.gap_id == gap_id).values(status=status))


def question_hash(question: str) -> str:
    """Give what is the same for questions that differ in case, width, spaces and end marks."""
    return hashlib.sha256(plain_question(question).encode("utf-8", "replace")).hexdigest()


TIMES_ASKED = (
    select(func.count())
    .where(askings.c.gap_id == gaps.c.gap_id)
    .correlate(gaps)
    .scalar_subquery()
    .label("times")
)
"""How often a gap was asked, as a column beside those of `gaps`."""


def _with_times() -> Select[Any]:
    return select(*gaps.c, TIMES_ASKED)


def _known(connection: Connection, gap: Gap, hashed: str) -> str | None:
    if gap.answer_id is not None:  # a retry, perhaps after staff have dealt with it
        asked = select(askings.c.gap_id).where(askings.c.answer_id == gap.answer_id)
        found = connection.execute(asked).scalar_one_or_none()
        if found is not None:
            return str(found)
    same = select(gaps.c.gap_id).where(
        gaps.c.team == gap.team, gaps.c.status == "open", gaps.c.question_hash == hashed
    )
    return connection.execute(same.order_by(gaps.c.asked_at).limit(1)).scalar_one_or_none()


def _row(gap: Gap, hashed: str) -> dict[str, object]:
    return {
        "gap_id": gap.gap_id,
        "team": gap.team,
        "question_hash": hashed,
        "question": gap.question,
        "language": gap.language,
        "asker": gap.asker,
        "asked_at": gap.asked_at,
        "origin": gap.origin,
        "status": gap.status,
        "nearest": write_sources(gap.nearest),
        "answer_id": gap.answer_id,
    }

"""Who wants to be told when a question is answered."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, select, update

from aspire_bot.state.answers import PostedAnswer
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import wanted_answers
from aspire_ingest.index import Audience

WantedStatus = Literal["waiting", "told"]
Source = Literal["reply", "approval", "draft"]
"""What of staff's holds the answer: a reply to an escalation, an approved answer, a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAnswer:
    """A question that the documents did not answer, and a person who waits for its answer.

    `gap_id` is the question as it is kept for staff, `answer_id` the answer under which the person
    asked to be told; `audience` is for whom that was.
    """

    wanted_id: str
    gap_id: str
    answer_id: str
    team: str
    asker: str
    question: str
    language: str
    audience: Audience
    wanted_at: datetime
    status: WantedStatus = "waiting"


_WANTED = TypeAdapter(WantedAnswer)


class WantedAnswers:
    """One for each question and person."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, posted: PostedAnswer, gap_id: str, asker: str) -> WantedAnswer:
        """Keep that a person waits for the answer to a gap; who waits already goes on waiting."""
        named = f"{gap_id}\n{asker}".encode()
        wanted = WantedAnswer(
            wanted_id=hashlib.blake2b(named, digest_size=9).hexdigest(),
            gap_id=gap_id,
            answer_id=posted.answer_id,
            team=posted.team,
            asker=asker,
            question=posted.question,
            language=posted.language,
            audience=posted.audience,
            wanted_at=self._database.now(),
        )
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(wanted_answers).values(**asdict(wanted)))
        return wanted

    def get(self, wanted_id: str) -> WantedAnswer | None:
        """Find one."""
        found = self._all(wanted_answers.c.wanted_id == wanted_id)
        return found[0] if found else None

    def waiting_for(self, gap_id: str) -> tuple[WantedAnswer, ...]:
        """Give who waits for the answer to a gap, first come first."""
        return self.waiting_for_each([gap_id]).get(gap_id, ())

    def waiting_for_each(self, gap_ids: Collection[str]) -> Mapping[str, tuple[WantedAnswer, ...]]:
        """Give who waits for the answers to some gaps, by gap; those nobody waits for are left."""
        found = self._all(
            wanted_answers.c.gap_id.in_(gap_ids), wanted_answers.c.status == "waiting"
        )
        names = dict.fromkeys(one.gap_id for one in found)
        return {name: tuple(one for one in found if one.gap_id == name) for name in names}

    def waiting_for_answer(self, answer_id: str) -> tuple[WantedAnswer, ...]:
        """Give who asked to be told under an answer, first come first."""
        return self._all(
            wanted_answers.c.answer_id == answer_id, wanted_answers.c.status == "waiting"
        )

    def waiting(self, team: str, limit: int) -> tuple[WantedAnswer, ...]:
        """Give the first who waits for each gap of a workspace, first come first."""
        found = self._all(wanted_answers.c.team == team, wanted_answers.c.status == "waiting")
        firsts: dict[str, WantedAnswer] = {}
        for one in found:
            firsts.setdefault(one.gap_id, one)
        return tuple(firsts.values())[:limit]

    def teams(self) -> Sequence[str]:
        """Give the workspaces in which anybody waits."""
        wanted = select(wanted_answers.c.team).where(wanted_answers.c.status == "waiting")
        with self._database.read() as connection:
            return connection.execute(wanted.distinct()).scalars().all()

    def set_told(self, wanted_id: str) -> None:
        """Keep that a person has the answer."""
        told = update(wanted_answers).where(wanted_answers.c.wanted_id == wanted_id)
        with self._database.write() as connection:
            connection.execute(told.values(status="told"))

    def _all(self, *where: ColumnElement[bool]) -> tuple[WantedAnswer, ...]:
        wanted = select(wanted_answers).where(*where)
        ordered = wanted.order_by(wanted_answers.c.wanted_at, wanted_answers.c.wanted_id)
        return self._database.rows(ordered, _WANTED)

"""The answers that were posted: what votes, escalations and deletions refer to."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, select, update

from aspire_bot.answering.types import Certainty, Outcome
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import answers, citations
from aspire_bot.state.sources import CitedSource, write_sources
from aspire_ingest.index import Audience

__all__ = ["Answers", "CitedSource", "PostedAnswer", "new_id"]


def new_id() -> str:
    """Give a short random id that is safe in URLs and in Slack's action values."""
    return secrets.token_urlsafe(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedAnswer:
    """An answer in its thread. `sources` are its citations, or the nearest when it abstained.

    `job_id` is the inbox's job it came from; `message_ts` is None until it is posted.
    """

    answer_id: str
    team: str
    channel: str
    thread_ts: str
    asker: str
    question: str
    language: str
    outcome: Outcome
    audience: Audience
    text: str
    model: str
    index_version: str
    asked_at: datetime
    sources: tuple[CitedSource, ...] = ()
    message_ts: str | None = None
    job_id: int | None = None
    deleted_at: datetime | None = None
    certainty: Certainty | None = None
    """Whether it was hedged; None unless answered, and where it was not kept."""


_ANSWER = TypeAdapter(PostedAnswer)


def _cited(answer: PostedAnswer) -> list[dict[str, object]]:
    """Give a row for each document that an answer quotes; one that is none quotes nothing."""
    if answer.outcome != "answered":
        return []
    names = dict.fromkeys(source.document_id for source in answer.sources)
    row = {"answer_id": answer.answer_id, "asked_at": answer.asked_at}
    return [{**row, "document_id": name} for name in names]


class Answers:
    """All answers that were posted."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, answer: PostedAnswer) -> PostedAnswer:
        """Keep an answer; returns the one that is kept: of a job that has one, the first."""
        row = {**asdict(answer), "sources": write_sources(answer.sources)}
        with self._database.write() as connection:
            new = self._database.insert_new(answers).values(**row).returning(answers.c.answer_id)
            is_new = connection.execute(new).first() is not None
            cited = _cited(answer)
            if is_new and cited:
                # Two ids may be one as a database keeps them: see `Words`.
                connection.execute(self._database.insert_new(citations), cited)
        same = answers.c.answer_id == answer.answer_id
        of_job = answers.c.job_id == answer.job_id
        kept = self._one(same if answer.job_id is None else of_job)
        return answer if kept is None else kept

    def by_id(self, answer_id: str) -> PostedAnswer | None:
        """Find an answer, a deleted one too."""
        return self._one(answers.c.answer_id == answer_id)

    def some(self, answer_ids: Collection[str]) -> Mapping[str, PostedAnswer]:
        """Give those that are there, by id, deleted ones too."""
        wanted = select(answers).where(answers.c.answer_id.in_(answer_ids))
        return {one.answer_id: one for one in self._database.rows(wanted, _ANSWER)}

    def by_message(self, team: str, channel: str, ts: str) -> PostedAnswer | None:
        """Find the answer that a message shows."""
        return self._one(
            and_(answers.c.team == team, answers.c.channel == channel, answers.c.message_ts == ts)
        )

    def last_in(self, team: str, channel: str, thread_ts: str) -> PostedAnswer | None:
        """Find the latest answer from the documents in a thread."""
        place = and_(
            answers.c.team == team,
            answers.c.channel == channel,
            answers.c.thread_ts == thread_ts,
            answers.c.outcome != "conversation",
        )
        return self._one(place)

    def recent(self, since: datetime, limit: int, *, team: str) -> tuple[PostedAnswer, ...]:
        """Give a workspace's newest answers since a moment, those taken back left out."""
        wanted = (
            select(answers)
            .where(
                answers.c.team == team,
                answers.c.asked_at >= since,
                answers.c.deleted_at.is_(None),
            )
            .order_by(answers.c.asked_at.desc(), answers.c.answer_id)
            .limit(limit)
        )
        return self._database.rows(wanted, _ANSWER)

    def set_message(self, answer_id: str, channel: str, ts: str) -> None:
        """Keep which message shows the answer."""
        self._update(answer_id, channel=channel, message_ts=ts)

    def mark_deleted(self, answer_id: str) -> None:
        """Keep that the answer was taken back, and when first."""
        self._update(answer_id, answers.c.deleted_at.is_(None), deleted_at=self._database.now())

    def _one(self, where: ColumnElement[bool]) -> PostedAnswer | None:
        latest = select(answers).where(where).order_by(answers.c.asked_at.desc()).limit(1)
        return self._database.row(latest, _ANSWER)

    def _update(self, answer_id: str, *where: ColumnElement[bool], **values: object) -> None:
        wanted = update(answers).where(answers.c.answer_id == answer_id, *where)
        with self._database.write() as connection:
            connection.execute(wanted.values(**values))

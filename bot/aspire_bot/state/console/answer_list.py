"""The kept answers as staff look through them: searched, a page at a time, without their askers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from aspire_bot.answering.types import Outcome
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.database.office_tables import cluster_members, dismissals
from aspire_bot.state.database.tables import answers, askings, citations, votes
from aspire_bot.state.feedback import VoteValue
from aspire_ingest.index import Audience

_MOST_CITING = 50
_MOST_WORDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFilter:
    """What is looked for; all where nothing is said. `text` stands in question or answer.

    `group` is the id of a cluster of questions without an answer.
    """

    text: str = ""
    outcome: Outcome | None = None
    language: str = ""
    vote: VoteValue | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAnswer:
    """An answer in a list. `up` and `down` count its votes."""

    answer_id: str
    question: str
    language: str
    outcome: Outcome
    audience: Audience
    model: str
    asked_at: datetime
    up: int = 0
    down: int = 0


_LISTED = TypeAdapter(ListedAnswer)


class AnswerList:
    """All kept answers, newest first."""

    def __init__(self, database: Database) -> None:
        """Read `database`."""
        self._database = database
        self._disliked = WhileUnchanged[tuple[ListedAnswer, ...]](database)

    def page(
        self, wanted: AnswerFilter, limit: int, *, before: tuple[datetime, str] | None = None
    ) -> tuple[ListedAnswer, ...]:
        """Give the newest that match; those older than (time, id) where `before` is given."""
        found = _listed().where(*self._conditions(wanted)).limit(limit)
        if before is not None:
            at, answer_id = before
            # A bound by itself, so that the index is entered where the page begins.
            is_older = or_(answers.c.asked_at < at, answers.c.answer_id < answer_id)
            found = found.where(answers.c.asked_at <= at, is_older)
        return self._read(found)

    def disliked(self, limit: int) -> tuple[ListedAnswer, ...]:
        """Give the newest answers that somebody voted against, since staff dismissed them at all.

        A dismissed one comes back with the next vote against it.
        """
        such = votes.outerjoin(
            dismissals,
            and_(dismissals.c.kind == "disliked", dismissals.c.item == votes.c.answer_id),
        )
        is_new = or_(
            dismissals.c.dismissed_at.is_(None), votes.c.voted_at > dismissals.c.dismissed_at
        )
        disliked = (
            select(votes.c.answer_id).select_from(such).where(votes.c.value == "down", is_new)
        )
        wanted = _listed().where(answers.c.answer_id.in_(disliked)).limit(limit)
        return self._disliked.of(limit, lambda: self._read(wanted))

    def citing(self, document_id: str) -> tuple[ListedAnswer, ...]:
        """Give the newest answers that cite a document."""
        newest = (
            select(citations.c.answer_id)
            .where(citations.c.document_id == document_id)
            .order_by(citations.c.asked_at.desc(), citations.c.answer_id.desc())
            .limit(_MOST_CITING)
        )
        return self._read(_listed().where(answers.c.answer_id.in_(newest)))

    def times_cited(self, document_ids: Collection[str]) -> Mapping[str, int]:
        """Count the answers that cite each of some documents; those that none cites are left out.

        Answers that were taken back do not count.
        """
        taken_back = select(answers.c.answer_id).where(answers.c.deleted_at.is_not(None))
        counted = (
            select(citations.c.document_id, func.count())
            .where(
                citations.c.document_id.in_(document_ids),
                citations.c.answer_id.not_in(taken_back),
            )
            .group_by(citations.c.document_id)
        )
        with self._database.read() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(counted)}

    def _conditions(self, wanted: AnswerFilter) -> list[ColumnElement[bool]]:
        holds = self._database.holds
        found: list[ColumnElement[bool]] = [
            or_(holds(answers.c.question, word), holds(answers.c.text, word))
            for word in wanted.text.split()[:_MOST_WORDS]
        ]
        if wanted.outcome:
            found.append(answers.c.outcome == wanted.outcome)
        if wanted.language:
            found.append(answers.c.language == wanted.language)
        if wanted.vote:
            such = select(votes.c.answer_id).where(votes.c.value == wanted.vote)
            found.append(answers.c.answer_id.in_(such))
        if wanted.group:
            of_group = cluster_members.c.cluster_id == wanted.group
            gap_ids = select(cluster_members.c.gap_id).where(of_group)
            such = select(askings.c.answer_id).where(askings.c.gap_id.in_(gap_ids))
            found.append(answers.c.answer_id.in_(such))
        return found

    def _read(self, wanted: Select[Any]) -> tuple[ListedAnswer, ...]:
        with self._database.read() as connection:
            rows = connection.execute(wanted).mappings().all()
            named = [str(row["answer_id"]) for row in rows]
            counts = _by_answer(connection.execute(_counted(named)).all())
        return tuple(
            _LISTED.validate_python({**row, **counts.get(row["answer_id"], {})}) for row in rows
        )


def _listed() -> Select[Any]:
    names = ("answer_id", "question", "language", "outcome", "audience", "model", "asked_at")
    ordered = (answers.c.asked_at.desc(), answers.c.answer_id.desc())
    return select(*(answers.c[name] for name in names)).order_by(*ordered)


def _counted(answer_ids: Sequence[str]) -> Select[Any, Any, int]:
    of_these = votes.c.answer_id.in_(answer_ids)
    counted = select(votes.c.answer_id, votes.c.value, func.count()).where(of_these)
    return counted.group_by(votes.c.answer_id, votes.c.value)


def _by_answer(rows: Sequence[Any]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for answer_id, value, count in rows:
        found.setdefault(answer_id, {})[value] = int(count)
    return found

"""Answers that staff set right, which become documents."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import approvals
from aspire_bot.state.sources import CitedSource, write_sources
from aspire_ingest.index import Audience

ApprovalStatus = Literal["draft", "pending", "published", "failed", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedAnswer:
    """A question and its answer as staff approved them; `valid_until` is its last day.

    `document_id` is the document it became; `answer_id` the posted answer it sets right. The first
    line of `question` is its title, further lines are other wordings; `not_wordings` are questions
    that it must not answer. `shown_questions` are the keys of the kept questions that staff are
    shown before they publish it, and whether it answers them. `source_hashes` say by document how
    each source stood when staff last heard of it; None where nobody has looked yet. A `draft` waits
    for staff.
    """

    approval_id: str
    question: str
    text: str
    language: str
    audience: Audience
    approved_by: str
    approved_at: datetime
    team: str = ""
    sources: tuple[CitedSource, ...] = ()
    valid_until: date | None = None
    document_id: str | None = None
    status: ApprovalStatus = "pending"
    answer_id: str | None = None
    not_wordings: tuple[str, ...] | None = None
    shown_questions: Mapping[str, bool] | None = None
    source_hashes: Mapping[str, str] | None = None


_APPROVAL = TypeAdapter(ApprovedAnswer)


class Approvals:
    """All of them, withdrawn ones too."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, approved: ApprovedAnswer) -> None:
        """Keep one; what is known under its id already is left as it is."""
        row = {**asdict(approved), "sources": write_sources(approved.sources)}
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(approvals).values(**row))

    def get(self, approval_id: str) -> ApprovedAnswer | None:
        """Find one."""
        found = self._all(approvals.c.approval_id == approval_id)
        return found[0] if found else None

    def set_status(
        self, approval_id: str, status: ApprovalStatus, *, document_id: str | None = None
    ) -> None:
        """Say what became of it, and which document it is where there is one now."""
        values = {"status": status, **({"document_id": document_id} if document_id else {})}
        wanted = update(approvals).where(approvals.c.approval_id == approval_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(**values))

    def publish_draft(
        self, approval_id: str, *, question: str, not_wordings: tuple[str, ...]
    ) -> bool:
        """Let a draft be published with these wordings; False where it is none (any more)."""
        values = {"status": "pending", "question": question, "not_wordings": list(not_wordings)}
        wanted = update(approvals).where(
            approvals.c.approval_id == approval_id, approvals.c.status == "draft"
        )
        with self._database.write() as connection:
            return connection.execute(wanted.values(**values)).rowcount == 1

    def set_shown(self, approval_id: str, shown: Mapping[str, bool]) -> None:
        """Keep which questions staff are shown before they publish it."""
        wanted = update(approvals).where(approvals.c.approval_id == approval_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(shown_questions=dict(shown)))

    def set_sources(self, approval_id: str, source_hashes: Mapping[str, str]) -> None:
        """Keep how its sources stand, as staff know by now."""
        wanted = update(approvals).where(approvals.c.approval_id == approval_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(source_hashes=dict(source_hashes)))

    def with_status(self, status: ApprovalStatus) -> tuple[ApprovedAnswer, ...]:
        """Give all that are pending, or published, and so on, oldest first."""
        return self._all(approvals.c.status == status)

    def all(self) -> tuple[ApprovedAnswer, ...]:
        """Give all, withdrawn ones too, oldest first."""
        return self._all()

    def expired(self, today: date) -> tuple[ApprovedAnswer, ...]:
        """Give the published ones whose last day is over, oldest first."""
        return self._all(approvals.c.status == "published", approvals.c.valid_until < today)

    def _all(self, *where: ColumnElement[bool]) -> tuple[ApprovedAnswer, ...]:
        wanted = select(approvals).where(*where)
        ordered = wanted.order_by(approvals.c.approved_at, approvals.c.approval_id)
        return self._database.rows(ordered, _APPROVAL)

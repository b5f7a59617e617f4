"""Which documents each answer quotes; an index of all that answers are listed and counted by."""

import json
import re
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_COUNTED_BY = ("outcome", "certainty", "language", "channel", "audience", "deleted_at")
_AT_ONCE = 1000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database takes in text, and JSON holds."""


def upgrade() -> None:
    """Make the table out of the sources of the kept answers, and the index anew."""
    op.drop_index("ix_answers_asked_at", "answers")
    op.create_index("ix_answers_asked_at", "answers", ["asked_at", "answer_id", *_COUNTED_BY])
    made = op.create_table(
        "citations",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "document_id", name="pk_citations"),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.answer_id"],
            name="fk_citations_answer_id",
            ondelete="CASCADE",
        ),
    )
    _fill(made)
    op.create_index(
        "ix_citations_document_id", "citations", ["document_id", "asked_at", "answer_id"]
    )


def _fill(made: sa.Table) -> None:
    answers = sa.table(
        "answers",
        sa.column("answer_id", sa.Text()),
        sa.column("outcome", sa.Text()),
        sa.column("sources", sa.Text()),
        sa.column("asked_at", sa.DateTime(timezone=True)),
    )
    columns = (answers.c.answer_id, answers.c.sources, answers.c.asked_at)
    wanted = sa.select(*columns).where(answers.c.outcome == "answered")
    connection, last = op.get_bind(), ""
    while True:  # a part at a time: all sources at once are 25 MB for 100,000 answers
        part = wanted.where(answers.c.answer_id > last).order_by(answers.c.answer_id)
        rows = connection.execute(part.limit(_AT_ONCE)).all()
        if not rows:
            return
        last = rows[-1][0]
        found = [
            {"answer_id": answer_id, "document_id": document_id, "asked_at": asked_at}
            for answer_id, sources, asked_at in rows
            for document_id in _cited(json.loads(sources))
        ]
        if found:
            connection.execute(made.insert(), found)


def _cited(sources: Iterable[dict[str, str]]) -> Iterable[str]:
    """Each document once."""
    return dict.fromkeys(_UNSTORABLE.sub("\ufffd", one["document_id"]) for one in sources)

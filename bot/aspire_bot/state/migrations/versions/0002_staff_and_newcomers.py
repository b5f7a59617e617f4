"""Votes, gaps, escalations, approved answers, onboarding."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _votes()
    _gaps()
    _escalations()
    _approvals()
    _onboarding()


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("voted_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "user", name="pk_votes"),
    )
    op.create_index("ix_votes_voted_at", "votes", ["voted_at"])


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("gap_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("question_hash", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("nearest", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text()),
        sa.PrimaryKeyConstraint("gap_id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_question", "gaps", ["team", "status", "question_hash"])
    op.create_table(
        "askings",
        sa.Column("asking_id", _NUMBER, nullable=False),
        sa.Column("gap_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text()),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["gap_id"], ["gaps.gap_id"], name="fk_askings_gap_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("asking_id", name="pk_askings"),
        sa.UniqueConstraint("answer_id", name="uq_askings_answer_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_askings_asked_at", "askings", ["asked_at"])
    op.create_index("ix_askings_gap_id", "askings", ["gap_id"])


def _escalations() -> None:
    op.create_table(
        "escalations",
        sa.Column("escalation_id", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=False),
        sa.Column("staff_channel", sa.Text(), nullable=False),
        sa.Column("staff_ts", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("escalation_id", name="pk_escalations"),
        sa.UniqueConstraint("answer_id", name="uq_escalations_answer_id"),
    )
    op.create_index("ix_escalations_opened_at", "escalations", ["opened_at"])
    op.create_index("ix_escalations_staff", "escalations", ["team", "staff_channel", "staff_ts"])
    op.create_table(
        "replies",
        sa.Column("reply_id", _NUMBER, nullable=False),
        sa.Column("escalation_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("said_at", _TIME, nullable=False),
        sa.Column("delivered_at", _TIME),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalations.escalation_id"],
            name="fk_replies_escalation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reply_id", name="pk_replies"),
        sa.UniqueConstraint(
            "escalation_id", "source_key", name="uq_replies_escalation_id_source_key"
        ),
        sqlite_autoincrement=True,
    )


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("approval_id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", _TIME, nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.Text()),
        sa.PrimaryKeyConstraint("approval_id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_status", "approvals", ["status", "valid_until"])


def _onboarding() -> None:
    op.create_table(
        "onboarding",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text()),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("finished_at", _TIME),
        sa.PrimaryKeyConstraint("team", "user", name="pk_onboarding"),
    )
    op.create_table(
        "onboarding_steps",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Text(), nullable=False),
        sa.Column("claimed_at", _TIME, nullable=False),
        sa.Column("sent_at", _TIME),
        sa.Column("ts", sa.Text()),
        sa.PrimaryKeyConstraint("team", "user", "step_id", name="pk_onboarding_steps"),
    )

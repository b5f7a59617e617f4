"""Staff's work: who waits for an answer, drafts, clusters, test questions, contradictions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and what is kept besides of an escalation and of an answer."""
    op.add_column("answers", sa.Column("certainty", sa.Text()))
    op.add_column("escalations", sa.Column("owner", sa.Text()))
    op.add_column("escalations", sa.Column("reminder_ts", sa.Text()))
    op.add_column("escalations", sa.Column("reminded_at", _TIME))
    _wanted_answers()
    _offered_answers()
    _drafts()
    _clusters()
    _test_questions()
    op.create_table(
        "contradictions",
        *_words("pair_id", "quotes", "index_version", "status"),
        sa.Column("found_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("pair_id", name="pk_contradictions"),
    )


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _maybe_words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text()) for name in names]


def _of_gap(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["gap_id"], ["gaps.gap_id"], name=f"fk_{table}_gap_id", ondelete="CASCADE"
    )


def _wanted_answers() -> None:
    op.create_table(
        "wanted_answers",
        *_words("wanted_id", "gap_id", "answer_id", "team", "asker", "question"),
        *_words("language", "audience", "status"),
        sa.Column("wanted_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("wanted_id", name="pk_wanted_answers"),
        sa.UniqueConstraint("gap_id", "asker", name="uq_wanted_answers_gap_id_asker"),
    )
    op.create_index("ix_wanted_answers_status", "wanted_answers", ["status", "team"])


def _offered_answers() -> None:
    op.create_table(
        "offered_answers",
        *_words("offer_id", "gap_id", "team", "audience", "language", "message"),
        *_words("index_version", "status"),
        *_maybe_words("staff_channel", "staff_ts", "decided_by"),
        sa.Column("offered_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name="pk_offered_answers"),
        _of_gap("offered_answers"),
    )
    op.create_index("ix_offered_answers_status", "offered_answers", ["status", "team"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        *_words("answer_id", "team", "channel", "thread_ts", "asker", "question", "language"),
        *_words("audience", "text", "message", "notice_ts", "status", "wording", "reason"),
        *_maybe_words("decided_by", "decided_in", "staff_channel", "staff_ts"),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_status", "drafts", ["status", "team"])
    op.create_index("ix_drafts_made_at", "drafts", ["made_at"])


def _clusters() -> None:
    op.create_table(
        "clusters",
        *_words("cluster_id", "team", "status", "reason"),
        *_maybe_words("decided_by"),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("cluster_id", name="pk_clusters"),
    )
    op.create_table(
        "cluster_members",
        *_words("gap_id"),
        *_maybe_words("cluster_id"),
        sa.Column("is_placed", sa.Boolean(), nullable=False),
        *_words("embedding", "vector"),
        sa.PrimaryKeyConstraint("gap_id", name="pk_cluster_members"),
        _of_gap("cluster_members"),
    )
    op.create_index("ix_cluster_members_cluster_id", "cluster_members", ["cluster_id"])


def _test_questions() -> None:
    op.create_table(
        "test_questions",
        *_words("test_id", "team", "question", "expects", "value", "added_by"),
        sa.Column("added_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("test_id", name="pk_test_questions"),
    )
    op.create_table(
        "test_runs",
        *_words("test_id"),
        sa.Column("has_passed", sa.Boolean(), nullable=False),
        *_words("outcome", "said", "index_version"),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("ran_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("test_id", name="pk_test_runs"),
        sa.ForeignKeyConstraint(
            ["test_id"],
            ["test_questions.test_id"],
            name="fk_test_runs_test_id",
            ondelete="CASCADE",
        ),
    )

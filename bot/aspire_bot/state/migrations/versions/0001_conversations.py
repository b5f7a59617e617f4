"""What arrives, what was said, what was answered, and how each channel wants it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_QUEUE = sa.text("finished_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    _inbox()
    _turns()
    _answers()
    _channels()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("job_id", _NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=False),
        sa.Column("message_key", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("lease_until", _TIME),
        sa.Column("finished_at", _TIME),
        sa.Column("placeholder_ts", sa.Text()),
        sa.Column("is_stream", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("withdrawn", sa.Text()),
        sa.PrimaryKeyConstraint("job_id", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
        sa.UniqueConstraint(
            "team", "channel", "message_key", name="uq_inbox_team_channel_message_key"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["team", "channel", "thread_ts", "job_id"],
        sqlite_where=_QUEUE,
        postgresql_where=_QUEUE,
    )
    op.create_index("ix_inbox_finished_at", "inbox", ["finished_at"])


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("turn_id", _NUMBER, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("turn_id", name="pk_turns"),
        sa.UniqueConstraint(
            "team",
            "channel",
            "thread_ts",
            "source_key",
            "position",
            name="uq_turns_team_channel_thread_ts_source_key_position",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_said_at", "turns", ["said_at"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("job_id", _NUMBER),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("message_ts", sa.Text()),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("index_version", sa.Text(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("deleted_at", _TIME),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answers"),
        sa.UniqueConstraint("job_id", name="uq_answers_job_id"),
    )
    op.create_index("ix_answers_message", "answers", ["team", "channel", "message_ts"])
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="pk_channels"),
    )

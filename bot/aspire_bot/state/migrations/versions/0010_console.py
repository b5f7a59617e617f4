"""The console: keys, sign-in links, sessions, the audit log, how answers came about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"

_TIME = sa.DateTime(timezone=True)
_FINAL = "the audit log is append-only"


def upgrade() -> None:
    """Make the tables, and let no row of the audit log be changed."""
    op.create_table(
        "console_keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_console_keys"),
    )
    op.create_table(
        "console_links",
        sa.Column("link_hash", sa.Text(), nullable=False),
        *_person(),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("used_at", _TIME),
        sa.PrimaryKeyConstraint("link_hash", name="pk_console_links"),
    )
    op.create_table(
        "console_sessions",
        sa.Column("session_hash", sa.Text(), nullable=False),
        *_person(),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("session_hash", name="pk_console_sessions"),
    )
    op.create_table(
        "answer_traces",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_traces"),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.answer_id"],
            name="fk_answer_traces_answer_id",
            ondelete="CASCADE",
        ),
    )
    _audit()


def _person() -> tuple[sa.Column[str], ...]:
    names = ("team", "user", "name", "language")
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _audit() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    words = ("surface", "team", "actor", "act", "target")
    op.create_table(
        "audit",
        sa.Column("number", number, nullable=False, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{_FINAL}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_FINAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )

"""Staff's pages: a day on which to be reminded, and how test questions came out before."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the moment to questions to the office, and the table of earlier outcomes."""
    op.add_column("escalations", sa.Column("remind_at", _TIME))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "test_outcomes",
        sa.Column("number", number, nullable=False, autoincrement=True),
        sa.Column("test_id", sa.Text(), nullable=False),
        sa.Column("has_passed", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _WORDS),
        sa.Column("ran_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_test_outcomes"),
        sa.ForeignKeyConstraint(
            ["test_id"],
            ["test_questions.test_id"],
            name="fk_test_outcomes_test_id",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_test_outcomes_test_id", "test_outcomes", ["test_id"])


_WORDS = ("outcome", "said", "index_version")

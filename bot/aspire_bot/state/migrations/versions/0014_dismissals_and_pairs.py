"""What staff dismissed of what waits for them, and why; how alike questions are."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_WORDS = ("kind", "item", "version", "team", "reason", "dismissed_by")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "dismissals",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _WORDS),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item", name="pk_dismissals"),
    )
    op.create_index("ix_dismissals_dismissed_at", "dismissals", ["dismissed_at"])
    gap_ids = ("one", "other")
    op.create_table(
        "question_pairs",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*gap_ids, "read_by")),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint(*gap_ids, name="pk_question_pairs"),
        *(
            sa.ForeignKeyConstraint(
                [name], ["gaps.gap_id"], name=f"fk_question_pairs_{name}", ondelete="CASCADE"
            )
            for name in gap_ids
        ),
    )
    op.create_index("ix_question_pairs_other", "question_pairs", ["other"])

"""What staff dismissed of what waits for them, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_WORDS = ("kind", "item", "version", "team", "reason", "dismissed_by")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dismissals",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _WORDS),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item", name="pk_dismissals"),
    )
    op.create_index("ix_dismissals_dismissed_at", "dismissals", ["dismissed_at"])

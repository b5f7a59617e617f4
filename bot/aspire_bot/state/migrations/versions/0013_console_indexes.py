"""Indexes of what the console asks: who did what to one thing, and what is open at the office."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add them; a state that was made whole by its tables has them already."""
    op.create_index("ix_audit_target", "audit", ["target", "number"], if_not_exists=True)
    op.create_index(
        "ix_escalations_status", "escalations", ["status", "opened_at"], if_not_exists=True
    )

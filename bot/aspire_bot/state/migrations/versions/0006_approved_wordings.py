"""Of approved answers: questions they do not answer, those shown to staff, how sources stood."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; what is approved already has none of these."""
    for name in ("not_wordings", "shown_questions", "source_hashes"):
        op.add_column("approvals", sa.Column(name, sa.Text()))

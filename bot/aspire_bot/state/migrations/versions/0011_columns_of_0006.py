"""What 0006 adds, where it is not there: 0006 was put before 0008 and 0010 when these were out.

A database that had gone to 0008 or 0010 before is past 0006 by its number, and lacks its columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_COLUMNS = ("not_wordings", "shown_questions", "source_hashes")


def upgrade() -> None:
    """Add the columns that are missing; what is approved already has none of these."""
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("approvals")}
    for name in _COLUMNS:
        if name not in there:
            op.add_column("approvals", sa.Column(name, sa.Text()))

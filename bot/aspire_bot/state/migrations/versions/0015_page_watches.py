"""Which documents and sources staff want to be told of when they change."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_NAMED = ("kind", "item", "team", "user")
_WORDS = ("watch_id", *_NAMED, "title", "language", "stands")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "page_watches",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _WORDS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("generation", "told")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("watch_id", name="pk_page_watches"),
        sa.UniqueConstraint(*_NAMED, name="uq_page_watches_kind_item_team_user"),
    )

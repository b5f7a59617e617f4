"""What waited for staff and needs nothing done, as they said, and why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import delete, select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import dismissals

DismissedKind = Literal["disliked", "escalation", "contradiction", "held", "doubtful"]
"""An answer people did not like, a question at the office, two quotes that differ, a document that
is held, one that was read badly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """One of staff said of an item that it needs nothing.

    `item` is its id; `version` says what it was then (the hash of a document): another version is
    shown again.
    """

    kind: DismissedKind
    item: str
    team: str
    reason: str
    dismissed_by: str
    dismissed_at: datetime
    version: str = ""


_DISMISSAL = TypeAdapter(Dismissal)


class Dismissals:
    """One for each item; the latest counts."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(
        self,
        kind: DismissedKind,
        item: str,
        *,
        team: str,
        user: str,
        reason: str,
        version: str = "",
    ) -> None:
        """Keep that somebody dismissed an item, in place of what was said of it before."""
        said = Dismissal(
            kind=kind,
            item=item,
            version=version,
            team=team,
            reason=reason,
            dismissed_by=user,
            dismissed_at=self._database.now(),
        )
        with self._database.write() as connection:
            connection.execute(self._database.upsert(dismissals, ("kind", "item"), asdict(said)))

    def get(self, kind: DismissedKind, item: str) -> Dismissal | None:
        """Find what was said of an item."""
        mine = dismissals.c.kind == kind, dismissals.c.item == item
        return self._database.row(select(dismissals).where(*mine), _DISMISSAL)

    def remove(self, kind: DismissedKind, item: str) -> Dismissal | None:
        """Take an item up again; give what had been said of it, None where nothing was."""
        found = self.get(kind, item)
        mine = dismissals.c.kind == kind, dismissals.c.item == item
        with self._database.write() as connection:
            is_mine = connection.execute(delete(dismissals).where(*mine)).rowcount > 0
        return found if is_mine else None

    def versions(self, kind: DismissedKind) -> Mapping[str, str]:
        """Give what the dismissed items of a kind were, by item."""
        wanted = select(dismissals.c.item, dismissals.c.version).where(dismissals.c.kind == kind)
        with self._database.read() as connection:
            return {row.item: row.version for row in connection.execute(wanted)}

    def latest(self, limit: int) -> tuple[Dismissal, ...]:
        """Give the latest of all kinds."""
        ordered = dismissals.c.dismissed_at.desc(), dismissals.c.kind, dismissals.c.item
        return self._database.rows(select(dismissals).order_by(*ordered).limit(limit), _DISMISSAL)

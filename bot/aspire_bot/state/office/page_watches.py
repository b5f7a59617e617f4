"""Which documents and sources staff want to be told of when they change."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import page_watches

WatchedKind = Literal["document", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWatch:
    """A person of staff, and the document or source that they want to be told of.

    `item` is the id of the document or the name of the source. `stands` says how it was when they
    asked, or were last told: see `office.page_state`; a document in the generation of this number.
    `told` counts the changes of which they were told.
    """

    kind: WatchedKind
    item: str
    title: str
    team: str
    user: str
    language: str
    stands: str
    asked_at: datetime
    generation: int = 0
    told: int = 0
    watch_id: str = field(default_factory=lambda: secrets.token_hex(9))


_WATCH = TypeAdapter(PageWatch)


class PageWatches:
    """One for each document or source and person."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, watch: PageWatch) -> bool:
        """Keep one; False where the person is told of it already, and goes on to be."""
        with self._database.write() as connection:
            made = self._database.insert_new(page_watches).values(**asdict(watch))
            return connection.execute(made.returning(page_watches.c.watch_id)).first() is not None

    def remove(self, kind: WatchedKind, item: str, team: str, user: str) -> bool:
        """Tell a person no more; False where they were not to be told."""
        with self._database.write() as connection:
            mine = delete(page_watches).where(*_of(kind, item, team, user))
            return connection.execute(mine).rowcount > 0

    def get(self, watch_id: str) -> PageWatch | None:
        """Find one."""
        found = self._all(page_watches.c.watch_id == watch_id)
        return found[0] if found else None

    def of_person(self, kind: WatchedKind, item: str, team: str, user: str) -> PageWatch | None:
        """Find that of a person."""
        found = self._all(*_of(kind, item, team, user))
        return found[0] if found else None

    def all(self, kind: WatchedKind) -> tuple[PageWatch, ...]:
        """Give all of a kind, first come first."""
        return self._all(page_watches.c.kind == kind)

    def set_told(self, watch: PageWatch, stands: str, *, generation: int = 0) -> None:
        """Keep how it stands now, unless another process has done that since `watch` was read."""
        as_read = page_watches.c.watch_id == watch.watch_id, page_watches.c.told == watch.told
        now = {"stands": stands, "generation": generation, "told": watch.told + 1}
        with self._database.write() as connection:
            connection.execute(update(page_watches).where(*as_read).values(**now))

    def _all(self, *where: ColumnElement[bool]) -> tuple[PageWatch, ...]:
        ordered = page_watches.c.asked_at, page_watches.c.watch_id
        return self._database.rows(select(page_watches).where(*where).order_by(*ordered), _WATCH)


def _of(kind: WatchedKind, item: str, team: str, user: str) -> tuple[ColumnElement[bool], ...]:
    named = {"kind": kind, "item": item, "team": team, "user": user}
    return tuple(page_watches.c[column] == value for column, value in named.items())

"""The audit log: every act of staff, in order, each row bound to the one before it by its hash.

Rows are added, never changed; the oldest go when the time they are kept for is over, and a row
says so. A row that somebody changed or took out breaks the chain, which `faults` finds.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, func, select

from aspire_bot.state.database.console_tables import audit
from aspire_bot.state.database.database import Database

Surface = Literal["console", "slack", "program"]
Facts = Mapping[str, object]
LOCK = "audit"
FIRST = "0" * 64
"""What stands for the hash before the very first row."""
REMOVED_OLD = "audit.remove_old"
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that somebody of staff did.

    `act` is a noun and a verb (`approval.withdraw`), `target` the id of what it was done to.
    `before` and `after` say how that stood, as far as it is known.
    """

    surface: Surface
    team: str
    actor: str
    act: str
    target: str
    before: Facts | None = None
    after: Facts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """An act as it was kept."""

    number: int
    surface: Surface
    team: str
    actor: str
    act: str
    target: str
    before: Facts | None
    after: Facts | None
    at: datetime
    previous_hash: str
    hash: str


_ROW = TypeAdapter(AuditRow)


class AuditLog:
    """All acts that are kept."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def record(self, act: Act) -> None:
        """Add an act at the end."""
        with self._database.write(lock=LOCK) as connection:
            self._append(connection, act)

    def latest(self, limit: int, *, before: int | None = None) -> tuple[AuditRow, ...]:
        """Give the newest rows, newest first; of those below the number `before`, where given."""
        wanted = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(audit.c.number < before)
        return self._database.rows(wanted, _ROW)

    def about(self, target: str, acts: Collection[str], limit: int) -> tuple[AuditRow, ...]:
        """Give the newest rows with one of `acts` on a target, newest first."""
        wanted = (
            select(audit)
            .where(audit.c.target == target, audit.c.act.in_(acts))
            .order_by(audit.c.number.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(_ROW.validate_python(dict(row)) for row in rows)

    def all(self) -> Iterator[AuditRow]:
        """Give all rows, oldest first, some at a time."""
        last = 0
        while True:
            wanted = select(audit).where(audit.c.number > last).order_by(audit.c.number)
            with self._database.read() as connection:
                rows = connection.execute(wanted.limit(_BATCH)).mappings().all()
            if not rows:
                return
            for row in rows:
                yield _ROW.validate_python(dict(row))
            last = int(rows[-1]["number"])

    def faults(self) -> tuple[int, ...]:
        """Give the numbers of the rows that do not follow from the one before, or were changed."""
        found: list[int] = []
        follows, starts = None, {FIRST}
        rows = list(self.all())
        starts |= {
            str(row.after["last_hash"]) for row in rows if row.act == REMOVED_OLD and row.after
        }
        for row in rows:
            is_bound = row.previous_hash == follows if follows else row.previous_hash in starts
            if not is_bound or row.hash != _hash(_facts(row), row.previous_hash):
                found.append(row.number)
            follows = row.hash
        return tuple(found)

    def remove_old(self, keep_days: int) -> int:
        """Remove what is older than so many days, and say so in a row; give how many rows went."""
        before = self._database.now() - timedelta(days=keep_days)
        with self._database.write(lock=LOCK) as connection:
            # From the beginning on, up to the first that is young enough: no hole is left.
            young = select(func.min(audit.c.number)).where(audit.c.at >= before).scalar_subquery()
            newest = select(func.max(audit.c.number)).scalar_subquery()
            is_old = audit.c.number < func.coalesce(young, newest + 1)
            last = select(audit.c.hash).where(is_old).order_by(audit.c.number.desc()).limit(1)
            last_hash = connection.execute(last).scalar_one_or_none()
            if last_hash is None:
                return 0
            count = connection.execute(select(func.count()).where(is_old)).scalar_one()
            told = {"rows": count, "last_hash": last_hash}
            removed = Act(
                surface="program", team="", actor="", act=REMOVED_OLD, target="audit", after=told
            )
            first_kept = self._append(connection, removed)
            gone = delete(audit).where(is_old, audit.c.number < first_kept)
            return connection.execute(gone).rowcount

    def _append(self, connection: Connection, act: Act) -> int:
        last = select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)
        previous = connection.execute(last).scalar_one_or_none() or FIRST
        at = self._database.now()
        facts = {**_plain(act), "at": at.isoformat()}
        row = {**_plain(act), "at": at, "previous_hash": previous, "hash": _hash(facts, previous)}
        added = audit.insert().values(**row).returning(audit.c.number)
        return int(connection.execute(added).scalar_one())


def _plain(act: Act | AuditRow) -> dict[str, Any]:
    names = ("surface", "team", "actor", "act", "target", "before", "after")
    found = {name: getattr(act, name) for name in names}
    # As the columns give it back: what a database cannot hold is out of it, mappings are dicts.
    return json.loads(json.dumps(found).replace("\\u0000", "\\ufffd"))


def _facts(row: AuditRow) -> dict[str, Any]:
    return {**_plain(row), "at": row.at.isoformat()}


def _hash(facts: Mapping[str, object], previous: str) -> str:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()

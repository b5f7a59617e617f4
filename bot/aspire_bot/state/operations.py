"""What staff do to the index from Slack: each operation with its message and how far it is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import operations

OperationKind = Literal["ingest", "remove", "sync"]
AtWork = Literal["looking", "doing", "pruning", "undoing"]
Status = AtWork | Literal["ready", "done", "undone", "cancelled", "refused"]
AT_WORK: frozenset[Status] = frozenset({"looking", "doing", "pruning", "undoing"})
Facts = Mapping[str, object]
"""JSON, as those read it who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One of them. `turn` counts its steps: a button of an earlier step has no effect.

    `request` is what is wanted, `found` what was found out or done, `claimed_by` the key of the
    job that took the present step, `user` who wanted it.
    """

    operation_id: str
    kind: OperationKind
    team: str
    channel: str
    user: str
    language: str
    began_at: datetime
    claimed_by: str
    request: Facts
    thread_ts: str = ""
    message_ts: str | None = None
    status: Status = "looking"
    turn: int = 0
    found: Facts | None = field(default=None)

    @property
    def is_at_work(self) -> bool:
        """Whether a step is being done."""
        return self.status in AT_WORK


_OPERATION = TypeAdapter(Operation)


class Operations:
    """All of them, as long as texts are kept."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def begin(self, operation: Operation) -> Operation:
        """Keep a new one; what is known under its id already is left, and given, as it is."""
        with self._database.write() as connection:
            connection.execute(self._database.insert_new(operations).values(**asdict(operation)))
        found = self.get(operation.operation_id)
        return found or operation

    def get(self, operation_id: str) -> Operation | None:
        """Find one."""
        wanted = select(operations).where(operations.c.operation_id == operation_id)
        return self._database.row(wanted, _OPERATION)

    def claim(
        self,
        operation_id: str,
        *,
        turn: int,
        by: str,
        user: str,
        status: Status,
        request: Facts | None = None,
    ) -> Operation | None:
        """Take the next step for a user, `turn` being the present one; None: another was quicker.

        Whoever has taken it may take it again, as after a crash: it is given as it is by then.
        """
        values: dict[str, object] = {
            "turn": turn + 1,
            "claimed_by": by,
            "user": user,
            "status": status,
        }
        if request is not None:
            values["request"] = dict(request)
        wanted = update(operations).where(
            operations.c.operation_id == operation_id, operations.c.turn == turn
        )
        with self._database.write() as connection:
            connection.execute(wanted.values(**values))
        found = self.get(operation_id)
        return found if found is not None and found.claimed_by == by else None

    def settle(self, operation_id: str, status: Status, found: Facts) -> Operation:
        """Say what came of a step, and let the next be taken.

        Raises:
            LookupError: it is kept no more.
        """
        wanted = update(operations).where(operations.c.operation_id == operation_id)
        with self._database.write() as connection:
            connection.execute(
                wanted.values(status=status, found=dict(found), turn=operations.c.turn + 1)
            )
        settled = self.get(operation_id)
        if settled is None:
            raise LookupError(f"operation {operation_id} is kept no more")
        return settled

    def note(self, operation_id: str, found: Facts) -> None:
        """Keep what was found out while a step is being done."""
        wanted = update(operations).where(operations.c.operation_id == operation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(found=dict(found)))

    def note_message(self, operation_id: str, ts: str) -> None:
        """Keep which message shows it."""
        wanted = update(operations).where(operations.c.operation_id == operation_id)
        with self._database.write() as connection:
            connection.execute(wanted.values(message_ts=ts))

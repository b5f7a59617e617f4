"""The inbox's conditions and rows, apart from what is done with them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select

from aspire_bot.state.arrivals import Arrival, Job
from aspire_bot.state.database.columns import UtcTime
from aspire_bot.state.database.tables import inbox

WAITING: Mapping[str, object] = {"state": "waiting", "owner": None, "lease_until": None}


def is_working() -> ColumnElement[bool]:
    """Whether an owner has it, perhaps a dead one."""
    return and_(inbox.c.finished_at.is_(None), inbox.c.state == "working")


def is_held(now: datetime) -> ColumnElement[bool]:
    """Whether a living owner has it."""
    return and_(inbox.c.state == "working", inbox.c.lease_until > now)


def is_unfinished(job_id: int) -> ColumnElement[bool]:
    """Whether it is this job, and still to be done."""
    return and_(inbox.c.job_id == job_id, inbox.c.finished_at.is_(None))


def _startable() -> Select[tuple[int]]:
    now = bindparam("now", type_=UtcTime)
    earlier = inbox.alias("earlier")
    is_behind = (
        select(earlier.c.job_id)
        .where(
            earlier.c.finished_at.is_(None),
            earlier.c.team == inbox.c.team,
            earlier.c.channel == inbox.c.channel,
            earlier.c.thread_ts == inbox.c.thread_ts,
            earlier.c.job_id < inbox.c.job_id,
        )
        .exists()
    )
    is_free = or_(
        and_(inbox.c.state == "waiting", inbox.c.not_before <= now),
        and_(inbox.c.state == "working", inbox.c.lease_until <= now),
    )
    return (
        select(inbox.c.job_id)
        .where(inbox.c.finished_at.is_(None), is_free, or_(inbox.c.thread_ts == "", ~is_behind))
        .order_by(inbox.c.job_id)
        .limit(1)
    )


# Idle workers ask this twice a second: it is built once.
STARTABLE = _startable()
"""Selects the id of the oldest job that may start at the moment `now`."""


def new_row(arrival: Arrival, now: datetime, *, once_per_message: bool) -> dict[str, object]:
    """Give the row of what has just come in."""
    message_key = arrival.message_ts if once_per_message else ""
    return {
        "kind": arrival.kind,
        "key": arrival.key,
        "team": arrival.team,
        "channel": arrival.channel,
        "thread_ts": arrival.thread_ts,
        "user": arrival.user,
        "message_ts": arrival.message_ts,
        "message_key": message_key or None,
        "body": dict(arrival.body),
        "state": "waiting",
        "attempts": 0,
        "received_at": now,
        "not_before": now,
        "is_stream": False,
    }


def ended(now: datetime, state: str) -> Mapping[str, object]:
    """Give the values of a finished job: its keys stay, what it held of a person goes."""
    gone = {"owner": None, "lease_until": None, "user": "", "body": None, "outcome": None}
    return {"state": state, "finished_at": now, **gone}


def gone_row(team: str, channel: str, message_ts: str, now: datetime) -> Mapping[str, object]:
    """Give the row of a message that is deleted already: nothing is left to do about it."""
    gone = Arrival(
        kind="event",
        key=f"gone:{team}:{channel}:{message_ts}",
        team=team,
        channel=channel,
        message_ts=message_ts,
        body={},
    )
    return {**new_row(gone, now, once_per_message=True), **ended(now, "dropped")}


def job_of(row: Row[Any]) -> Job:
    """Read a row."""
    arrival = Arrival(
        kind=row.kind,
        key=row.key,
        team=row.team,
        channel=row.channel,
        thread_ts=row.thread_ts,
        user=row.user,
        message_ts=row.message_ts,
        body=row.body or {},
    )
    return Job(
        job_id=row.job_id,
        arrival=arrival,
        attempts=row.attempts,
        received_at=row.received_at,
        placeholder_ts=row.placeholder_ts,
        is_stream=row.is_stream,
        outcome=row.outcome,
    )

"""What arrives from Slack, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ArrivalKind = Literal["event", "command", "action", "shortcut", "view", "task"]
Finished = Literal["done", "dropped", "failed"]
Withdrawal = Literal["deleted", "edited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in. `task` is work the bot gave itself.

    `key` is unique: an `event_id`, a `trigger_id`, or what else names this one arrival.
    `message_ts` is of the message it is about; `body` the whole payload as Slack sent it.
    """

    kind: ArrivalKind
    key: str
    team: str
    channel: str = ""
    thread_ts: str = ""
    user: str = ""
    message_ts: str = ""
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An arrival on its way. `attempts` counts claims, clean stops left out.

    `placeholder_ts` is the message the answer goes into, `outcome` what is to be delivered.
    """

    job_id: int
    arrival: Arrival
    attempts: int
    received_at: datetime
    placeholder_ts: str | None
    is_stream: bool
    outcome: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """How many jobs wait, those of a dead owner among them, and how many are worked on."""

    waiting: int
    working: int

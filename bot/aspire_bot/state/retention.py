"""What is removed: what people want forgotten, and what was kept for long enough.

A test holds this against every column of `tables.py` and `sdk_tables.py` that is marked as holding
something of a person. How long rows stay is said by table in `lifetimes.py`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    Update,
    and_,
    delete,
    exists,
    select,
    update,
)

from aspire_bot.state.database.console_tables import console_links, console_sessions
from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import (
    cluster_members,
    clusters,
    dismissals,
    drafts,
    offered_answers,
    page_watches,
    test_questions,
    wanted_answers,
)
from aspire_bot.state.database.sdk_tables import installations, oauth_states
from aspire_bot.state.database.tables import (
    answers,
    approvals,
    askings,
    channels,
    escalations,
    gaps,
    inbox,
    onboarding,
    onboarding_steps,
    operations,
    replies,
    turns,
    votes,
)
from aspire_bot.state.gaps import LOCK as GAPS_LOCK
from aspire_bot.state.inbox import LOCK as INBOX_LOCK
from aspire_bot.state.inbox import Inbox
from aspire_bot.state.inbox_rows import ended
from aspire_bot.state.lifetimes import UNTIL_EXPIRED, UNTIL_OLD

_Change = tuple[Table, Delete | Update]

# What is a person's own: the row goes.
_OWN: Mapping[Table, str] = {
    turns: "user",
    answers: "asker",
    votes: "user",
    askings: "asker",
    replies: "user",
    escalations: "asker",
    onboarding_steps: "user",
    onboarding: "user",
    operations: "user",
    wanted_answers: "asker",
    drafts: "asker",
    page_watches: "user",
    console_links: "user",
    console_sessions: "user",
}
# What others rely on, too: the row stays without the person. The first column says whose it is.
_SHARED: Mapping[Table, Mapping[str, object]] = {
    channels: {"set_by": ""},
    approvals: {"approved_by": ""},
    escalations: {"owner": None},
    offered_answers: {"decided_by": None},
    drafts: {"decided_by": None, "wording": "", "reason": ""},
    clusters: {"decided_by": None, "reason": ""},
    dismissals: {"dismissed_by": "", "reason": ""},
    test_questions: {"added_by": ""},
    installations: {
        "user_id": "",
        "user_token": None,
        "user_scopes": None,
        "user_refresh_token": None,
        "user_token_expires_at": None,
    },
}


class Retention:
    """Removes; each table in a transaction of its own, so that nobody is kept waiting for long."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database
        self._inbox = Inbox(database)

    def forget(self, user: str, team: str | None = None) -> Mapping[str, int]:
        """Remove all that is kept of a user, in one workspace or in all.

        What they asked and is not answered yet is dropped; of what is finished the inbox keeps the
        keys of the deliveries, which name nobody, until they are purged. Returns how many rows of
        which table were removed or made nobody's. Running it again is harmless.
        """
        if not user:
            return {}
        waiting = _is_of(inbox, "user", user, team) & inbox.c.finished_at.is_(None)
        dropped = update(inbox).where(waiting).values(**ended(self._database.now(), "dropped"))
        changes: list[_Change] = [(inbox, dropped)]
        for table, blank in _SHARED.items():
            whose = _is_of(table, next(iter(blank)), user, team)
            changes.append((table, update(table).where(whose).values(**blank)))
        for table, column in _OWN.items():
            changes.append((table, delete(table).where(_is_of(table, column, user, team))))
        return self._apply(changes)

    def purge(self, keep_days: int, now: datetime) -> Mapping[str, int]:
        """Remove the texts of what is older than so many days, and what has expired.

        Votes stay without what was written beside them; tours, settings of channels and approved
        answers stay. Returns how many rows of which table were removed or emptied.
        """
        before = now - timedelta(days=keep_days)
        late = inbox.c.finished_at.is_(None) & (inbox.c.received_at < before)
        commented = (votes.c.comment != "") & (votes.c.voted_at < before)
        is_over = oauth_states.c.expire_at < now.astimezone(UTC).replace(tzinfo=None)
        counts = self._apply(
            [
                (inbox, update(inbox).where(late).values(**ended(now, "dropped"))),
                (votes, update(votes).where(commented).values(comment="")),
                *((one, delete(one).where(at < before)) for one, at in UNTIL_OLD.items()),
                (clusters, delete(clusters).where(_is_empty(before))),
                (oauth_states, delete(oauth_states).where(is_over)),
                *((one, delete(one).where(at < now)) for one, at in UNTIL_EXPIRED.items()),
            ]
        )
        return {**counts, "inbox": counts["inbox"] + self._inbox.purge(before)}

    def _apply(self, changes: Iterable[_Change]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for table, change in changes:
            lock = {inbox: INBOX_LOCK, askings: GAPS_LOCK}.get(table, "")
            with self._database.write(lock=lock) as connection:
                changed = connection.execute(change).rowcount
                counts[table.name] = counts.get(table.name, 0) + changed
                if table is askings:
                    counts[gaps.name] = _tidy_gaps(connection)
        return counts


def _is_of(table: Table, column: str, user: str, team: str | None) -> ColumnElement[bool]:
    is_theirs = table.c[column] == user
    if team is None:
        return is_theirs
    return and_(is_theirs, table.c["team_id" if table is installations else "team"] == team)


def _is_empty(before: datetime) -> ColumnElement[bool]:
    """Whether a cluster is old, and none of its questions is kept any more."""
    has_members = exists().where(cluster_members.c.cluster_id == clusters.c.cluster_id)
    return (clusters.c.made_at < before) & ~has_members


def _tidy_gaps(connection: Connection) -> int:
    """Let each gap speak in the words of the first who asked it and is not forgotten."""
    asked = askings.c.gap_id == gaps.c.gap_id
    gone = connection.execute(delete(gaps).where(~exists().where(asked))).rowcount
    as_first = and_(asked, askings.c.asker == gaps.c.asker, askings.c.question == gaps.c.question)
    for gap_id in connection.execute(select(gaps.c.gap_id).where(~exists().where(as_first))).all():
        mine = askings.c.gap_id == gap_id[0]
        first = select(askings).where(mine).order_by(askings.c.asking_id).limit(1)
        row = connection.execute(first).one()
        renewed = update(gaps).where(gaps.c.gap_id == gap_id[0])
        connection.execute(
            renewed.values(
                question=row.question,
                asker=row.asker,
                asked_at=row.asked_at,
                answer_id=row.answer_id,
            )
        )
    return gone

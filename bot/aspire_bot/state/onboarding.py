"""How far newcomers are with their tour; no step is sent twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import onboarding, onboarding_steps

_STEP_KEYS = ("team", "user", "step_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One person's tour. `done` are the steps that were sent, in that order."""

    team: str
    user: str
    channel: str
    next_step: str | None
    done: tuple[str, ...]
    started_at: datetime
    finished_at: datetime | None


class Onboarding:
    """The tours of all newcomers."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def start(self, team: str, user: str, *, channel: str = "") -> bool:
        """Begin somebody's tour; False where it began before."""
        row = self._database.insert_new(onboarding).values(
            team=team, user=user, channel=channel, started_at=self._database.now()
        )
        with self._database.write() as connection:
            return connection.execute(row.returning(onboarding.c.user)).first() is not None

    def note_sent(
        self, team: str, user: str, step_id: str, ts: str, *, next_step: str | None = None
    ) -> None:
        """Keep that a step was sent, as which message, and which comes next."""
        now = self._database.now()
        row: dict[str, object] = {
            "team": team,
            "user": user,
            "step_id": step_id,
            "claimed_at": now,
            "sent_at": now,
            "ts": ts,
        }
        tour = update(onboarding).where(_is_of(onboarding, team, user))
        with self._database.write() as connection:
            connection.execute(self._database.upsert(onboarding_steps, _STEP_KEYS, row))
            connection.execute(tour.values(next_step=next_step))

    def progress(self, team: str, user: str) -> Progress | None:
        """Say how far somebody is; None where no tour began."""
        steps = onboarding_steps.c
        sent = select(steps.step_id).where(
            _is_of(onboarding_steps, team, user), steps.sent_at.is_not(None)
        )
        with self._database.read() as connection:
            wanted = select(onboarding).where(_is_of(onboarding, team, user))
            tour = connection.execute(wanted).one_or_none()
            if tour is None:
                return None
            done = connection.scalars(sent.order_by(steps.sent_at, steps.claimed_at)).all()
        return Progress(
            team=tour.team,
            user=tour.user,
            channel=tour.channel,
            next_step=tour.next_step,
            done=tuple(done),
            started_at=tour.started_at,
            finished_at=tour.finished_at,
        )

    def finish(self, team: str, user: str) -> None:
        """Keep that the tour is over."""
        tour = update(onboarding).where(_is_of(onboarding, team, user))
        with self._database.write() as connection:
            connection.execute(tour.values(next_step=None, finished_at=self._database.now()))

    def restart(self, team: str, user: str) -> None:
        """Begin anew, on the person's own wish: all steps may be sent again."""
        row: dict[str, object] = {
            "team": team,
            "user": user,
            "channel": "",
            "started_at": self._database.now(),
        }
        with self._database.write() as connection:
            connection.execute(delete(onboarding_steps).where(_is_of(onboarding_steps, team, user)))
            connection.execute(self._database.insert_new(onboarding).values(**row))
            tour = update(onboarding).where(_is_of(onboarding, team, user))
            fresh = {"next_step": None, "finished_at": None, "started_at": row["started_at"]}
            connection.execute(tour.values(**fresh))


def _is_of(table: Table, team: str, user: str) -> ColumnElement[bool]:
    return and_(table.c.team == team, table.c.user == user)

"""How the bot does, week by week: rates, votes, and how long the office takes. Names nobody."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

from sqlalchemy import func, select

from aspire_bot.state.database import Database
from aspire_bot.state.office_tables import cluster_members
from aspire_bot.state.tables import answers, askings, escalations, replies, votes

PlaceClass = Literal["direct", "channel", "staff"]
"""Where a question was asked: in a direct message, in a channel for all, in one for staff."""
PLACE_CLASSES: tuple[PlaceClass, ...] = ("direct", "channel", "staff")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """One week (its Monday), one language, one topic (a cluster's id; empty: none).

    Shares are from 0 to 1 of the answers that are no mere conversation; None where there is none.
    `hedged` is of those that were answered.
    """

    week: date
    language: str
    topic: str
    asked: int
    answered: float | None
    hedged: float | None
    silent: float | None
    asked_back: float | None
    up: int
    down: int
    escalated: int
    reply_hours: float | None
    """The median time to the office's first reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    answer_id: str
    week: date
    language: str
    topic: str
    outcome: str
    certainty: str | None
    place: PlaceClass


def weekly_figures(
    database: Database, *, team: str | None = None, since: datetime | None = None
) -> tuple[WeekFigures, ...]:
    """Count by week, language and topic, the oldest week first."""
    rows = _answers(database, team, since)
    by_answer = {row.answer_id: row for row in rows}
    voted = _votes(database, by_answer)
    hours = _reply_hours(database, by_answer)
    groups: dict[tuple[date, str, str], list[_Row]] = {}
    for row in rows:
        groups.setdefault((row.week, row.language, row.topic), []).append(row)
    return tuple(_figures(key, members, voted, hours) for key, members in sorted(groups.items()))


def figures_by_week(
    database: Database,
    *,
    since: datetime,
    language: str = "",
    place: PlaceClass | None = None,
) -> tuple[WeekFigures, ...]:
    """Count by week alone, the oldest first: of one language and one class of places, or of all.

    Weeks in which nothing was asked are left out. `language` of the figures is the one wanted.
    """
    rows = [
        replace(row, language=language, topic="")
        for row in _answers(database, None, since)
        if language in {"", row.language} and place in {None, row.place}
    ]
    by_answer = {row.answer_id: row for row in rows}
    voted, hours = _votes(database, by_answer), _reply_hours(database, by_answer)
    groups: dict[date, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.week, []).append(row)
    return tuple(
        _figures((week, language, ""), members, voted, hours)
        for week, members in sorted(groups.items())
    )


def languages_asked(database: Database) -> tuple[str, ...]:
    """Give the languages of the kept answers."""
    with database.read() as connection:
        found = connection.execute(select(answers.c.language).distinct()).scalars().all()
    return tuple(sorted(found))


def figures_csv(figures: Iterable[WeekFigures]) -> str:
    """Give the figures as a table with a head; what is not known is empty."""
    written = io.StringIO()
    names = [field.name for field in fields(WeekFigures)]
    table = csv.DictWriter(written, names, lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(one) for one in figures)
    return written.getvalue()


def _figures(
    key: tuple[date, str, str],
    rows: Sequence[_Row],
    voted: dict[str, tuple[int, int]],
    hours: dict[str, float | None],
) -> WeekFigures:
    asked = [row for row in rows if row.outcome != "conversation"]
    escalated = [row.answer_id for row in rows if row.answer_id in hours]
    times = [time for name in escalated if (time := hours[name]) is not None]
    week, language, topic = key

    def share(outcome: str) -> float | None:
        if not asked:
            return None
        return round(sum(row.outcome == outcome for row in asked) / len(asked), 4)

    return WeekFigures(
        week=week,
        language=language,
        topic=topic,
        asked=len(asked),
        answered=share("answered"),
        hedged=_hedged(asked),
        silent=share("abstained"),
        asked_back=share("clarify"),
        up=sum(voted.get(row.answer_id, (0, 0))[0] for row in rows),
        down=sum(voted.get(row.answer_id, (0, 0))[1] for row in rows),
        escalated=len(escalated),
        reply_hours=round(median(times), 2) if times else None,
    )


def _hedged(asked: Sequence[_Row]) -> float | None:
    known = [row.certainty for row in asked if row.outcome == "answered" and row.certainty]
    return round(known.count("hedged") / len(known), 4) if known else None


def _answers(database: Database, team: str | None, since: datetime | None) -> list[_Row]:
    wanted = (
        select(
            answers.c.answer_id,
            answers.c.asked_at,
            answers.c.language,
            answers.c.outcome,
            answers.c.certainty,
            answers.c.channel,
            answers.c.audience,
            cluster_members.c.cluster_id,
        )
        .join(askings, askings.c.answer_id == answers.c.answer_id, isouter=True)
        .join(cluster_members, cluster_members.c.gap_id == askings.c.gap_id, isouter=True)
        .where(answers.c.deleted_at.is_(None))
    )
    if team is not None:
        wanted = wanted.where(answers.c.team == team)
    if since is not None:
        wanted = wanted.where(answers.c.asked_at >= since)
    with database.read() as connection:
        found = connection.execute(wanted).all()
    return [
        _Row(
            answer_id=row.answer_id,
            week=_monday(row.asked_at),
            language=row.language,
            topic=row.cluster_id or "",
            outcome=row.outcome,
            certainty=row.certainty,
            place=_place(row.channel, row.audience),
        )
        for row in found
    ]


def _votes(database: Database, known: Iterable[str]) -> dict[str, tuple[int, int]]:
    up = func.count().filter(votes.c.value == "up")
    down = func.count().filter(votes.c.value == "down")
    wanted = select(votes.c.answer_id, up, down).group_by(votes.c.answer_id)
    with database.read() as connection:
        rows = connection.execute(wanted).all()
    there = set(known)
    return {row[0]: (int(row[1]), int(row[2])) for row in rows if row[0] in there}


def _reply_hours(database: Database, known: Iterable[str]) -> dict[str, float | None]:
    """Hours from the escalation of each answer to the first reply; None before there is one."""
    first = func.min(replies.c.said_at)
    wanted = (
        select(escalations.c.answer_id, escalations.c.opened_at, first)
        .join(replies, replies.c.escalation_id == escalations.c.escalation_id, isouter=True)
        .group_by(escalations.c.escalation_id, escalations.c.answer_id, escalations.c.opened_at)
    )
    with database.read() as connection:
        rows = connection.execute(wanted).all()
    there = set(known)
    return {
        row[0]: None if row[2] is None else (row[2] - row[1]) / _HOUR
        for row in rows
        if row[0] in there
    }


def _place(channel: str, audience: str) -> PlaceClass:
    if channel.startswith("D"):
        return "direct"
    return "staff" if audience == "staff" else "channel"


def _monday(moment: datetime) -> date:
    day = moment.date()
    return day - timedelta(days=day.weekday())

"""What was asked and cited, counted: no asker, no words of an answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import answers
from aspire_bot.state.sources import CitedSource

_SOURCES = TypeAdapter(tuple[CitedSource, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document and in how many answers it was cited; named as in the last of them."""

    source: CitedSource
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Counts over the answers that are still kept; those taken back are left out.

    `since` and `until` are when the first and the last of them were asked for; None without any.
    `cited` has the most cited document first.
    """

    answers: int
    outcomes: Mapping[str, int]
    languages: Mapping[str, int]
    cited: tuple[CitedDocument, ...]
    since: datetime | None = None
    until: datetime | None = None


def read_usage(
    database: Database, *, team: str | None = None, since: datetime | None = None
) -> Usage:
    """Count what the answers cite. Of one that abstained, the documents named count nothing.

    Of one workspace where `team` is given, of what was asked from `since` on where that is.
    """
    wanted = select(
        answers.c.outcome, answers.c.language, answers.c.sources, answers.c.asked_at
    ).where(answers.c.deleted_at.is_(None))
    if team is not None:
        wanted = wanted.where(answers.c.team == team)
    if since is not None:
        wanted = wanted.where(answers.c.asked_at >= since)
    outcomes, languages, times = Counter[str](), Counter[str](), Counter[str]()
    named: dict[str, CitedSource] = {}
    with database.read() as connection:
        rows = connection.execute(wanted.order_by(answers.c.asked_at)).all()
    for outcome, language, sources, _ in rows:
        outcomes[outcome] += 1
        languages[language] += 1
        if outcome == "answered":
            cited = {one.document_id: one for one in _SOURCES.validate_python(sources)}
            named |= cited
            times.update(cited.keys())
    return Usage(
        answers=outcomes.total(),
        outcomes=dict(outcomes.most_common()),
        languages=dict(languages.most_common()),
        cited=_ranked(times, named),
        since=rows[0][3] if rows else None,
        until=rows[-1][3] if rows else None,
    )


def _ranked(times: Counter[str], named: Mapping[str, CitedSource]) -> tuple[CitedDocument, ...]:
    order: Sequence[str] = sorted(times, key=lambda name: (-times[name], name))
    return tuple(CitedDocument(source=named[name], times=times[name]) for name in order)

"""Pairs of quotes in the index that state different values for one thing."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Select, delete, select, update

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.kept_values import WhileUnchanged
from aspire_bot.state.database.office_tables import contradictions

ContradictionStatus = Literal["open", "told", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedQuote:
    """One side: the words and where they stand."""

    document_id: str
    title: str
    quote: str
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two quotes that state different values; the id is the same in every generation."""

    pair_id: str
    quotes: tuple[StatedQuote, StatedQuote]
    index_version: str
    found_at: datetime
    status: ContradictionStatus = "open"


_CONTRADICTION = TypeAdapter(Contradiction)


class Contradictions:
    """Those that the newest generation still has, and what staff said of them."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database
        self._kept = WhileUnchanged[tuple[Contradiction, ...]](database)

    def replace(self, found: Collection[Contradiction]) -> tuple[Contradiction, ...]:
        """Keep just these, each with the status it had; give those that are new."""
        with self._database.write(lock="contradictions") as connection:
            known = set(connection.execute(select(contradictions.c.pair_id)).scalars())
            gone = known - {one.pair_id for one in found}
            connection.execute(delete(contradictions).where(contradictions.c.pair_id.in_(gone)))
            new = [one for one in found if one.pair_id not in known]
            for one in new:
                row = asdict(one)
                connection.execute(self._database.insert_new(contradictions).values(**row))
            again = update(contradictions).where(contradictions.c.pair_id.in_(known - gone))
            if found:
                version = next(iter(found)).index_version
                connection.execute(again.values(index_version=version))
        return tuple(new)

    def all(self) -> tuple[Contradiction, ...]:
        """Give all, the latest found first."""
        ordered = contradictions.c.found_at.desc(), contradictions.c.pair_id
        return self._kept.of("", lambda: self._all(select(contradictions).order_by(*ordered)))

    def set_status(self, pair_ids: Collection[str], status: ContradictionStatus) -> None:
        """Keep that staff were told of some, or dismissed them."""
        wanted = update(contradictions).where(contradictions.c.pair_id.in_(list(pair_ids)))
        with self._database.write() as connection:
            connection.execute(wanted.values(status=status))

    def _all(self, wanted: Select[Any]) -> tuple[Contradiction, ...]:
        return self._database.rows(wanted, _CONTRADICTION)

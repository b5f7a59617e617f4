"""How alike unanswered questions are that were read together, two at a time."""

from collections.abc import Mapping

from sqlalchemy import select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.office_tables import question_pairs
from aspire_bot.state.database.tables import gaps
from aspire_bot.state.gaps import LOCK

Pair = tuple[str, str]
"""The ids of two gaps, the lesser first."""


class QuestionPairs:
    """Pairs of gaps of one workspace; a pair goes with either of its gaps."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def add(self, found: Mapping[Pair, float], read_by: str) -> None:
        """Keep how alike pairs are, in the words of what read them; gaps that are gone are not."""
        named = {gap_id for pair in found for gap_id in pair}
        with self._database.write(lock=LOCK) as connection:
            there = select(gaps.c.gap_id).where(gaps.c.gap_id.in_(named))
            left = frozenset(connection.execute(there).scalars())
            for (one, other), likeness in sorted(found.items()):
                if one in left and other in left:
                    row = {"one": one, "other": other, "read_by": read_by, "likeness": likeness}
                    kept = self._database.upsert(question_pairs, ("one", "other"), row)
                    connection.execute(kept)

    def of(self, team: str, read_by: str) -> Mapping[Pair, float]:
        """Give how alike the pairs of a workspace are, as far as this read them."""
        wanted = (
            select(question_pairs.c.one, question_pairs.c.other, question_pairs.c.likeness)
            .join(gaps, gaps.c.gap_id == question_pairs.c.one)
            .where(gaps.c.team == team, question_pairs.c.read_by == read_by)
        )
        with self._database.read() as connection:
            return {(row.one, row.other): row.likeness for row in connection.execute(wanted)}

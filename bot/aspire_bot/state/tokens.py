"""Tokens of the language model by day, counted together by all processes over one database."""

from datetime import date

from sqlalchemy import select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import model_tokens


class TokenCounts:
    """A `TokenLedger` that outlives the process."""

    def __init__(self, database: Database) -> None:
        """Keep it in `database`."""
        self._database = database

    def add(self, day: date, tokens: int) -> int:
        """Add to a day's tokens, or take off, at once for all; give the sum, never below 0.

        Raises:
            StateError: the database cannot be reached.
        """
        mine = select(model_tokens.c.tokens).where(model_tokens.c.day == day)
        with self._database.write(lock="model tokens") as connection:
            total = max(0, (connection.execute(mine).scalar() or 0) + tokens)
            row = {"day": day, "tokens": total}
            connection.execute(self._database.upsert(model_tokens, ("day",), row))
        return total

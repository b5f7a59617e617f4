"""What staff were told is wrong with the index, until it is over."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from aspire_bot.state.database.database import Database
from aspire_bot.state.database.tables import troubles


class Troubles:
    """Those that are not over: text by name."""

    def __init__(self, database: Database) -> None:
        """Keep them in `database`."""
        self._database = database

    def all(self) -> Mapping[str, str]:
        """Give all that staff were told of."""
        wanted = select(troubles.c.name, troubles.c.text).order_by(troubles.c.name)
        with self._database.read() as connection:
            return {row.name: row.text for row in connection.execute(wanted)}

    def change(self, raised: Mapping[str, str], over: Mapping[str, str]) -> None:
        """Note what staff have been told: what is wrong now, and what no more."""
        now = self._database.now()
        with self._database.write() as connection:
            connection.execute(delete(troubles).where(troubles.c.name.in_(list(over))))
            for name, text in raised.items():
                row = {"name": name, "text": text, "raised_at": now}
                connection.execute(self._database.insert_new(troubles).values(**row))

"""Alembic's environment: it is run by `schema.py`, on a connection in a transaction.

To write a migration: change `tables.py`, add `versions/NNNN_what.py` by hand; the tests compare
what the migrations make with `tables.py`.
"""

from alembic import context
from sqlalchemy import Connection

from aspire_bot.state.database.schema import VERSION_TABLE


def _run() -> None:
    connection = context.config.attributes["connection"]
    assert isinstance(connection, Connection)  # noqa: S101  given by `schema.py` alone
    context.configure(
        connection=connection,
        version_table=VERSION_TABLE,
        transactional_ddl=True,  # SQLite can, since we begin its transactions ourselves
    )
    context.run_migrations()


_run()

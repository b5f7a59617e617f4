"""The migrations make what the code, and the Slack SDK, expect."""

from collections.abc import Generator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import CheckConstraint, Column, MetaData, Table

from aspire_bot.state.database.database import Database, open_database
from aspire_bot.state.database.schema import VERSION_TABLE
from aspire_bot.state.database.sdk_tables import sdk_metadata
from aspire_bot.state.database.tables import metadata
from aspire_bot.state.retention import Retention

USER, BOT = "xoxp-1", "xoxb-1"


@pytest.fixture
def database(migrated_place: str) -> Generator[Database]:
    opened = open_database(migrated_place)
    yield opened
    opened.close()


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    both = MetaData()
    for table in (*metadata.sorted_tables, *sdk_metadata.sorted_tables):
        table.to_metadata(both)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, both) == []


def test_a_table_that_differs_is_noticed(database: Database) -> None:
    other = MetaData()
    for table in (*metadata.sorted_tables, *sdk_metadata.sorted_tables):
        copied = table.to_metadata(other)
        if table.name == "turns":
            copied.append_column(Column("added", metadata.tables["turns"].c.text.type))
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert len(compare_metadata(context, other)) == 1


def shape(table: Table) -> dict[str, Any]:
    return {
        "columns": [(c.name, repr(c.type), c.nullable, c.primary_key) for c in table.c],
        "indexes": sorted((i.name, tuple(i.columns.keys())) for i in table.indexes),
        "checks": [str(c) for c in table.constraints if isinstance(c, CheckConstraint)],
    }


def test_the_tables_of_the_sdk_are_those_of_the_installed_version() -> None:
    theirs = MetaData()
    SQLAlchemyInstallationStore.build_installations_table(theirs, "slack_installations")
    SQLAlchemyInstallationStore.build_bots_table(theirs, "slack_bots")
    SQLAlchemyOAuthStateStore.build_oauth_states_table(theirs, "slack_oauth_states")
    assert {t.name: shape(t) for t in sdk_metadata.sorted_tables} == {
        t.name: shape(t) for t in theirs.sorted_tables
    }


def test_the_stores_of_the_sdk_work_on_the_same_database(database: Database) -> None:
    store = SQLAlchemyInstallationStore(client_id="1.2", engine=database.engine)
    store.save(
        Installation(
            app_id="A1",
            team_id="T1",
            user_id="U1",
            user_token=USER,
            bot_token=BOT,
            bot_id="B1",
            bot_user_id="UB",
        )
    )
    states = SQLAlchemyOAuthStateStore(expiration_seconds=60, engine=database.engine)
    issued = states.issue()  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
    assert states.consume(issued)
    assert not states.consume(issued)
    Retention(database).forget("U1")
    installation = store.find_installation(enterprise_id=None, team_id="T1")
    bot = store.find_bot(enterprise_id=None, team_id="T1")
    assert installation is not None
    assert (installation.user_id, installation.user_token) == ("", None)
    assert installation.bot_token == BOT
    assert bot is not None
    assert bot.bot_token == BOT

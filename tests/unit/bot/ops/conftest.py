from collections.abc import Generator

import pytest
from tests.postgres import (
    migrated_place,
    place,
    postgres,
    postgres_template,
    sqlite_template,
)
from tests.unit.bot.ops.scripted_slack import ScriptedSlack

__all__ = ["migrated_place", "place", "postgres", "postgres_template", "sqlite_template"]


@pytest.fixture
def slack() -> Generator[ScriptedSlack]:
    with ScriptedSlack() as scripted:
        yield scripted

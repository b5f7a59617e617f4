from collections.abc import Generator

import pytest
from tests.postgres import (
    migrated_place,
    place,
    postgres,
    postgres_template,
    sqlite_template,
)
from tests.unit.bot.state.made import Clock

from aspire_bot.state import State, open_state

__all__ = ["migrated_place", "place", "postgres", "postgres_template", "sqlite_template"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(migrated_place: str, clock: Clock) -> Generator[State]:
    opened = open_state(migrated_place, lease_s=60, clock=clock)
    yield opened
    opened.close()

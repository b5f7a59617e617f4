"""Opening the state that the settings name."""

from collections.abc import Generator
from contextlib import contextmanager

from aspire_bot.settings import Settings
from aspire_bot.state import State, open_state


@contextmanager
def state_of(settings: Settings) -> Generator[State]:
    """Open what the bot keeps, in PostgreSQL where one is named, else beside the index.

    Raises:
        ConfigError: it cannot be opened or written, or was made by a newer version.
    """
    state = open_state(settings.state_place)
    try:
        yield state
    finally:
        state.close()

"""The audit log on the command line: `audit`."""

from collections.abc import Iterator

from aspire_bot.audit_events import ocsf_event
from aspire_bot.cli.json_lines import Json
from aspire_bot.settings import Settings
from aspire_bot.state.from_settings import state_of


def audit_events(settings: Settings) -> Iterator[Json]:
    """Give all acts as events of OCSF, oldest first.

    Raises:
        ConfigError: the state cannot be opened.
    """
    with state_of(settings) as state:
        for row in state.audit.all():
            yield ocsf_event(row)


def audit_faults(settings: Settings) -> tuple[int, ...]:
    """Give the numbers of the rows that were changed, or that follow a gap; raises as above."""
    with state_of(settings) as state:
        return state.audit.faults()

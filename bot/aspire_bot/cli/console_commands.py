"""What the commands of the console do: `console`, `audit`, and the links to its pages."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from aspire_bot.answering.types import Answer
from aspire_bot.cli.render import print_json
from aspire_bot.settings import Settings
from aspire_ingest.index.program import DONE, IN_PART

if TYPE_CHECKING:
    from aspire_bot.slack.service import OpenConsole


def console_opener() -> "OpenConsole":
    """Give what opens the console inside `serve`."""
    from aspire_bot.console.run import inside_service  # noqa: PLC0415 - Flask, as in serve

    return inside_service


def console(settings: Settings, *, host: str, is_debug: bool = False) -> None:
    """Serve the staff's page until stopped.

    Raises:
        ConfigError: the port is taken, or what the bot keeps cannot be opened.
    """
    from aspire_bot.console.run import run_console  # noqa: PLC0415 - Flask, as in serve
    from aspire_bot.logs import configure_logs  # noqa: PLC0415 - as in serve

    configure_logs(settings, is_service=True, is_debug=is_debug)
    run_console(settings, host=host, tell=Console(stderr=True).print)


def audit(settings: Settings, *, checks: bool) -> int:
    """Print what staff did, an event a line; or check that nothing was changed or taken out.

    Raises:
        ConfigError: what the bot keeps cannot be opened.
    """
    from aspire_bot.cli import audit_commands  # noqa: PLC0415 - SQLAlchemy, as in serve

    if not checks:
        for event in audit_commands.audit_events(settings):
            print_json(event)
        return DONE
    faults = audit_commands.audit_faults(settings)
    for number in faults:
        sys.stderr.write(
            f"aspire-bot: row {number} of the audit log was changed, or follows a gap\n"
        )
    print_json({"ok": not faults, "faults": list(faults)})
    return IN_PART if faults else DONE


@contextmanager
def page_linker(settings: Settings) -> Generator[Callable[[Answer], Answer]]:
    """Give what puts links to our own pages into an answer, where the console has an address."""
    if settings.console_url is None:
        yield lambda answer: answer
        return
    from aspire_bot.page_links import page_links  # noqa: PLC0415 - SQLAlchemy, as in serve
    from aspire_bot.state.from_settings import state_of  # noqa: PLC0415 - as above

    with state_of(settings) as state:
        links = page_links(settings, state)
        yield lambda answer: links.with_links(answer, settings.audience) if links else answer

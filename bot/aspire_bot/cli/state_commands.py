"""What the bot keeps of its conversations, shown and forgotten: `gaps` and `forget`."""

import re
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from aspire_bot.cli.json_lines import Json
from aspire_bot.settings import Settings
from aspire_bot.state.from_settings import state_of
from aspire_bot.state.gaps import Gap
from aspire_ingest.index import ConfigError
from aspire_ingest.index.program import one_line

_PERSON = re.compile(r"(?:<@)?([UW][A-Z0-9]+)(?:\|[^>]*)?>?")
_TEAM = re.compile(r"[TE][A-Z0-9]+")


def list_gaps(settings: Settings, *, limit: int, with_settled: bool) -> tuple[Gap, ...]:
    """Give the questions that the documents do not answer, most asked first.

    Raises:
        ConfigError: the state cannot be opened.
    """
    with state_of(settings) as state:
        return state.gaps.all(limit) if with_settled else state.gaps.open(limit)


def gap_json(gap: Gap) -> Json:
    """Give a gap as JSON."""
    return {
        "gap_id": gap.gap_id,
        "question": gap.question,
        "times": gap.times,
        "language": gap.language,
        "status": gap.status,
        "origin": gap.origin,
        "asked_at": gap.asked_at.isoformat(timespec="seconds"),
        "team": gap.team,
        "asker": gap.asker,
        "nearest": [
            {"document_id": one.document_id, "title": one.title, "url": one.url}
            for one in gap.nearest
        ],
    }


def print_gaps(gaps: tuple[Gap, ...], console: Console) -> None:
    """Print gaps as a table."""
    if not gaps:
        console.print("No question asked in Slack is left unanswered.")
        return
    table = Table("times", "asked", "status", "question", box=None, header_style="bold")
    for gap in gaps:
        day = gap.asked_at.astimezone().date().isoformat()
        table.add_row(str(gap.times), day, gap.status, Text(one_line(gap.question)))
    console.print(table)


def person_id(given: str) -> str:
    """Read the id of a person, as an id or a mention.

    Raises:
        ConfigError: it is none.
    """
    found = _PERSON.fullmatch(given.strip())
    if found is None:
        raise ConfigError(f"{given!r} is not the id of a person: it begins with U or W")
    return found[1]


def team_id(given: str | None) -> str | None:
    """Read the id of a workspace.

    Raises:
        ConfigError: it is none.
    """
    if given is not None and not _TEAM.fullmatch(given):
        raise ConfigError(f"{given!r} is not the id of a workspace: it begins with T or E")
    return given


def forget(settings: Settings, user: str, team: str | None) -> Mapping[str, int]:
    """Remove all that is kept of a person; give how many rows of which table.

    Raises:
        ConfigError: the state cannot be opened.
    """
    with state_of(settings) as state:
        return state.retention.forget(user, team)

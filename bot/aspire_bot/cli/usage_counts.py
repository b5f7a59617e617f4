"""`aspire-bot usage`: what is asked and cited, as counts, for whoever looks after the documents."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from aspire_bot.cli.json_lines import Json
from aspire_bot.settings import Settings
from aspire_bot.state.from_settings import state_of
from aspire_bot.state.gaps import Gap
from aspire_bot.state.usage import Usage, read_usage
from aspire_ingest.index.program import one_line

_MOST_QUESTIONS = 200
_SHOWN = 20


def usage_of(settings: Settings) -> tuple[Usage, Sequence[Gap]]:
    """Give the counts, and the open questions without an answer, most asked first.

    Where nothing was ever kept nothing is made: a machine that only indexes stays without a state.

    Raises:
        ConfigError: the state cannot be opened.
    """
    place = settings.state_place
    if isinstance(place, Path) and not place.exists():
        return Usage(answers=0, outcomes={}, languages={}, cited=()), ()
    with state_of(settings) as state:
        return read_usage(state.database), state.gaps.open(_MOST_QUESTIONS)


def usage_json(usage: Usage, gaps: Sequence[Gap]) -> Json:
    """Give it as JSON, which `aspire-ingest report` reads. It names no person."""
    return {
        "answers": usage.answers,
        "since": _time(usage.since),
        "until": _time(usage.until),
        "outcomes": dict(usage.outcomes),
        "languages": dict(usage.languages),
        "cited": [
            {
                "document_id": one.source.document_id,
                "title": one.source.title,
                "url": one.source.url,
                "times": one.times,
            }
            for one in usage.cited
        ],
        "questions": [
            {
                "question": gap.question,
                "times": gap.times,
                "language": gap.language,
                "asked_at": _time(gap.asked_at),
                "nearest": [
                    {"document_id": one.document_id, "title": one.title, "url": one.url}
                    for one in gap.nearest
                ],
            }
            for gap in gaps
        ],
    }


def print_usage(usage: Usage, gaps: Sequence[Gap], console: Console) -> None:
    """Print the counts, and the documents most cited."""
    if not usage.answers:
        console.print("No answers that were given in Slack are kept.")
        return
    outcomes = ", ".join(f"{count} {name}" for name, count in usage.outcomes.items())
    since, until = _time(usage.since) or "", _time(usage.until) or ""
    console.print(f"{usage.answers} answers from {since[:10]} to {until[:10]}: {outcomes}")
    console.print(f"questions without an answer: {len(gaps)} (`aspire-bot gaps`)")
    table = Table("cited", "document", box=None, header_style="bold")
    for one in usage.cited[:_SHOWN]:
        table.add_row(str(one.times), Text(one_line(one.source.title)))
    console.print(table)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")

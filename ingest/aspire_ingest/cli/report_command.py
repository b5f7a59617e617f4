"""`aspire-ingest report`: the index on one page."""

import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from aspire_ingest.bootstrap import sources_path
from aspire_ingest.catalog import open_catalog
from aspire_ingest.cli.output import print_text
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.program import AsJson, Debug
from aspire_ingest.pipeline.runs import list_runs
from aspire_ingest.report.gather import overview_of
from aspire_ingest.report.page import render
from aspire_ingest.report.types import Overview, Usage
from aspire_ingest.report.usage import ask_bot, read_usage
from aspire_ingest.settings import IngestSettings, read_settings
from aspire_ingest.sync.health import alerts, health
from aspire_ingest.web.sources_file import read_sources
from aspire_ingest.web.visits import VISITS_NAME, now_utc, read_states

_DEFAULT = Path("index-report.html")

Out = Annotated[
    Path | None,
    typer.Option("--out", help="The page to write: index-report.html here, unless said."),
]
UsageFile = Annotated[
    str | None,
    typer.Option(
        "--usage",
        metavar="FILE",
        help="What `aspire-bot usage --json` wrote on the machine of the bot; `-` reads standard"
        " input. Without it, the aspire-bot of this machine is asked.",
    ),
]
Sources = Annotated[
    Path | None, typer.Option("--sources", help="The sources file, instead of ASPIRE_SOURCES.")
]


def report(
    *,
    out: Out = None,
    usage: UsageFile = None,
    sources: Sources = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write a page about the index: documents, what is stale or duplicated, cited or missing."""
    settings = read_settings()
    ask = ask_bot if usage is None else partial(read_usage, usage)
    found = _look(settings, sources or sources_path(settings), ask)
    if as_json:
        print_text(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    if out is not None or not as_json:
        path = (out or _DEFAULT).absolute()
        _write(path, render(found))
        if not as_json:
            print_text(f"written: {path}")


def _look(settings: IngestSettings, sources: Path, ask_usage: Callable[[], Usage]) -> Overview:
    home, now = settings.index_home, now_utc()
    file = read_sources(sources)
    states = health(file, read_states(home.root / VISITS_NAME), now)
    with open_catalog(home) as catalog:
        return overview_of(
            catalog,
            sources=states,
            alerts=alerts(file, states),
            runs=list_runs(home),
            ask_usage=ask_usage,
            now=now,
        )


def _plain(overview: Overview) -> dict[str, object]:
    told = TypeAdapter(Overview).dump_python(overview, mode="json")
    return {**told, "sources": [one.as_json() for one in overview.sources]}


def _write(path: Path, page: str) -> None:
    """Write the page in one step, for its owner alone: it names what people asked.

    Raises:
        ConfigError: it cannot be written there.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(page.encode())
        Path(file.name).replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error

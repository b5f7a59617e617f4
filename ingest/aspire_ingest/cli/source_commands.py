"""`aspire-ingest add-source`: one place more on the web that the index is kept in line with."""

from pathlib import Path
from typing import Annotated

import typer

from aspire_ingest.bootstrap import build_sync_parts, sources_path
from aspire_ingest.cli.output import print_json, print_text
from aspire_ingest.cli.progress import show_progress
from aspire_ingest.cli.run_output import print_sync
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.program import DONE, AsJson, Debug
from aspire_ingest.settings import IngestSettings, read_settings
from aspire_ingest.sync.sync import SyncRequest, sync
from aspire_ingest.web.sources import Limits, SourceEntry, SourcesFile
from aspire_ingest.web.sources_edit import read_entry, with_source, write_sources
from aspire_ingest.web.sources_file import shipped_path

_ADDRESSES = {"site": "start", "sitemap": "sitemap", "feed": "feed", "pages": "pages"}
_LOOKED_AT = 20
"""Pages that a preview visits at most."""
_Said = Annotated[str | None, typer.Option(help="Of its documents that do not say it.")]


def add_source(  # noqa: PLR0913 - the options of a command are its parameters
    name: Annotated[str, typer.Argument(help="Small letters, digits, `-`, `_` and `.`.")],
    *,
    address: Annotated[
        list[str], typer.Option("--address", help="Where it begins; may be given several times.")
    ],
    source_type: Annotated[
        str, typer.Option("--type", help="site, sitemap, feed or pages.")
    ] = "site",
    include: Annotated[
        list[str] | None,
        typer.Option("--include", help="Addresses that belong to it, as /aspire/**."),
    ] = None,
    audience: _Said = None,
    kind: _Said = None,
    publisher: _Said = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", help="The sources file, instead of ASPIRE_SOURCES.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Visit its first pages and say what it would bring."),
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Add a source to the sources file; `sync --source NAME` then brings its documents."""
    settings = read_settings()
    place = sources or sources_path(settings)
    entry = read_entry(
        name=name,
        type=source_type,
        audience=audience,
        kind=kind,
        publisher=publisher,
        include=include,
        **{_ADDRESSES.get(source_type, "start"): address},
    )
    text, file = with_source(place.read_text(encoding="utf-8"), str(place), entry)
    if dry_run:
        raise typer.Exit(_look(settings, file, entry, as_json=as_json))
    own = settings.home / "sources.yaml" if place == shipped_path() else place
    with writer_lock(settings.index_home):
        write_sources(own, text)
    if as_json:
        print_json({"added": entry.name, "file": str(own)})
    else:
        print_text(
            f"added {entry.name} to {own}; `aspire-ingest sync --source {entry.name}` reads it"
        )
    raise typer.Exit(DONE)


def _look(settings: IngestSettings, file: SourcesFile, entry: SourceEntry, *, as_json: bool) -> int:
    few = entry.limits.model_copy(update={"pages": min(entry.limits.pages, _LOOKED_AT)})
    assert isinstance(few, Limits)  # noqa: S101 - a copy of it
    short = entry.model_copy(update={"limits": few})
    file = file.model_copy(update={"sources": (*file.sources[:-1], short)})
    request = SyncRequest(file=file, names=(entry.name,), is_dry_run=True)
    with show_progress() as tell, build_sync_parts(settings, tell) as parts:
        report = sync(request, parts)
    return print_sync(report, as_json=as_json)

"""`aspire-ingest`: brings documents into the index that `aspire-bot` reads."""

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from aspire_ingest.add_again import to_add_again
from aspire_ingest.bootstrap import build_parts, build_sync_parts, build_watch, sources_path
from aspire_ingest.catalog import open_catalog
from aspire_ingest.cli.backup_commands import backup, restore
from aspire_ingest.cli.document_output import print_document, print_listing
from aspire_ingest.cli.output import warn
from aspire_ingest.cli.override_commands import set_document
from aspire_ingest.cli.progress import show_progress, tell_progress
from aspire_ingest.cli.proposal_commands import (
    AcceptMarks,
    ProgressLines,
    accept_proposal,
    propose_change,
    undo_proposal,
)
from aspire_ingest.cli.report_command import report
from aspire_ingest.cli.run_commands import (
    in_short,
    print_change,
    print_run,
    print_runs,
    print_visits,
)
from aspire_ingest.cli.run_output import log_sync, print_report, print_sync
from aspire_ingest.cli.source_commands import add_source
from aspire_ingest.cli.status_output import StatusReport, print_check, print_status
from aspire_ingest.held_documents import still_failed, still_held
from aspire_ingest.index.check.verify import verify as verify_index
from aspire_ingest.index.ocr import find_tesseract, ocr_line
from aspire_ingest.index.program import AsJson, Debug, Version, new_program, run
from aspire_ingest.index.store.cache import known_loaders
from aspire_ingest.pipeline.hold_rules import HoldRules
from aspire_ingest.pipeline.pipeline import RunRequest, ingest
from aspire_ingest.pipeline.pipeline import rebuild as rebuild_index
from aspire_ingest.pipeline.pipeline import remove as remove_documents
from aspire_ingest.pipeline.runs import list_runs, read_run
from aspire_ingest.pipeline.source_history import history_of, last_change_of
from aspire_ingest.settings import misspelt_settings, read_settings
from aspire_ingest.sync.cron import read_schedule
from aspire_ingest.sync.health import alerts, health
from aspire_ingest.sync.sync import SyncRequest
from aspire_ingest.sync.sync import sync as sync_sources
from aspire_ingest.sync.watch import read_next
from aspire_ingest.web.sources_file import read_sources
from aspire_ingest.web.visits import VISITS_NAME, now_utc, read_states

app = new_program("Bring documents into the index that aspire-bot answers from.")
app.command()(backup)
app.command()(restore)
app.command()(report)
app.command("add-source")(add_source)
app.command("set")(set_document)
app.command("propose")(propose_change)
app.command("accept")(accept_proposal)
app.command("undo")(undo_proposal)

_RUNS_IN_STATUS = 10
_RUNS_SEARCHED = 200
_RUNS_LOOKED_AT = 100
"""How far back it is looked for what is held or failed."""

Targets = Annotated[
    list[str], typer.Argument(help="Files, folders, http(s) URLs, or .jsonl bulk files.")
]
Documents = Annotated[list[str], typer.Argument(help="Document ids, as `list` shows them.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")]
Prune = Annotated[
    bool, typer.Option("--prune", help="Remove documents that are gone from the targets.")
]
Yes = Annotated[
    bool, typer.Option("--yes", help="With --prune: also where it removes a large share.")
]
Notes = Annotated[
    bool, typer.Option("--notes", help="Index the speaker notes of presentations too.")
]
MinQuality = Annotated[
    float,
    typer.Option(
        "--min-quality",
        min=0,
        max=1,
        help="Hold documents that were read less well than this, from 0 to 1; `list` shows it.",
    ),
]
Sources = Annotated[
    Path | None, typer.Option("--sources", help="The sources file, instead of ASPIRE_SOURCES.")
]
Chosen = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only this source of the file; may be given several times."),
]
Rebuild = Annotated[
    bool,
    typer.Option("--rebuild", help="Make the index anew from the stored documents, then check."),
]


@app.callback()
def common(*, version: Version = False, debug: Debug = False) -> None:
    """Bring documents into the index that aspire-bot answers from."""


@app.command()
def add(  # noqa: PLR0913 - the options of a command are its parameters
    targets: Targets,
    *,
    prune: Prune = False,
    yes: Yes = False,
    accept_marks: AcceptMarks = False,
    min_quality: MinQuality = 0.0,
    notes: Notes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Index files, folders, URLs or bulk files; what changed since is replaced."""
    request = RunRequest(
        targets=targets,
        prune=prune,
        allow_large_prune=yes,
        is_dry_run=dry_run,
        rules=HoldRules(accept_marks=accept_marks, min_quality=min_quality),
    )
    with (
        show_progress() as progress,
        build_parts(read_settings(), progress, with_notes=notes) as parts,
    ):
        report = ingest(request, parts)
    raise typer.Exit(print_report(report, parts.home.root, as_json=as_json))


@app.command()
def sync(  # noqa: PLR0913 - the options of a command are its parameters
    *,
    sources: Sources = None,
    source: Chosen = None,
    prune: Prune = False,
    yes: Yes = False,
    accept_marks: AcceptMarks = False,
    min_quality: MinQuality = 0.0,
    dry_run: DryRun = False,
    progress: ProgressLines = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Bring the index in line with a sources file: sites, feeds, folders, single pages."""
    settings = read_settings()
    request = SyncRequest(
        file=read_sources(sources or sources_path(settings)),
        names=source or (),
        prune=prune,
        allow_large_prune=yes,
        is_dry_run=dry_run,
        accept_marks=accept_marks,
        min_quality=min_quality,
    )
    showing = tell_progress() if progress else show_progress()
    with showing as tell, build_sync_parts(settings, tell) as parts:
        report = sync_sources(request, parts)
    raise typer.Exit(print_sync(report, as_json=as_json))


@app.command()
def watch(
    *,
    every: Annotated[
        str | None, typer.Option("--every", help="Time between runs: 30m, 6h (default), 1d.")
    ] = None,
    cron: Annotated[
        str | None,
        typer.Option("--cron", help='Five fields as in cron, in local time: "0 6 * * *".'),
    ] = None,
    sources: Sources = None,
    debug: Debug = False,
) -> None:
    """Sync now and whenever it is due, until stopped: SIGTERM ends it between two steps."""
    settings = read_settings()
    for line in misspelt_settings():
        warn(line)
    schedule = read_schedule(every=every, cron=cron)
    watching = build_watch(settings, schedule, sources or sources_path(settings), told=log_sync)

    def end(_number: int, _frame: FrameType | None) -> None:
        watching.stop.event.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    watching.run()


@app.command()
def history(
    run_name: Annotated[
        str | None, typer.Argument(metavar="RUN", help="A run; without it, all are listed.")
    ] = None,
    *,
    source: Annotated[
        str | None,
        typer.Option("--source", help="Only visits of this source."),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", help="Only the latest change of this document, by its id."),
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what runs did: all of them in short, or one in full with what changed in the texts."""
    home = read_settings().index_home
    if source is not None:
        print_visits(history_of(source, list_runs(home, most=_RUNS_SEARCHED)), as_json=as_json)
    elif document is not None:
        runs = list_runs(home, most=_RUNS_SEARCHED)
        print_change(last_change_of(document, runs), as_json=as_json)
    elif run_name is None:
        print_runs(list_runs(home), as_json=as_json)
    else:
        raise typer.Exit(print_run(read_run(home, run_name), run_name, as_json=as_json))


@app.command("list")
def list_documents(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """List the documents of the index."""
    with open_catalog(read_settings().index_home) as catalog:
        print_listing(catalog.listing(), as_json=as_json)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="A document id, as `list` shows it.")],
    *,
    pages: Annotated[
        bool, typer.Option("--pages", help="Show the text page by page, tables in columns.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="With --pages: all of it, not 3,000 characters.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Show a document and its indexed text."""
    with open_catalog(read_settings().index_home) as catalog:
        raise typer.Exit(
            print_document(catalog, document, as_json=as_json, by_page=pages, is_whole=whole)
        )


@app.command()
def remove(
    documents: Documents,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Remove documents from the index."""
    with show_progress() as progress, build_parts(read_settings(), progress) as parts:
        report = remove_documents(documents, parts, is_dry_run=dry_run)
    raise typer.Exit(print_report(report, parts.home.root, as_json=as_json))


@app.command()
def status(*, sources: Sources = None, as_json: AsJson = False, debug: Debug = False) -> None:
    """Say which index there is, how much is in it, and how its sources do."""
    settings = read_settings()
    with open_catalog(settings.index_home) as catalog:
        facts, doubtful = catalog.status(), catalog.doubtful()
        again = to_add_again(catalog.known(), known_loaders(settings.index_home.cache))
    facts["folder"] = str(settings.index_home.root)
    facts["next_sync"] = read_next(settings.index_home, now_utc())
    facts["ocr"] = ocr_line(settings.ocr, find_tesseract())
    file = read_sources(sources or sources_path(settings))
    sources_health = health(file, read_states(settings.index_home.root / VISITS_NAME), now_utc())
    latest_runs = list_runs(settings.index_home, most=_RUNS_LOOKED_AT)
    report = StatusReport(
        facts=facts,
        sources=sources_health,
        alerts=alerts(file, sources_health),
        runs=[in_short(run) for run in latest_runs[:_RUNS_IN_STATUS]],
        doubtful=doubtful,
        held=still_held(latest_runs),
        failed=still_failed(latest_runs),
        add_again=again,
    )
    raise typer.Exit(print_status(report, as_json=as_json))


@app.command()
def verify(
    *,
    dry_run: DryRun = False,
    rebuild: Rebuild = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Check the index against itself, and repair what can be repaired."""
    with show_progress() as progress, build_parts(read_settings(), progress) as parts:
        if rebuild and not dry_run:
            rebuild_index(parts)
        check = verify_index(
            parts.home, shape=parts.shape, repair=not dry_run, open_chroma=parts.open_chroma
        )
    raise typer.Exit(print_check(check, as_json=as_json))


def main(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    run("aspire-ingest", app, arguments)

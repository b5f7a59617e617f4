"""`aspire-ingest`: brings documents into the index that `aspire-bot` reads."""

from typing import Annotated

import typer

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.catalog import open_catalog
from aspire_ingest.cli_output import (
    print_check,
    print_document,
    print_listing,
    print_report,
    print_status,
)
from aspire_ingest.index.generations import Home
from aspire_ingest.index.program import AsJson, Debug, new_program, run
from aspire_ingest.index.verify import verify as verify_index
from aspire_ingest.pipeline import Wish, ingest
from aspire_ingest.pipeline import rebuild as rebuild_index
from aspire_ingest.pipeline import remove as remove_documents
from aspire_ingest.progress import show_progress
from aspire_ingest.settings import read_settings

app = new_program("Bring documents into the index that aspire-bot answers from.")

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
Rebuild = Annotated[
    bool,
    typer.Option("--rebuild", help="Split and embed all stored documents anew, then check."),
]


@app.callback()
def common(*, debug: Debug = False) -> None:
    """Bring documents into the index that aspire-bot answers from."""


@app.command()
def add(
    targets: Targets,
    *,
    prune: Prune = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Index files, folders, URLs or bulk files; what changed since is replaced."""
    wish = Wish(targets=targets, prune=prune, allow_large_prune=yes, is_dry_run=dry_run)
    with show_progress() as progress, build_parts(read_settings(), progress) as parts:
        report = ingest(wish, parts)
    raise typer.Exit(print_report(report, as_json=as_json))


@app.command("list")
def list_documents(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """List the documents of the index."""
    with open_catalog(Home(read_settings().home)) as catalog:
        print_listing(catalog.listing(), as_json=as_json)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="A document id, as `list` shows it.")],
    *,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Show a document and its indexed text."""
    with open_catalog(Home(read_settings().home)) as catalog:
        raise typer.Exit(print_document(catalog, document, as_json=as_json))


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
    raise typer.Exit(print_report(report, as_json=as_json))


@app.command()
def status(*, as_json: AsJson = False, debug: Debug = False) -> None:
    """Say which index there is, and how much is in it."""
    with open_catalog(Home(read_settings().home)) as catalog:
        print_status(catalog.status(), as_json=as_json)


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
        check = verify_index(parts.home, shape=parts.shape, repair=not dry_run)
    raise typer.Exit(print_check(check, as_json=as_json))


def main(arguments: list[str] | None = None) -> None:
    """Run the program and end the process with its exit code."""
    run("aspire-ingest", app, arguments)

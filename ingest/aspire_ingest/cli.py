"""`aspire-ingest`: brings documents into the index that `aspire-bot` reads."""

import logging
import sys
from typing import Annotated

import typer
from rich.console import Console

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.catalog import open_catalog
from aspire_ingest.cli_output import (
    DONE,
    IN_PART,
    WRONG_USAGE,
    print_check,
    print_document,
    print_listing,
    print_report,
    print_status,
)
from aspire_ingest.index.errors import AspireError, ConfigError, IndexMismatchError
from aspire_ingest.index.generations import Home
from aspire_ingest.index.verify import verify as verify_index
from aspire_ingest.pipeline import Wish, ingest
from aspire_ingest.pipeline import rebuild as rebuild_index
from aspire_ingest.pipeline import remove as remove_documents
from aspire_ingest.progress import show_progress
from aspire_ingest.settings import read_settings

app = typer.Typer(
    help="Bring documents into the index that aspire-bot answers from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Targets = Annotated[
    list[str], typer.Argument(help="Files, folders, http(s) URLs, or .jsonl bulk files.")
]
Documents = Annotated[list[str], typer.Argument(help="Document ids, as `list` shows them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
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
Debug = Annotated[bool, typer.Option("--debug", help="Log in detail; show traces of errors.")]


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
    arguments = sys.argv[1:] if arguments is None else arguments
    is_debug = "--debug" in arguments
    logging.basicConfig(
        level=logging.DEBUG if is_debug else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    try:
        app(arguments, prog_name="aspire-ingest")
    except AspireError as error:
        _complain(error, is_debug=is_debug)
        is_setup = isinstance(error, ConfigError | IndexMismatchError)
        sys.exit(WRONG_USAGE if is_setup else IN_PART)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the boundary: no trace reaches a user
        _complain(error, is_debug=is_debug)
        sys.exit(IN_PART)
    sys.exit(DONE)


def _complain(error: Exception, *, is_debug: bool) -> None:
    console = Console(stderr=True, soft_wrap=True)
    if is_debug:
        console.print_exception()
    what = str(error) if isinstance(error, AspireError) else f"{type(error).__name__}: {error}"
    hint = "" if isinstance(error, AspireError) or is_debug else " (--debug shows where)"
    console.print(f"aspire-ingest: {what}{hint}", markup=False, highlight=False)

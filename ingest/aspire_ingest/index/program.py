"""What the two programs have in common as programs: their options, their exit codes, their end."""

import gc
import logging
import sys
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from aspire_ingest.index.build import PACKAGE, build_line
from aspire_ingest.index.errors import AspireError, ConfigError, IndexMismatchError

DONE, IN_PART, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_GARBAGE_AFTER = 10_000
"""New objects before garbage is looked for, not Python's 700: most of what a run makes stays."""
_NEAR_ENOUGH = 0.45
"""The likeness from which a command is taken for the one that was meant: `sink` for `sync`."""
_PIPE_WIDTH = 100_000
"""Columns where nobody looks at a terminal: a table's row is one line there, whole."""

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def _print_version(context: typer.Context, *, is_asked: bool) -> None:
    if is_asked:
        typer.echo(build_line(context.info_name or PACKAGE))
        raise typer.Exit(DONE)


Version = Annotated[
    bool,
    typer.Option(
        "--version",
        is_eager=True,
        callback=_print_version,
        help="Print the version, the commit it was built from and the index's format.",
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Log in detail; show traces of errors.")]


class _Commands(TyperGroup):
    """Commands, of which the nearest is named where somebody writes one that is none."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        near = get_close_matches(name, self.commands, n=1, cutoff=_NEAR_ENOUGH)
        if name not in self.commands and near and not name.startswith("-"):
            ctx.fail(f"No such command {name!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)


def new_program(purpose: str) -> typer.Typer:
    """Give a program without commands yet; `purpose` is what its help begins with."""
    return typer.Typer(
        cls=_Commands,
        help=purpose,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def run(program: str, app: typer.Typer, arguments: list[str] | None = None) -> NoReturn:
    """Run a program and end the process with its exit code; no trace reaches a user.

    `arguments` are those of the process where none are given. `--debug`, wherever it stands, lets
    logs and traces be seen.
    """
    gc.freeze()  # what was imported stays: it is not searched for garbage each time
    gc.set_threshold(_GARBAGE_AFTER)
    arguments = sys.argv[1:] if arguments is None else arguments
    is_debug = "--debug" in arguments
    logging.basicConfig(
        level=logging.DEBUG if is_debug else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    try:
        app(arguments, prog_name=program)
    except AspireError as error:
        _complain(program, error, is_debug=is_debug)
        is_setup = isinstance(error, ConfigError | IndexMismatchError)
        sys.exit(WRONG_USAGE if is_setup else IN_PART)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the boundary: no trace reaches a user
        _complain(program, error, is_debug=is_debug)
        sys.exit(IN_PART)
    sys.exit(DONE)


def result_console(*, is_plain: bool = False, soft_wrap: bool = False) -> Console:
    """Give what results are printed with; `is_plain`: nothing in them is coloured or marked up.

    A terminal gets tables of its own width. A pipe or a file, whatever `COLUMNS` says, gets each
    row on one line, and nothing of it cut.
    """
    console = Console(highlight=not is_plain, markup=not is_plain, soft_wrap=soft_wrap)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def one_line(text: str) -> str:
    """Give a text for a cell of a table: without line breaks."""
    return " ".join(text.split())


def counted(count: int, noun: str) -> str:
    """`1 passage`, `2 passages`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _complain(program: str, error: Exception, *, is_debug: bool) -> None:
    console = Console(stderr=True, soft_wrap=True)
    if is_debug:
        console.print_exception()
    what = str(error) if isinstance(error, AspireError) else f"{type(error).__name__}: {error}"
    hint = "" if isinstance(error, AspireError) or is_debug else " (--debug shows where)"
    console.print(f"{program}: {what}{hint}", markup=False, highlight=False)

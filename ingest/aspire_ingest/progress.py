"""Progress on stderr, for people who wait."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from aspire_ingest.pipeline import Progress as Report

_STEPS = {"load": "Reading", "embed": "Embedding", "publish": "Publishing"}


@contextmanager
def show_progress() -> Generator[Report]:
    """A bar on stderr while the block runs; nothing where stderr is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _step, _done, _total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_STEPS["load"], total=None)

        def report(step: str, done: int, total: int) -> None:
            bar.update(
                task, description=_STEPS.get(step, step), completed=done, total=total or None
            )

        yield report

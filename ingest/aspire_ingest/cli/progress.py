"""Progress on stderr, for people who wait: how far, how fast, how long still."""

import json
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from aspire_ingest.pipeline.pipeline import Progress as Report

_STEPS = {
    "visit": ("Visiting", "pages"),
    "load": ("Reading", "items"),
    "embed": ("Embedding", "documents"),
    "publish": ("Publishing", ""),
}


class RateColumn(ProgressColumn):
    """How many a second, as of late."""

    def render(self, task: Task) -> Text:
        """`12.3 documents/s`; nothing while there is nothing to tell."""
        speed = task.finished_speed or task.speed
        unit = str(task.fields.get("unit", ""))
        return Text(f"{speed:.1f} {unit}/s" if speed and unit else "", style="progress.data.speed")


@contextmanager
def show_progress(console: Console | None = None) -> Generator[Report]:
    """A bar for each step on stderr while the block runs; nothing where it is no terminal."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda _step, _done, _total: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {"": bars.add_task("Starting", total=None)}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                name, unit = _STEPS.get(step, (step, ""))
                for earlier in tasks.values():
                    bars.update(earlier, visible=False)
                tasks[step] = bars.add_task(name, total=None, unit=unit)
            bars.update(tasks[step], completed=done, total=total or None, visible=True)

        yield report


@contextmanager
def tell_progress(every_s: float = 0.5) -> Generator[Report]:
    """A JSON line on stderr for each step, and so often within one: for a program that waits."""
    told_at, told = 0.0, ""

    def report(step: str, done: int, total: int) -> None:
        nonlocal told_at, told
        now = time.monotonic()
        if step == told and now - told_at < every_s:
            return
        told_at, told = now, step
        line = json.dumps({"step": step, "done": done, "total": total})
        with suppress(OSError):  # whoever waited is gone: the work goes on
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    yield report

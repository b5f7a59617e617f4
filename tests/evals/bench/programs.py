"""Running programs as a user does, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

BIN = Path(sys.executable).parent


def run(arguments: Sequence[str], home: Path) -> tuple[float, str]:
    """Run a program to its end; give the seconds it took and what it printed.

    Raises:
        RuntimeError: it failed; the message holds what it said.
    """
    environment = {**os.environ, "ASPIRE_HOME": str(home)}
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own programs with our own arguments
        list(arguments), env=environment, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - start
    if done.returncode != 0:
        raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr[-2000:]}")
    return took, done.stdout


def run_python(code: str, home: Path, *arguments: str) -> tuple[float, str]:
    """Run a piece of Python in a fresh interpreter."""
    return run([sys.executable, "-c", code, *arguments], home)


def add(targets: Sequence[str], home: Path) -> tuple[float, Mapping[str, object]]:
    """Run `aspire-ingest add`; give the seconds of the whole process and its summary."""
    took, out = run([str(BIN / "aspire-ingest"), "add", "--json", *targets], home)
    summary: Mapping[str, object] = json.loads(out)
    return took, summary

"""The sample knowledge, indexed into a throw-away home."""

import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

from aspire_ingest.index import ConfigError


def index_sample(folder: Path) -> Path:
    """Index the shipped sample by the program for it, in a process of its own; give the home.

    Raises:
        ConfigError: it could not be indexed; says what the program said.
    """
    sample = resources.files("aspire_ingest") / "sample"
    done = subprocess.run(  # noqa: S603 - our own program with arguments made here
        [sys.executable, "-m", "aspire_ingest", "add", str(sample), "--json"],
        env={**os.environ, "ASPIRE_HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0 or not json.loads(done.stdout)["added"]:
        raise ConfigError(f"the sample knowledge cannot be indexed: {done.stderr.strip()[-2000:]}")
    return folder

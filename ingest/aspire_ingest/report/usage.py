"""What is asked and cited: known to `aspire-bot` alone, which says it in JSON.

Nothing of that program is imported: it is run as an operator would run it, or what it said on
another machine is read from a file.
"""

import subprocess
import sys
from pathlib import Path

from pydantic import ValidationError

from aspire_ingest.errors import UsageUnknownError
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.report.types import Usage

_TIMEOUT_S = 120.0
_MOST_SAID = 300


def read_usage(file: str) -> Usage:
    """Read what `aspire-bot usage --json` wrote to a file; `-` is standard input.

    Raises:
        ConfigError: it cannot be read, or is something else.
    """
    try:
        told = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return Usage.model_validate_json(told)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(f"{file} is not what `aspire-bot usage --json` writes") from error


def ask_bot() -> Usage:
    """Run `aspire-bot usage --json` with the settings of this process.

    Raises:
        UsageUnknownError: it cannot be run, or fails; the message says why.
    """
    try:
        done = subprocess.run(
            # -P: what lies in the working directory is not the program.
            [sys.executable, "-P", "-m", "aspire_bot", "usage", "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        if done.returncode == 0:
            return Usage.model_validate_json(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValidationError) as error:
        raise UsageUnknownError(f"aspire-bot usage: {type(error).__name__}") from error
    said = done.stderr.decode(errors="replace").strip().removeprefix("aspire-bot:").strip()
    raise UsageUnknownError(said[-_MOST_SAID:] or f"aspire-bot ended with {done.returncode}")

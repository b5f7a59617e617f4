"""The files that documents were read from, kept by their content so that staff can look at them.

    ASPIRE_HOME/originals/<SHA-256>.<suffix>

A document of the index names its file (`DocumentInfo.original`). A file goes when no document names
it any more, and the oldest go where all of them are too much: a document then has no picture, and
nothing else is lost.
"""

import hashlib
import logging
import os
import re
import tempfile
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

FOLDER = "originals"
KEPT = frozenset({"pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "rtf", "doc", "ppt", "xls"})
"""Kinds of files that are kept, as loaders name them and as files end: those with a look of their
own."""
_NAME = re.compile(r"[0-9a-f]{64}\.(?P<kind>[a-z]{3,4})")
_UNNAMED_S = 24 * 3600.0
"""A file that no document names may be of a change that is not made yet: it stays that long."""


@dataclass(frozen=True, slots=True)
class Originals:
    """The kept files of one index; `most_bytes` of all of them together."""

    root: Path
    most_bytes: int

    def keep(self, kind: str, data: bytes) -> str:
        """Keep the bytes of a file; the name they are found by, "" where they are not kept.

        That they cannot be written does not stop the reading: it is a warning.
        """
        if kind not in KEPT or len(data) > self.most_bytes:
            return ""
        name = f"{hashlib.sha256(data).hexdigest()}.{kind}"
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if (self.root / name).is_file():
                os.utime(self.root / name)
                return name
            # what mkstemp makes is for its owner alone, as the folder is
            descriptor, made = tempfile.mkstemp(dir=self.root, prefix=".new-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(made).replace(self.root / name)
        except OSError as error:
            logger.warning("an original could not be kept in %s: %s", self.root, error.strerror)
            return ""
        return name


def original_path(root: Path, name: str) -> Path | None:
    """Where a kept file is; None where it is not, or the name is none."""
    found = _NAME.fullmatch(name)
    if found is None or found["kind"] not in KEPT:
        return None
    path = root / name
    return path if path.is_file() and not path.is_symlink() else None


def sweep(root: Path, *, before: Collection[str], now: Collection[str], most_bytes: int) -> None:
    """Remove files that documents named and do not name now, and the oldest of too many.

    Needs the writer's lock.

    Args:
        root: the folder of kept files.
        before: names that documents of the index before had.
        now: names that those of the present one have.
        most_bytes: of all files together.
    """
    try:
        entries = [(entry, entry.stat()) for entry in root.iterdir()]
    except OSError:
        return  # there is no such folder
    young = time.time() - _UNNAMED_S
    left: list[tuple[float, int, Path]] = []
    for entry, found in entries:
        is_named = entry.name in now
        if not is_named and (entry.name in before or found.st_mtime < young):
            entry.unlink(missing_ok=True)
        else:
            left.append((found.st_mtime, found.st_size, entry))
    total = sum(size for _, size, _ in left)
    for _, size, entry in sorted(left):
        if total <= most_bytes:
            return
        entry.unlink(missing_ok=True)
        total -= size

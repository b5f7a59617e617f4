"""What the machine has: room on its disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from aspire_bot.doctor.check import Check
from aspire_bot.settings import Settings

_LEAST_FREE = 500_000_000
"""Bytes: what a run with a large document, its log and a backup in the making need."""
_LEAST_TO_RUN = 20_000_000
"""Bytes: with fewer the state's own log may not find room, and an event is not acknowledged."""
_COPIES = 2
"""While an index is published, it lies on the disk twice; a rebuild needs as much again."""


def check_disk(settings: Settings) -> Iterator[Check]:
    """Compare what is free with what the next change of the index takes."""
    home = settings.home
    folder = next((one for one in (home, *home.parents) if one.exists()), None)
    if folder is None:
        return
    try:
        free = shutil.disk_usage(folder).free
        used = _size(home / "generations")
    except OSError:
        return  # the checks of index and state say what cannot be read
    needed = _LEAST_FREE + _COPIES * used
    found = f"{free / 1e9:.1f} GB free at {folder}, {needed / 1e9:.1f} GB wanted"
    to_do = "make room, or set ASPIRE_HOME to a larger disk"
    if free >= needed:
        yield Check(name="disk", state="ok", found=found)
    elif free >= _LEAST_TO_RUN:
        found += " for the next change of the index"
        yield Check(name="disk", state="warning", found=found, to_do=to_do)
    else:
        found = f"{free / 1e6:.0f} MB free at {folder}: what arrives from Slack cannot be kept"
        yield Check(name="disk", state="failed", found=found, to_do=to_do)


def _size(folder: Path) -> int:
    newest = (
        max(
            (one for one in folder.iterdir() if one.is_dir()),
            key=lambda one: one.stat().st_mtime,
            default=None,
        )
        if folder.is_dir()
        else None
    )
    if newest is None:
        return 0
    return sum(path.stat().st_size for path in newest.rglob("*") if path.is_file())

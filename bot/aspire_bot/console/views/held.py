"""What is held, and which sources fail. Pure but for looking whether a file is there."""

from collections.abc import Sequence
from pathlib import Path

from aspire_bot.curator import HeldItem, IndexStatus, SourceState


def ill_sources(status: IndexStatus) -> Sequence[SourceState]:
    """Give the sources that failed or were read too long ago, the worst first."""
    found = [one for one in status.sources if one.failures or one.problem or one.is_stale]
    return sorted(found, key=lambda one: (-one.failures, one.name))


def version_of(item: HeldItem) -> str:
    """Say why an item is held: where that is another, it is another matter."""
    return item.reason or item.mark


def is_address(target: str) -> bool:
    """Whether a target is a page's address."""
    return target.startswith(("http://", "https://"))


def is_file(target: str) -> bool:
    """Whether a target is a file that is at hand."""
    try:
        return Path(target).is_absolute() and Path(target).is_file()
    except (OSError, ValueError):
        return False

"""Errors of ingestion; the tree is drawn in `aspire_ingest.index.errors`.

IngestError
├─ LoadError           one item cannot be read; the others go on
│  └─ FetchError       a server answered with another status than 200
├─ UnsafePruneError    a run would remove more than it should
└─ UsageUnknownError   aspire-bot does not say what is asked and cited
"""

from aspire_ingest.filenames import readable_path
from aspire_ingest.index.errors import AspireError


class IngestError(AspireError):
    """Bringing documents into the index failed."""


class LoadError(IngestError):
    """One item cannot be read. `target` names it, the message says why and what to do."""

    def __init__(self, target: str, reason: str) -> None:
        """Keep both parts: reports show them apart."""
        target = readable_path(target)
        super().__init__(f"{target}: {reason}")
        self.target = target
        self.reason = reason


class FetchError(LoadError):
    """A server answered, but not with the page: `status` says with what."""

    def __init__(
        self, target: str, reason: str, *, status: int, retry_after_s: float | None = None
    ) -> None:
        """Keep what the server said; `retry_after_s` where it asked to come back later."""
        super().__init__(target, reason)
        self.status = status
        self.retry_after_s = retry_after_s


class UnsafePruneError(IngestError):
    """A run would remove a larger share of the index than is allowed without `--prune`."""


class UsageUnknownError(IngestError):
    """`aspire-bot` could not be asked, or did not say what is asked and cited."""

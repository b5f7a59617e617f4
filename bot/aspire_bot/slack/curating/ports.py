"""What staff's work on the index needs of whoever does it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from aspire_bot.curator import DocumentChange, Done, IndexStatus, Preview, Synced
from aspire_bot.curator_sources import AddedSource, NewSource, SourceHistory
from aspire_bot.ingest_program import OnProgress


class Curator(Protocol):
    """Looks at changes of the index, makes them and takes them back. Safe for several threads.

    All of it raises `RefusedError` where that is for good, `IndexUnavailableError` where somebody
    else changes the index just now, and other `AspireError`s that say whether to try again.
    """

    def look_at_page(self, url: str) -> Preview:
        """Fetch a page and say what it would change; nothing changes."""
        ...

    def look_at_file(self, file: Path, name: str) -> Preview:
        """Read a file, called `name`, and say what it would change; nothing changes."""
        ...

    def look_at_place(self, file: Path) -> Preview:
        """Read a file again from the place that the index knows it by; nothing changes."""
        ...

    def look_at_replacement(self, document_id: str, file: Path, name: str) -> Preview:
        """Read a file, called `name`, that is to stand for a document; nothing changes."""
        ...

    def look_at_settings(self, document_id: str, settings: Sequence[str]) -> Preview:
        """Say what would change if staff said this of a document: `name=value`; nothing changes."""
        ...

    def look_again(self, proposal: str, wanted: Mapping[str, str]) -> Preview:
        """Look at the same bytes with other wishes: `title`, `kind`, `date`, `audience`."""
        ...

    def look_at_removal(self, place: str) -> Preview:
        """Say which document a removal by id or address would take away; nothing changes."""
        ...

    def accept(
        self,
        proposal: str,
        on_progress: OnProgress | None = None,
        *,
        accept_marks: bool = False,
    ) -> Done:
        """Do what was looked at, with the very bytes; again changes nothing.

        `accept_marks`: who approved it has seen that it is marked.
        """
        ...

    def undo(self, proposal: str, on_progress: OnProgress | None = None) -> Done:
        """Bring back what was there before; again changes nothing."""
        ...

    def sync(
        self,
        sources: Sequence[str],
        *,
        is_dry_run: bool,
        prune: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Synced:
        """Look at the sources, all where none is named, and bring the index in line with them."""
        ...

    def undo_sync(self, run: str, on_progress: OnProgress | None = None) -> Synced:
        """Bring back what was there before a sync; what was changed since stays, and is told."""
        ...

    def look_at_source(self, source: NewSource) -> Synced:
        """Visit the first pages of a source, and say what it would bring; nothing changes."""
        ...

    def add_source(self, source: NewSource) -> AddedSource:
        """Put a source into the sources file; the next sync reads it."""
        ...

    def source_history(self, name: str) -> SourceHistory:
        """Say how the visits to a source went, and what the last one changed."""
        ...

    def last_change(self, document_id: str) -> DocumentChange | None:
        """Say what the latest run that changed a document changed; None where none is known."""
        ...

    def status(self) -> IndexStatus:
        """Say how index and sources do."""
        ...

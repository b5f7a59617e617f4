"""What staff do to the index, done by `aspire-ingest`: looked at, done, undone, synced, told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aspire_bot.curator_sources import AddedSource, NewSource, SourceHistory
from aspire_bot.ingest_program import IngestProgram, OnProgress, ProgramError
from aspire_ingest.index.errors import AspireError
from aspire_ingest.index.program import WRONG_USAGE

_SYNC_S = 6 * 3600.0
"""A look at all sources may take that long."""
MAX_FILE_BYTES = 50 * 1024 * 1024
"""What `aspire-ingest` reads of one file at most."""
_PREVIEW_S = 180.0
_Model = TypeVar("_Model", bound=BaseModel)


class RefusedError(AspireError):
    """What was asked for is not done, for good; `code` says why in a word.

    The codes are those of `aspire-ingest`'s proposals, and `unsafe`: too much would be removed;
    `settings`: something is set up wrongly, or named wrongly.
    """

    def __init__(self, code: str, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.code = code


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Shown(_Read):
    """A document as a preview tells of it."""

    document_id: str
    source: str
    title: str
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str
    kind: str
    edition: str | None = None
    audience: str
    passages: int


class Changed(_Read):
    """What is different from what is indexed."""

    inserted: int
    deleted: int
    difference: tuple[str, ...]
    fields: Mapping[str, tuple[str | None, str | None]]


class DocumentChange(Changed):
    """What a run changed in a document; `index_version` is of the generation that it made."""

    index_version: str | None = None


class Near(_Read):
    """Another document that says nearly the same."""

    document_id: str
    title: str
    place: str
    share: float


class Preview(_Read):
    """What a proposal would do."""

    proposal: str
    action: str
    document: Shown
    change: Changed | None = None
    alike: tuple[Near, ...] = ()
    warnings: Mapping[str, str] = Field(default_factory=dict[str, str])
    marks: tuple[str, ...] = ()
    """What keeps it out of the index until somebody accepts it: CONFIDENTIAL, a draft."""


class Done(_Read):
    """What accepting or undoing a proposal did."""

    did: str
    document_id: str
    title: str
    passages: int
    can_undo: bool
    index_version: str | None = None


class FailedItem(_Read):
    """What could not be done, and why."""

    target: str
    error: str


class HeldItem(_Read):
    """A document that is not indexed: for a mark that staff must accept, or as read too badly."""

    target: str
    mark: str
    reason: str = ""
    """Why it is held, in words."""
    source: str | None = None
    """The name of the source that brought it."""


class RemarkedItem(_Read):
    """A document that is indexed now, and what of its file the text does not show."""

    target: str
    title: str
    remarks: tuple[str, ...]


class NamedItem(_Read):
    """How a document that was added, replaced or removed is called, and where it is."""

    title: str
    place: str


class SourceCounts(_Read):
    """What a sync found at one source."""

    name: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    removed: int = 0
    failed: int = 0
    held: int = 0
    moved: int = 0
    problem: str = ""


class Synced(_Read):
    """What a sync did, or would do."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unchanged: int
    failed: tuple[FailedItem, ...]
    held: tuple[HeldItem, ...] = ()
    remarked: tuple[RemarkedItem, ...] = ()
    index_version: str | None = None
    sources: tuple[SourceCounts, ...] = ()
    named: Mapping[str, NamedItem] = Field(default_factory=dict[str, NamedItem])
    """Of what was added, replaced or removed, by id; of very many, the first."""
    undo: str | None = None
    """By what it can be undone; None where it cannot."""


class SourceState(_Read):
    """How a source does."""

    name: str
    last_success: str | None = None
    last_try: str | None = None
    failures: int = 0
    problem: str | None = None
    is_stale: bool = False


class Alert(_Read):
    """What staff are to be told."""

    kind: str
    source: str | None = None
    text: str


class Run(_Read):
    """One run, in short."""

    run: str
    outcome: str
    added: int | None = None
    replaced: int | None = None
    removed: int | None = None
    failed: int | None = None

    @property
    def command(self) -> str:
        """Which command it was."""
        return self.run.partition("-")[2].partition("-")[0]


class IndexStatus(_Read):
    """The index, its sources and the latest runs."""

    index_version: str
    as_of: str
    documents: int
    passages: int
    languages: Mapping[str, int]
    gone: int = 0
    next_sync: str | None = None
    """When a running `aspire-ingest watch` visits the sources next."""
    sources: tuple[SourceState, ...] = ()
    runs: tuple[Run, ...] = ()
    held: tuple[HeldItem, ...] = ()
    alerts: tuple[Alert, ...] = ()


class _DocumentHistory(_Read):
    document: str
    last: DocumentChange | None = None


class _Refused(_Read):
    refused: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCurator:
    """Does it with `aspire-ingest`.

    All of it raises `RefusedError`, `IndexUnavailableError` where somebody else changes the index,
    and `ProgramError` where the program could not do its work.
    """

    program: IngestProgram

    def look_at_page(self, url: str) -> Preview:
        """Fetch a page and say what it would change."""
        return self._read(Preview, "propose", "--json", "--", url)

    def look_at_file(self, file: Path, name: str) -> Preview:
        """Read a file, called `name`, and say what it would change."""
        return self._read(Preview, "propose", f"--name={name}", "--json", "--", str(file))

    def look_at_place(self, file: Path) -> Preview:
        """Read a file again from the place that the index knows it by."""
        return self._read(Preview, "propose", "--json", "--", str(file))

    def look_at_replacement(self, document_id: str, file: Path, name: str) -> Preview:
        """Read a file, called `name`, that is to stand for a document of the index."""
        options = (f"--in-place-of={document_id}", f"--name={name}")
        return self._read(Preview, "propose", *options, "--json", "--", str(file))

    def look_at_settings(self, document_id: str, settings: Sequence[str]) -> Preview:
        """Say what would change if staff said this of a document: `name=value`, as for `set`."""
        options = [f"--set={one}" for one in settings]
        return self._read(Preview, "propose", *options, "--json", "--", document_id)

    def look_again(self, proposal: str, wanted: Mapping[str, str]) -> Preview:
        """Look at the same bytes with other wishes: `title`, `kind`, `date`, `audience`."""
        options = [f"--{name}={value}" for name, value in wanted.items()]
        return self._read(Preview, "propose", "--again", *options, "--json", "--", proposal)

    def look_at_removal(self, place: str) -> Preview:
        """Say which document a removal by id or address would take away."""
        return self._read(Preview, "propose", "--removal", "--json", "--", place)

    def accept(
        self,
        proposal: str,
        on_progress: OnProgress | None = None,
        *,
        accept_marks: bool = False,
    ) -> Done:
        """Do what was looked at; again changes nothing."""
        options = ["--accept-marks"] * accept_marks
        arguments = ("accept", *options, "--progress", "--json", "--", proposal)
        return self._read(Done, *arguments, on_progress=on_progress)

    def undo(self, proposal: str, on_progress: OnProgress | None = None) -> Done:
        """Bring back what was there before; again changes nothing."""
        arguments = ("undo", "--progress", "--json", "--", proposal)
        return self._read(Done, *arguments, on_progress=on_progress)

    def sync(
        self,
        sources: Sequence[str],
        *,
        is_dry_run: bool,
        prune: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Synced:
        """Look at the sources, all where none is named, and bring the index in line with them."""
        options = [f"--source={name}" for name in sources]
        options += ["--dry-run"] * is_dry_run + ["--prune"] * prune
        arguments = ("sync", *options, "--progress", "--json")
        return self._read(Synced, *arguments, timeout_s=_SYNC_S, on_progress=on_progress)

    def undo_sync(self, run: str, on_progress: OnProgress | None = None) -> Synced:
        """Bring back what was there before a sync; what was changed since stays, and is told."""
        arguments = ("undo", "--progress", "--json", "--", run)
        return self._read(Synced, *arguments, timeout_s=_SYNC_S, on_progress=on_progress)

    def look_at_source(self, source: NewSource) -> Synced:
        """Visit the first pages of a source, and say what it would bring."""
        arguments = ("add-source", *source.arguments(), "--dry-run", "--json", "--", source.name)
        return self._read(Synced, *arguments, timeout_s=_PREVIEW_S)

    def add_source(self, source: NewSource) -> AddedSource:
        """Put a source into the sources file; the next sync reads it."""
        arguments = ("add-source", *source.arguments(), "--json", "--", source.name)
        return self._read(AddedSource, *arguments)

    def source_history(self, name: str) -> SourceHistory:
        """Say how the visits to a source went, and what the last one changed."""
        return self._read(SourceHistory, "history", f"--source={name}", "--json")

    def last_change(self, document_id: str) -> DocumentChange | None:
        """Say what the latest run that changed a document changed; None where none is known."""
        arguments = ("history", f"--document={document_id}", "--json")
        return self._read(_DocumentHistory, *arguments).last

    def status(self) -> IndexStatus:
        """Say how index and sources do."""
        return self._read(IndexStatus, "status", "--json")

    def _read(
        self,
        model: type[_Model],
        *arguments: str,
        timeout_s: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> _Model:
        ran = self.program.run(arguments, timeout_s=timeout_s, on_progress=on_progress)
        if ran.has_report:
            refused = _as(_Refused, ran.out)
            if refused is not None:
                raise RefusedError(refused.refused, refused.reason)
            found = _as(model, ran.out)
            if found is not None:
                return found
        failure = ran.failure()
        if ran.code == WRONG_USAGE:
            raise RefusedError("settings", str(failure))
        if "--prune --yes" in ran.said:
            raise RefusedError("unsafe", str(failure))
        if isinstance(failure, ProgramError) and "there is no index" in str(failure).lower():
            raise RefusedError("empty", str(failure))
        raise failure


def _as(model: type[_Model], text: str) -> _Model | None:
    try:
        return model.model_validate_json(text)
    except ValidationError:
        return None

"""Staff's work on a real index without a child process: `aspire-ingest`'s own steps, in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.test_site.scene import Scene

from aspire_bot.curator import (
    DocumentChange,
    Done,
    IndexStatus,
    Preview,
    RefusedError,
    Synced,
)
from aspire_bot.curator_sources import AddedSource, NewSource, SourceHistory
from aspire_bot.ingest_program import OnProgress
from aspire_ingest.errors import UnsafePruneError
from aspire_ingest.index.errors import AspireError, ConfigError
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.store.base import open_base
from aspire_ingest.index.types import Document
from aspire_ingest.pipeline.overrides import OverrideError, read_amendment
from aspire_ingest.pipeline.pipeline import Parts
from aspire_ingest.pipeline.runs import list_runs
from aspire_ingest.pipeline.source_history import history_of, last_change_of
from aspire_ingest.proposals.accept import accept, undo
from aspire_ingest.proposals.kinds import ProposalError, Wanted
from aspire_ingest.proposals.propose import (
    propose,
    propose_again,
    propose_amendment,
    propose_in_place,
    propose_removal,
)
from aspire_ingest.proposals.run_undo import undo_run
from aspire_ingest.proposals.shelf import file_source
from aspire_ingest.web.sources_edit import read_entry, with_source

_FIELDS = {"date": "published"}
HEALTHY = IndexStatus(
    index_version="1-abc",
    as_of="2026-11-22T08:00:00+09:00",
    documents=2,
    passages=5,
    languages={"en": 1, "ja": 1},
)


@dataclass(slots=True)
class HomeCurator:
    """A `Curator` over the home and the site of a scene.

    `errors` are raised first, one for each call; `on_accept` is called before a change is made.
    """

    scene: Scene
    errors: list[AspireError] = field(default_factory=list[AspireError])
    accepted: list[str] = field(default_factory=list[str])
    on_accept: Callable[[], None] = lambda: None
    told: IndexStatus = HEALTHY
    """What it says of index and sources."""

    def look_at_page(self, url: str) -> Preview:
        return Preview.model_validate(self._with(lambda parts: propose(url, parts).as_json()))

    def look_at_file(self, file: Path, name: str) -> Preview:
        told = self._with(lambda parts: propose(str(file), parts, name=file_source(name)).as_json())
        return Preview.model_validate(told)

    def look_at_place(self, file: Path) -> Preview:
        return Preview.model_validate(self._with(lambda parts: propose(str(file), parts).as_json()))

    def look_at_replacement(self, document_id: str, file: Path, name: str) -> Preview:
        def look(parts: Parts) -> dict[str, object]:
            return propose_in_place(document_id, str(file), parts, name=file_source(name)).as_json()

        return Preview.model_validate(self._with(look))

    def look_at_settings(self, document_id: str, settings: Sequence[str]) -> Preview:
        try:
            amendment = read_amendment(settings)
        except OverrideError as error:
            raise RefusedError("settings", str(error)) from error
        told = self._with(lambda parts: propose_amendment(document_id, amendment, parts).as_json())
        return Preview.model_validate(told)

    def look_again(self, proposal: str, wanted: Mapping[str, str]) -> Preview:
        given = {_FIELDS.get(name, name): value for name, value in wanted.items()}
        wish = Wanted.model_validate(given)
        told = self._with(lambda parts: propose_again(proposal, parts, wish).as_json())
        return Preview.model_validate(told)

    def look_at_removal(self, place: str) -> Preview:
        return Preview.model_validate(
            self._with(lambda parts: propose_removal(place, parts).as_json())
        )

    def accept(
        self,
        proposal: str,
        on_progress: OnProgress | None = None,
        *,
        accept_marks: bool = False,
    ) -> Done:
        if on_progress:
            on_progress("embed", 1, 2)
        self.on_accept()
        told = self._with(
            lambda parts: accept(proposal, parts, accept_marks=accept_marks).as_json()
        )
        done = Done.model_validate(told)
        self.accepted.append(proposal)
        return done

    def undo(self, proposal: str, on_progress: OnProgress | None = None) -> Done:
        del on_progress
        return Done.model_validate(self._with(lambda parts: undo(proposal, parts).as_json()))

    def sync(
        self,
        sources: Sequence[str],
        *,
        is_dry_run: bool,
        prune: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Synced:
        del on_progress
        try:
            report = self.scene.sync(names=sources, dry=is_dry_run, prune=prune)
        except UnsafePruneError as error:
            raise RefusedError("unsafe", str(error)) from error
        return Synced.model_validate(report.as_json())

    def undo_sync(self, run: str, on_progress: OnProgress | None = None) -> Synced:
        del on_progress

        def undone(parts: Parts) -> dict[str, object]:
            report = undo_run(run, parts)
            assert report is not None
            return report.as_json()

        return Synced.model_validate(self._with(undone))

    def look_at_source(self, source: NewSource) -> Synced:
        return self._added(source)[1]

    def add_source(self, source: NewSource) -> AddedSource:
        self.scene.sources = self._added(source)[0]
        return AddedSource(added=source.name, file="sources.yaml")

    def source_history(self, name: str) -> SourceHistory:
        told = history_of(name, list_runs(Home(self.scene.root)))
        return SourceHistory.model_validate(told)

    def last_change(self, document_id: str) -> DocumentChange | None:
        told = last_change_of(document_id, list_runs(Home(self.scene.root)))["last"]
        return DocumentChange.model_validate(told) if told else None

    def _added(self, source: NewSource) -> tuple[str, Synced]:
        """The sources file with one source more, and what a look at that one finds."""
        if self.errors:
            raise self.errors.pop(0)
        place = {"site": "start"}.get(source.type, source.type)
        given = source.model_dump(exclude={"addresses"}) | {place: source.addresses}
        base = self.scene.site.base
        try:
            text, _ = with_source(
                self.scene.sources.format(base=base), "sources.yaml", read_entry(**given)
            )
        except ConfigError as error:
            raise RefusedError("settings", str(error)) from error
        former, self.scene.sources = self.scene.sources, text.replace("{", "{{").replace("}", "}}")
        try:
            found = self.sync([source.name], is_dry_run=True)
            return self.scene.sources, found
        finally:
            self.scene.sources = former

    def status(self) -> IndexStatus:
        if self.errors:
            raise self.errors.pop(0)
        return self.told

    def index(self) -> dict[str, tuple[Document, str]]:
        """What is indexed: documents and origins by id."""
        stored = open_base(Home(self.scene.root)).documents()
        return {document.document_id: (document, origin) for document, origin in stored}

    def _with(self, act: Callable[[Parts], dict[str, object]]) -> dict[str, object]:
        if self.errors:
            raise self.errors.pop(0)
        try:
            with self.scene.parts() as parts:
                return act(parts.parts)
        except ProposalError as error:
            raise RefusedError(error.code, str(error)) from error

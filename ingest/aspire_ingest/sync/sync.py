"""From a sources file to an index in line with it: look, then the same flow as everything else."""

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from filelock import FileLock, Timeout

from aspire_ingest.errors import UnsafePruneError
from aspire_ingest.index.errors import AspireError, ConfigError, IndexUnavailableError
from aspire_ingest.index.generations.disk import written
from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.generations.lock import SYNCING
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.pipeline.hold_rules import HoldRules
from aspire_ingest.pipeline.pipeline import KeepBefore, Parts, RunRequest, bring
from aspire_ingest.pipeline.plan import Failure, is_large
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.pipeline.runs import record, record_failure
from aspire_ingest.pipeline.scan import Reading, Scan, Spool
from aspire_ingest.sync.brought import Brought, bring_folder, bring_pages
from aspire_ingest.sync.items import page_items
from aspire_ingest.sync.look import Look, Looked
from aspire_ingest.sync.report import SourceReport, SyncReport
from aspire_ingest.sync.visitor import Visitor
from aspire_ingest.web.pace import Stop, StoppedError
from aspire_ingest.web.sources import Folder, SourceEntry, SourcesFile, WebSource
from aspire_ingest.web.visits import VISITS_NAME, VisitStore, now_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRequest:
    """What one run is asked to do. `names` are those of the sources to look at; none: all."""

    file: SourcesFile
    names: Sequence[str] = ()
    prune: bool = False
    allow_large_prune: bool = False
    is_dry_run: bool = False
    accept_marks: bool = False
    min_quality: float = 0.0
    """What holds documents of all sources; a source that asks for more wins."""

    def rules(self, source: SourceEntry) -> HoldRules:
        """What holds the documents of a source."""
        return HoldRules(
            accept_marks=self.accept_marks or source.marks is not None,
            min_quality=max(self.min_quality, source.min_quality),
            source=source.name,
        )

    def chosen(self) -> list[SourceEntry]:
        """The sources to look at, in the order of the file.

        Raises:
            ConfigError: a name is of none of them.
        """
        names = [source.name for source in self.file.sources]
        for name in self.names:
            if name not in names:
                raise ConfigError(
                    f"There is no source called {name!r}; the file has {', '.join(names)}"
                )
        return [
            source for source in self.file.sources if not self.names or source.name in self.names
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncParts:
    """What a run is strung together from; `parts.source` is the loader."""

    parts: Parts
    loader: Loader
    options: LoadOptions
    stop: Stop = field(default_factory=Stop)
    keep: KeepBefore | None = None
    """Keeps what a run changes, so that it can be undone."""


def sync(request: SyncRequest, parts: SyncParts) -> SyncReport:
    """Bring the index in line with the sources; what fails is reported, the rest goes on.

    Raises:
        ConfigError: a source that was asked for does not exist.
        UnsafePruneError: the run would remove too much.
        IndexUnavailableError: another sync is at work, or another process is writing.
        StoppedError: the end was asked for; the next run goes on from there.
    """
    chosen = request.chosen()
    started = time.perf_counter()
    home = parts.parts.home
    with (
        parts.parts.tracing.span("ingest.run", command="sync", is_dry_run=request.is_dry_run),
        _sync_lock(home, is_dry_run=request.is_dry_run),
    ):
        try:
            report = _sync(chosen, request, parts)
        except AspireError as error:
            if not (request.is_dry_run or isinstance(error, StoppedError)):
                record_failure(home, "sync", str(error), time.perf_counter() - started)
            raise
        record(home, "sync", report.report, more=report.more_json())
    return report


def _sync(chosen: Sequence[SourceEntry], request: SyncRequest, parts: SyncParts) -> SyncReport:
    started = time.perf_counter()
    path = parts.parts.home.root / VISITS_NAME
    with VisitStore.copy_of(path) if request.is_dry_run else VisitStore(path) as store:
        with parts.parts.tracing.span("ingest.visit"):
            looks = [
                None if isinstance(source, Folder) else _look(source, store, parts)
                for source in chosen
            ]
        run = _Run(request, parts, store, list(zip(chosen, looks, strict=True)))
        limits = RunRequest(
            prune=request.prune,
            allow_large_prune=request.allow_large_prune,
            is_dry_run=request.is_dry_run,
        )
        report = bring(run.collect, limits, parts.parts, keep=parts.keep)
        report = replace(report, seconds=time.perf_counter() - started)
        sources = [_source_report(entry, report, run.problems) for entry in run.brought]
        if not request.is_dry_run:
            run.settle(report)
    skipped = [link for look in looks if look is not None for link in look.skipped]
    return SyncReport(report=report, sources=tuple(sources), skipped=tuple(skipped))


@contextmanager
def _sync_lock(home: Home, *, is_dry_run: bool) -> Generator[None]:
    if is_dry_run:
        yield
        return
    home.root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.root / "sync.lock", timeout=0), written(home.root):
            yield
    except Timeout as error:
        raise IndexUnavailableError(
            f"Another aspire-ingest {SYNCING} {home.root}. Try again when it has ended."
        ) from error


def _look(source: WebSource, store: VisitStore, parts: SyncParts) -> Looked:
    options = _options(source, parts.options)
    loader = parts.loader
    visitor = Visitor(
        store,
        options.fetch,
        source.limits,
        parts.stop,
        lambda fetched: loader.read(fetched, options).text,
    )
    look = Look(
        source,
        store,
        visitor,
        lambda fetched: loader.read(fetched, options),
        store.begin(source.name, now_utc()),
        with_ocr=options.with_ocr,
    )
    return look.run(parts.parts.progress)


def _options(source: SourceEntry, options: LoadOptions) -> LoadOptions:
    """Loading as a source wants it."""
    return replace(
        options,
        audience=source.audience,
        defaults=source.defaults(),
        max_bytes=min(options.max_bytes, source.limits.max_bytes),
        with_notes=source.notes,
    )


def _source_report(brought: Brought, report: Report, problems: Mapping[str, str]) -> SourceReport:
    return SourceReport.of(brought, report, problems.get(brought.source.name, ""))


@dataclass(slots=True)
class _Run:
    """What looks found, on its way into the index."""

    request: SyncRequest
    parts: SyncParts
    store: VisitStore
    looks: list[tuple[SourceEntry, Looked | None]]
    """Each source, and what the look at it found; None for a folder, which is read later."""
    brought: list[Brought] = field(default_factory=list[Brought])
    problems: dict[str, str] = field(default_factory=dict[str, str])

    def collect(self, base: Base, cache: IngestCache, spool: Spool) -> Scan:
        """Read what was found, source by source; then say what of each is gone."""
        reading = Reading(base=base, cache=cache, spool=spool, with_ocr=self.parts.options.with_ocr)
        for source, looked in self.looks:
            self.parts.stop.check()
            reading.rules = self.request.rules(source)
            options = _options(source, self.parts.options)
            if looked is None:
                assert isinstance(source, Folder)  # noqa: S101 - all others were looked at
                loader = self.parts.loader.with_options(options)
                brought = bring_folder(source, loader, reading, self.store)
            else:
                items = page_items(looked, self.store, options)
                brought = bring_pages(looked, items, reading, self.store)
                reading.result.failures += looked.failures
            self.brought.append(brought)
        current_ids = {document.document_id for document in reading.result.incoming}
        for brought in self.brought:
            brought.forget_gone(current_ids)  # what left one source may have moved to another
            self._cover(brought, reading)
        return reading.result

    def _cover(self, brought: Brought, reading: Reading) -> None:
        """Say what of a source is gone, unless it is too much to be true."""
        scan, name = reading.result, brought.source.name
        if brought.problem:
            self.problems[name] = brought.problem
        fresh = [
            document_id
            for document_id in brought.gone_from_place
            if reading.known[document_id].gone_since is None
        ]
        if is_large(len(fresh), len(brought.covered)) and not self.request.allow_large_prune:
            loss = f"{len(fresh)} of {len(brought.covered)} documents went at once"
            if self.request.prune:
                raise UnsafePruneError(
                    f"{name}: {loss}. Nothing was changed. If they are meant to go, run it again "
                    "with `--prune --yes`."
                )
            self.problems[name] = f"{loss}: taken for a fault of the site, they stay as they are"
            scan.failures.append(
                Failure(target=name, error=f"{self.problems[name]} (--yes if it is none)")
            )
            gone_ids = brought.reasons.keys()
            brought.covered = [
                document_id for document_id in brought.covered if document_id not in gone_ids
            ]
            brought.reasons, brought.gone_from_place = {}, set()
        scan.covered += brought.covered
        scan.reasons.update(brought.reasons)
        scan.vanished |= brought.gone_from_place
        scan.shortest.update(dict.fromkeys(brought.covered, brought.source.limits.shortest))

    def settle(self, report: Report) -> None:
        """Note that what was found is in the index now."""
        for brought in self.brought:
            source = brought.source.name
            self.store.put_addresses(source, _addresses(brought))
            removed = set(report.plan.remove)
            self.store.forget_addresses(
                source,
                (
                    brought.origins[document_id]
                    for document_id in brought.reasons
                    if document_id in removed
                ),
            )
            self.store.forget_pages(
                source, (url for url, document_id in brought.pages_gone if document_id in removed)
            )
            self.store.finish(source, now_utc(), self.problems.get(source, ""))


def _addresses(brought: Brought) -> Iterable[tuple[str, str]]:
    for document_id in brought.covered:
        yield brought.origins[document_id], brought.reasons.get(document_id, "")
    for origin in brought.new_origins:
        yield origin, ""

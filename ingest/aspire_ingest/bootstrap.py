"""The composition root of `aspire-ingest`: real objects out of settings."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from aspire_ingest.index.embedding.from_settings import configured_embedder
from aspire_ingest.index.ocr import advice, find_tesseract
from aspire_ingest.index.originals import FOLDER, Originals
from aspire_ingest.index.telemetry.start import Telemetry, open_telemetry
from aspire_ingest.index.vectors.chroma_process import ChromaProcess, NoChroma, OpenChroma
from aspire_ingest.load.loader import Loader
from aspire_ingest.load.types import LoadOptions
from aspire_ingest.pipeline.pipeline import Parts, Progress
from aspire_ingest.proposals.run_undo import keeping_runs
from aspire_ingest.settings import IngestSettings
from aspire_ingest.split import SPLITTER_SETTINGS, split_document
from aspire_ingest.sync.cron import Schedule
from aspire_ingest.sync.report import SyncReport
from aspire_ingest.sync.sync import SyncParts
from aspire_ingest.sync.watch import Hook, Watch, log_alerts
from aspire_ingest.web.pace import Stop
from aspire_ingest.web.sources_file import read_sources, shipped_path
from aspire_ingest.web.types import FetchOptions


@contextmanager
def build_parts(
    settings: IngestSettings,
    progress: Progress,
    *,
    with_notes: bool = False,
    open_chroma: OpenChroma = ChromaProcess,
) -> Generator[Parts]:
    """All that a run needs. The embedding model is loaded when the first passage needs it.

    `with_notes`: the speaker notes of presentations are part of their text.

    Raises:
        ConfigError: a setting names something that does not exist.
    """
    options = replace(_load_options(settings), with_notes=with_notes)
    with Loader(options) as loader, telemetry_of(settings) as telemetry:
        parts = _parts(settings, progress, loader, open_chroma)
        yield replace(parts, tracing=telemetry.tracing)


@contextmanager
def build_sync_parts(
    settings: IngestSettings,
    progress: Progress,
    *,
    stop: Stop | None = None,
    open_chroma: OpenChroma = ChromaProcess,
) -> Generator[SyncParts]:
    """All that a sync needs. The embedding model is loaded when the first passage needs it.

    Raises:
        ConfigError: a setting names something that does not exist.
    """
    options, asked = _load_options(settings), stop or Stop()

    def checked(step: str, done: int, total: int) -> None:
        asked.check()  # between two batches: what was embedded is kept, nothing is half published
        progress(step, done, total)

    with Loader(options) as loader, telemetry_of(settings) as telemetry:
        built = _parts(settings, checked, loader, open_chroma)
        yield SyncParts(
            parts=replace(built, tracing=telemetry.tracing),
            loader=loader,
            options=options,
            stop=asked,
            keep=keeping_runs(settings.index_home),
        )


def telemetry_of(settings: IngestSettings) -> AbstractContextManager[Telemetry]:
    """Give what a run exports its spans with, open until its block ends.

    Raises:
        ConfigError: it was switched on and cannot be had.
    """
    return open_telemetry("aspire-ingest", settings.otel)


def build_watch(
    settings: IngestSettings,
    schedule: Schedule,
    sources: Path,
    *,
    hook: Hook = log_alerts,
    told: Callable[[SyncReport], None] = lambda _report: None,
) -> Watch:
    """A watch over a sources file; `hook` tells staff what is wrong, `told` is given each report.

    Its `stop` ends it from a signal or another thread.
    """
    return Watch(
        home=settings.index_home,
        schedule=schedule,
        read_file=lambda: read_sources(sources),
        open_parts=lambda stop: build_sync_parts(
            settings, lambda _step, _done, _total: None, stop=stop
        ),
        hook=hook,
        told=told,
    )


def sources_path(settings: IngestSettings) -> Path:
    """The sources file in force."""
    own = settings.home / "sources.yaml"
    return settings.sources or (own if own.is_file() else shipped_path())


def _load_options(settings: IngestSettings) -> LoadOptions:
    fetch = FetchOptions(allow=settings.fetch_allow)
    engine = find_tesseract()
    originals = _originals(settings) if settings.keep_originals == "on" else None
    if settings.ocr == "auto" and engine.is_ready:
        return LoadOptions(fetch=fetch, with_ocr=True, originals=originals)
    told = advice(settings.ocr, engine)
    return LoadOptions(fetch=fetch, ocr_advice=told, originals=originals)


def _originals(settings: IngestSettings) -> Originals:
    root = settings.index_home.root / FOLDER
    return Originals(root, most_bytes=settings.keep_originals_mb * 1_000_000)


def _parts(
    settings: IngestSettings, progress: Progress, loader: Loader, open_chroma: OpenChroma
) -> Parts:
    return Parts(
        home=settings.index_home,
        source=loader,
        split=split_document,
        splitter=SPLITTER_SETTINGS,
        embedder=configured_embedder(settings),
        open_chroma=open_chroma if settings.chroma_url is None else NoChroma,
        progress=progress,
        with_ocr=loader.options.with_ocr,
        most_original_bytes=settings.keep_originals_mb * 1_000_000,
    )

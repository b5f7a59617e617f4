"""document -> load -> clean -> split -> embed -> store: what targets hold becomes a generation.

Loading cleans as it goes (`clean.py` is called by the loaders, which know their formats).
"""

import logging
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.generations.fingerprint import Shape, is_of_other_release
from aspire_ingest.index.generations.home import Home, current_number
from aspire_ingest.index.generations.lock import writer_lock
from aspire_ingest.index.generations.manifest import check_writable
from aspire_ingest.index.generations.write import GenerationWriter
from aspire_ingest.index.originals import FOLDER as ORIGINALS
from aspire_ingest.index.originals import sweep
from aspire_ingest.index.passage_input import INPUT_VERSION
from aspire_ingest.index.store.base import Base, open_base
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.index.store.kept_vectors import vectors_of
from aspire_ingest.index.store.schema import SCHEMA_VERSION
from aspire_ingest.index.telemetry.tracing import NO_TRACING, Tracing
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.text.annotate import annotate
from aspire_ingest.index.text.dates.occasions import with_occasions
from aspire_ingest.index.types import Document, Passage
from aspire_ingest.index.vectors.chroma_process import ChromaProcess, OpenChroma
from aspire_ingest.pipeline.embed import SplitDocument, batches, embed
from aspire_ingest.pipeline.hold_rules import HoldRules, this_day
from aspire_ingest.pipeline.places import canonical
from aspire_ingest.pipeline.plan import Failure, Incoming, Plan, make_plan
from aspire_ingest.pipeline.review import Reviewed, names_of, review
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.pipeline.runs import record
from aspire_ingest.pipeline.scan import Reading, Scan, Source, Spool, scan

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the step, how many of it are done, and how many there are (0: not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the pipeline is strung together from."""

    home: Home
    source: Source
    split: Callable[[Document], Sequence[Passage]]
    splitter: str
    """All that shapes what `split` gives, in one line."""
    embedder: Embedder
    open_chroma: OpenChroma = ChromaProcess
    """Starts what works on Chroma directories."""
    with_ocr: bool = False
    """Whether `source` reads pages that are pictures."""
    most_original_bytes: int = 2_000_000_000
    """Of all files that are kept for staff to look at; see `index.originals`."""
    progress: Progress = lambda _step, _done, _total: None
    tracing: Tracing = NO_TRACING

    @property
    def shape(self) -> Shape:
        """All that decides what documents become. Loads no model."""
        return Shape(
            schema=SCHEMA_VERSION,
            embedding=self.embedder.name,
            dimension=self.embedder.dimension,
            splitter=f"{self.splitter}/{INPUT_VERSION}",
            analysis=ANALYSIS_VERSION,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What one run is asked to do."""

    targets: Sequence[str] = ()
    prune: bool = False
    allow_large_prune: bool = False
    is_dry_run: bool = False
    rules: HoldRules = field(default_factory=HoldRules)
    """What holds documents that could be indexed."""


Collect = Callable[[Base, IngestCache, Spool], Scan]
"""Finds what there is now, given the index; documents that are new or changed are spooled."""

KeepBefore = Callable[[Plan, Base, Sequence[Incoming]], str | None]
"""Keeps what a plan is about to change, given what it starts from and what comes in; gives the id
by which that can be brought back, None where it cannot."""


def ingest(request: RunRequest, parts: Parts) -> Report:
    """Bring the index in line with the targets; what cannot be read is reported, the rest goes on.

    Raises:
        UnsafePruneError: the run would remove too much.
        IndexUnavailableError: another process is writing.
        IndexMismatchError: the index was made with other settings.
        EmbeddingError: the embedding model cannot be loaded or run.
    """

    def collect(base: Base, cache: IngestCache, spool: Spool) -> Scan:
        reading = Reading(
            base=base,
            cache=cache,
            spool=spool,
            progress=parts.progress,
            rules=request.rules,
            with_ocr=parts.with_ocr,
        )
        return scan(request.targets, parts.source, reading)

    with parts.tracing.span("ingest.run", command="add", is_dry_run=request.is_dry_run):
        report = bring(collect, request, parts)
        run = record(parts.home, "add", report, more=_asked(request))
    return replace(report, run=run)


def bring(
    collect: Collect, request: RunRequest, parts: Parts, *, keep: KeepBefore | None = None
) -> Report:
    """Bring the index in line with what `collect` finds; leaves the record to the caller.

    `keep` is called before the index changes, and not where it does not.

    Raises:
        UnsafePruneError: the run would remove too much.
        IndexUnavailableError: another process is writing.
        IndexMismatchError: the index was made with other settings.
        EmbeddingError: the embedding model cannot be loaded or run.
    """
    started = time.perf_counter()
    with _writing(parts.home, is_dry_run=request.is_dry_run) as cache, Spool() as spool:
        base = _base(parts, cache, is_dry_run=request.is_dry_run)
        with parts.tracing.span("ingest.load") as span:
            found = collect(base, cache, spool)
            span.note(documents=len(found.incoming), failed=len(found.failures))
        with parts.tracing.span("ingest.plan", documents=len(base.known)):
            plan = make_plan(
                base.known,
                found.incoming,
                covered=found.covered,
                vanished=found.vanished,
                prune=request.prune,
                allow_large=request.allow_large_prune,
            )
            plan = replace(plan, today=this_day().isoformat())
            plan, reviewed = review(plan, base, spool, found)
        unstored: dict[str, Failure] = {}
        undo = None
        if not (request.is_dry_run or plan.is_empty):
            undo = keep(plan, base, found.incoming) if keep else None
            documents = spool.take((*plan.add, *plan.replace))
            unstored = _carry_out(plan, documents, parts, cache)
            base = open_base(parts.home, with_documents=False)
    return Report(
        plan=plan,
        failures=(*found.failures, *plan.failures, *unstored.values()),
        held=tuple(found.held),
        unstored=frozenset(unstored),
        passages=base.passages,
        index_version=base.index_version,
        seconds=time.perf_counter() - started,
        is_dry_run=request.is_dry_run,
        reviewed=reviewed,
        undo=undo,
    )


def _asked(request: RunRequest) -> dict[str, object]:
    """Where a run looked, as its record keeps it: `folder` is what paths in it are relative to."""
    return {"targets": [canonical(one) for one in request.targets], "folder": canonical(".")}


def remove(document_ids: Sequence[str], parts: Parts, *, is_dry_run: bool = False) -> Report:
    """Remove documents by id; ids that are not in the index are failures.

    Raises:
        IndexUnavailableError: another process is writing.
        IndexMismatchError: the index was made with other settings.
    """
    started = time.perf_counter()
    with (
        parts.tracing.span("ingest.run", command="remove", is_dry_run=is_dry_run),
        _writing(parts.home, is_dry_run=is_dry_run) as cache,
    ):
        base = _base(parts, cache, is_dry_run=is_dry_run)
        asked = dict.fromkeys(document_ids)
        plan = Plan(
            remove=tuple(name for name in asked if name in base.known),
            keep=tuple(name for name in base.known if name not in asked),
            failures=tuple(
                Failure(
                    target=name, error="is not in the index; `aspire-ingest list` shows what is"
                )
                for name in asked
                if name not in base.known
            ),
        )
        reviewed = Reviewed(named=names_of(base, plan.remove))
        if not (is_dry_run or plan.is_empty):
            _carry_out(plan, (), parts, cache)
            base = open_base(parts.home, with_documents=False)
    report = Report(
        plan=plan,
        failures=plan.failures,
        passages=base.passages,
        index_version=base.index_version,
        seconds=time.perf_counter() - started,
        is_dry_run=is_dry_run,
        reviewed=reviewed,
    )
    return replace(report, run=record(parts.home, "remove", report))


def rebuild(parts: Parts) -> Report:
    """Make the index anew from the stored documents, as the present settings have it.

    They are split and their words analysed; what was embedded by the same embedder is kept.

    Raises:
        IndexUnavailableError: another process is writing.
        IndexMissingError: there is no index.
    """
    started = time.perf_counter()
    with (
        parts.tracing.span("ingest.run", command="rebuild"),
        _writing(parts.home, is_dry_run=False) as cache,
    ):
        plan, unstored = _make_anew(open_base(parts.home), parts, cache)
        base = open_base(parts.home, with_documents=False)
    return Report(
        plan=plan,
        failures=tuple(unstored.values()),
        unstored=frozenset(unstored),
        passages=base.passages,
        index_version=base.index_version,
        seconds=time.perf_counter() - started,
    )


@contextmanager
def _writing(home: Home, *, is_dry_run: bool) -> Generator[IngestCache]:
    if is_dry_run:  # changes nothing, so that it needs no lock and leaves no file
        with IngestCache.in_memory() as cache:
            yield cache
        return
    with writer_lock(home), IngestCache(home.cache) as cache:
        yield cache


def _base(parts: Parts, cache: IngestCache, *, is_dry_run: bool) -> Base:
    """Read what a run starts from.

    An index of a release that split texts or analysed words otherwise, and is the same in all else,
    is made anew first: that needs none of its sources, and embeds only what is split otherwise.
    """
    base = open_base(parts.home)
    if base.manifest is None:
        return base
    if is_of_other_release(base.manifest.shape, parts.shape):
        if is_dry_run:
            return base
        _log.info("the index is of another release; it is made anew from stored texts")
        _make_anew(base, parts, cache)
        return open_base(parts.home)
    check_writable(base.manifest, parts.shape)
    return base


def _make_anew(base: Base, parts: Parts, cache: IngestCache) -> tuple[Plan, dict[str, Failure]]:
    """Publish a generation made from the documents of another; and what could not be stored."""
    plan = Plan(replace=tuple(base.known))
    return plan, _carry_out(plan, base.documents(), parts, cache, anew_from=base)


def _carry_out(
    plan: Plan,
    documents: Iterable[tuple[Document, str]],
    parts: Parts,
    cache: IngestCache,
    *,
    anew_from: Base | None = None,
) -> dict[str, Failure]:
    """Make and publish the next generation; what could not be stored, by document id."""
    is_anew = anew_from is not None
    base = None if is_anew else current_number(parts.home)
    unstored: dict[str, Failure] = {}
    before = _original_names(parts.home)
    total = len(plan.add) + len(plan.replace)
    with (
        parts.open_chroma() as chroma,  # starts now, is needed at the end
        GenerationWriter(parts.home, parts.shape, base=base, chroma=chroma) as generation,
        vectors_of(anew_from, parts.embedder.name) as known,
    ):
        generation.remove(plan.remove)
        generation.mark_gone(plan.mark, plan.today)
        generation.mark_gone(plan.unmark, None)
        stored = 0
        with parts.tracing.span("ingest.embed", documents=total) as span:
            for batch in batches(_split(documents, parts, unstored)):
                told = _batch_progress(batch, parts.progress, stored + len(unstored), total)
                generation.put(embed(batch, parts.embedder, cache, told, stored=known))
                stored += len(batch)
                parts.progress("embed", stored + len(unstored), total)
            span.note(failed=len(unstored))
        if stored or plan.remove or plan.mark or plan.unmark or is_anew:
            parts.progress("publish", 0, 0)
            with parts.tracing.span("ingest.publish") as span:
                span.note(generation=generation.publish().generation)
            _sweep_originals(parts, before)
    return unstored


def _original_names(home: Home) -> set[str]:
    """The kept files that documents of the present generation name."""
    if not (home.root / ORIGINALS).is_dir():
        return set()
    return {known.original for known in open_base(home).known.values() if known.original}


def _sweep_originals(parts: Parts, before: set[str]) -> None:
    sweep(
        parts.home.root / ORIGINALS,
        before=before,
        now=_original_names(parts.home),
        most_bytes=parts.most_original_bytes,
    )


def _batch_progress(
    batch: Sequence[SplitDocument], progress: Progress, before: int, total: int
) -> Callable[[int], None]:
    """Tell of documents while their passages are embedded: a batch may take half a minute."""
    passages, done = sum(len(one.passages) for one in batch), 0
    progress("embed", before, total)

    def advance(embedded: int) -> None:
        nonlocal done
        done += embedded
        progress("embed", before + len(batch) * done // passages, total)

    return advance


def _split(
    documents: Iterable[tuple[Document, str]], parts: Parts, unstored: dict[str, Failure]
) -> Iterator[SplitDocument]:
    for read, origin in documents:
        document = with_occasions(read)
        passages = annotate(document, parts.split(document))
        if passages:
            yield SplitDocument(document=document, origin=origin, passages=passages)
        else:
            unstored[document.document_id] = Failure(
                target=document.info.source, error="holds no text that could be indexed"
            )

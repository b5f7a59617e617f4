"""Taking back a whole run, such as a sync: each document that it changed and nobody since."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from aspire_ingest.index.generations.home import Home
from aspire_ingest.index.store.base import Base
from aspire_ingest.index.store.cache import IngestCache
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.index.types import Document
from aspire_ingest.pipeline.pipeline import KeepBefore, Parts, RunRequest, bring
from aspire_ingest.pipeline.plan import Failure, Incoming, Plan
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.pipeline.runs import read_run, record
from aspire_ingest.pipeline.scan import Scan, Spool
from aspire_ingest.proposals.kinds import PROPOSAL_ID, ProposalError, RunUndo, Undo
from aspire_ingest.proposals.restore import bring_to, hash_of, stored_before, undo_of
from aspire_ingest.proposals.shelf import Shelf

_CHANGED = ("added", "replaced", "moved", "removed", "gone", "standing_again")
_MOST_CHARACTERS = 50_000_000
"""Of all texts that are kept of one run; a run that changes more cannot be undone."""


def keeping_runs(home: Home) -> KeepBefore:
    """Give what keeps the documents that a run of this index is about to change."""

    def keep(plan: Plan, base: Base, incoming: Sequence[Incoming]) -> str | None:
        stored = _stored(base, (*plan.replace, *plan.remove))
        if stored is None:
            return None
        after = {one.document_id: one.content_hash for one in incoming}
        changed = (*plan.add, *plan.replace, *plan.remove)
        changes = tuple(
            undo_of(name, after.get(name), base.known, stored.get(name)) for name in changed
        )
        if not changes:
            return None
        run_id = secrets.token_hex(12)
        Shelf(home).put_run(run_id, RunUndo(changes=changes))
        return run_id

    return keep


def undo_id_of(name: str, home: Home) -> str:
    """Give the id by which a run can be undone, where `name` is one of a run as `history` has it.

    Anything else is given back as it is.

    Raises:
        ProposalError: it is a run that nothing was kept of.
    """
    run = None if PROPOSAL_ID.fullmatch(name) else read_run(home, name)
    if run is None or run.get("run") != name:
        return name
    if run.get("undo"):
        return str(run["undo"])
    if not any(run.get(group) for group in _CHANGED):
        raise ProposalError("unknown", f"{name} changed no document: there is nothing to undo")
    raise ProposalError(
        "unknown",
        f"{name} cannot be undone by itself: `aspire-ingest add` the former files again, or "
        "`aspire-ingest restore` a back-up of before; a change that may have to be taken back goes "
        "through `aspire-ingest propose` and `accept`, which `undo` takes back",
    )


def undo_run(run_id: str, parts: Parts) -> Report | None:
    """Bring back what was there before a run; None where the id is not that of a run.

    Documents that were changed since stay as they are, and are failures of the report. Again
    changes nothing.

    Raises:
        ProposalError: all that the run changed was changed since, or what was kept is damaged.
        IndexUnavailableError: another process is writing.
    """
    kept = Shelf(parts.home).run(run_id)
    if kept is None:
        return None

    def collect(base: Base, cache: IngestCache, spool: Spool) -> Scan:
        del cache
        return _scan(kept.changes, base.known, spool)

    with parts.tracing.span("ingest.run", command="undo"):
        report = bring(collect, RunRequest(prune=True, allow_large_prune=True), parts)
    run = None if report.plan.is_empty else record(parts.home, "undo", report)
    return replace(report, run=run)


def _scan(changes: Iterable[Undo], known: Mapping[str, KnownDocument], spool: Spool) -> Scan:
    scan, is_any_ours = Scan(), False
    for change in changes:
        now = hash_of(known, change.document_id)
        if now not in (change.before, change.after):
            scan.failures.append(
                Failure(
                    target=change.document_id,
                    error="was changed since, so it stays: to undo this would lose that change",
                )
            )
            continue
        is_any_ours = True
        if now != change.before:
            document, origin = stored_before(change)
            found = bring_to(change.document_id, document, origin, known, spool)
            scan.incoming += found.incoming
            scan.covered += found.covered
    if not is_any_ours:
        raise ProposalError("changed", "All of it was changed since: to undo it would lose that")
    return scan


def _stored(base: Base, document_ids: Iterable[str]) -> Mapping[str, tuple[Document, str]] | None:
    """The documents of the index with their origins, by id; None where they are too much."""
    found: dict[str, tuple[Document, str]] = {}
    characters = 0
    for document, origin in base.documents(document_ids):
        characters += len(document.text)
        if characters > _MOST_CHARACTERS:
            return None
        found[document.document_id] = document, origin
    return found

"""Making the change that was looked at, and taking it back: under the writer's lock.

What was there before is on disk before the index changes. Whether there is something to do is told
from the index as it is now, so that doing it again after a crash, or at a second press of a button,
ends the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aspire_ingest.index.store.base import Base, open_base
from aspire_ingest.index.store.cache import DocumentKey, IngestCache
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.index.types import Document
from aspire_ingest.load.types import loader_version
from aspire_ingest.pipeline.hold_rules import holding_marks, this_day
from aspire_ingest.pipeline.pipeline import Collect, Parts, RunRequest, bring
from aspire_ingest.pipeline.places import canonical
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.pipeline.runs import record
from aspire_ingest.pipeline.scan import Scan, Spool
from aspire_ingest.proposals.items import Kept, amended
from aspire_ingest.proposals.kinds import Proposal, ProposalError, Undo
from aspire_ingest.proposals.restore import bring_to, hash_of, stored_before, undo_of
from aspire_ingest.proposals.shelf import Shelf

Did = Literal["added", "replaced", "removed", "unchanged"]
_PRUNE = RunRequest(prune=True, allow_large_prune=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What accepting or undoing a proposal did. `unchanged`: it was so before it was looked at.

    Done again, `did` says what was done the first time, and `is_again` that this was before.
    """

    proposal_id: str
    did: Did
    document_id: str
    title: str
    passages: int
    """Of the document, as it is in the index now."""
    can_undo: bool
    report: Report

    @property
    def is_again(self) -> bool:
        """Whether the index was so already."""
        return self.report.plan.is_empty

    def as_json(self) -> dict[str, object]:
        """In the form that scripts know."""
        return {
            "proposal": self.proposal_id,
            "did": self.did,
            "document_id": self.document_id,
            "title": self.title,
            "passages": self.passages,
            "can_undo": self.can_undo,
            "index_version": self.report.index_version,
            "seconds": round(self.report.seconds, 3),
        }


def accept(proposal_id: str, parts: Parts, *, accept_marks: bool = False) -> Done:
    """Do what a proposal says, with the bytes that were looked at; again changes nothing.

    Args:
        proposal_id: as `propose` named it.
        parts: what a run needs.
        accept_marks: staff have seen the marks of the document.

    Raises:
        ProposalError: it is unknown or expired, the index is not what it was, or the document
            carries marks that are not accepted.
        IndexUnavailableError: another process is writing.
    """
    shelf = Shelf(parts.home)
    proposal = shelf.get(proposal_id)

    def collect(base: Base, cache: IngestCache, spool: Spool) -> Scan:
        known = base.known
        now = hash_of(known, proposal.document_id)
        if now == proposal.document_hash:
            return Scan()  # done before, or there already
        if now != proposal.known_hash:
            raise ProposalError(
                "stale", "The document was changed since this was looked at; propose it again"
            )
        _check_place(proposal, known)
        document = _document(proposal, shelf, base, parts)
        if document is not None and not accept_marks:
            _check_marks(document)
        shelf.put_undo(proposal_id, _undo(proposal, known, parts))
        origin = _origin(proposal, known)
        if proposal.got is not None and document is not None:
            _note_loader(cache, proposal.got.source, document)
        return bring_to(proposal.document_id, document, origin, known, spool)

    report = _brought("accept", collect, parts, undo=proposal_id)
    return _done(proposal, shelf, report, parts)


def undo(proposal_id: str, parts: Parts) -> Done:
    """Bring back what was there before a proposal was accepted; again changes nothing.

    Raises:
        ProposalError: it is unknown or was never accepted, or the document was changed since.
        IndexUnavailableError: another process is writing.
    """
    kept = Shelf(parts.home).undo(proposal_id)

    def collect(base: Base, cache: IngestCache, spool: Spool) -> Scan:
        known = base.known
        del cache
        now = hash_of(known, kept.document_id)
        if now == kept.before:
            return Scan()
        if now != kept.after:
            raise ProposalError(
                "changed", "The document was changed since: to undo this would lose that change"
            )
        document, origin = stored_before(kept)
        return bring_to(kept.document_id, document, origin, known, spool)

    title = _title_now(kept.document_id, parts)
    report = _brought("undo", collect, parts)
    return Done(
        proposal_id=proposal_id,
        did=_undone(kept),
        document_id=kept.document_id,
        title=title or _title_now(kept.document_id, parts) or kept.document_id,
        passages=_passages(kept.document_id, parts),
        can_undo=False,
        report=report,
    )


def would_publish(proposal_id: str, parts: Parts) -> str | None:
    """Give the title of a document for staff that undoing a proposal would make public.

    Raises:
        ProposalError: the proposal is unknown or was never accepted.
    """
    kept = Shelf(parts.home).undo(proposal_id)
    before, _ = stored_before(kept)
    now = next((one for one, _ in open_base(parts.home).documents((kept.document_id,))), None)
    if before is None or now is None or before.info.audience != "public":
        return None
    return now.info.title if now.info.audience != "public" else None


def _note_loader(cache: IngestCache, source: str, document: Document) -> None:
    """Note by which readers a document was read: `status` asks for files that are to come again.

    It is noted under a hash that no file has, so that `add` still looks at the file by itself.
    """
    key = DocumentKey(document.document_id, document.info.content_hash)
    cache.put_documents(source, "accepted", loader_version(with_notes=False), (key,))


def _check_place(proposal: Proposal, known: Mapping[str, KnownDocument]) -> None:
    """Refuse to add what has come in since under another id: it would be there twice."""
    if proposal.got is None or proposal.is_in_place or proposal.known_hash is not None:
        return
    origin = canonical(proposal.got.source)
    for document_id, one in known.items():
        if one.origin == origin and document_id != proposal.document_id:
            raise ProposalError(
                "stale", f"It is in the index by now, as {document_id}; propose it again"
            )


def _check_marks(document: Document) -> None:
    if marks := holding_marks(document, this_day()):
        raise ProposalError(
            "marked",
            f"It is marked {', '.join(marks)}: make it for staff (propose it with `--audience "
            "staff`), or accept its marks with `--accept-marks`, which makes it public",
        )


def _document(proposal: Proposal, shelf: Shelf, base: Base, parts: Parts) -> Document | None:
    """The document that a proposal brings; None where it removes one."""
    if proposal.amendment is not None:
        document = amended(base, proposal.document_id, proposal.amendment)
    elif proposal.got is not None:
        kept = Kept(
            got=proposal.got,
            body=shelf.body(proposal.proposal_id),
            wanted=proposal.wanted,
            in_place_of=proposal.document_id if proposal.is_in_place else None,
        )
        document = kept.load(base, parts.source)
    else:
        return None
    if document.info.content_hash != proposal.document_hash:
        raise ProposalError("stale", "It is read differently now; propose it again")
    return document


def _origin(proposal: Proposal, known: Mapping[str, KnownDocument]) -> str:
    """Where the document comes from: what staff say of one, or put in its place, moves it not."""
    if proposal.got is None or proposal.is_in_place:
        found = known.get(proposal.document_id)
        return found.origin if found else ""
    return canonical(proposal.got.source)


def _undo(proposal: Proposal, known: Mapping[str, KnownDocument], parts: Parts) -> Undo:
    stored = next(open_base(parts.home).documents((proposal.document_id,)), None)
    return undo_of(proposal.document_id, proposal.document_hash, known, stored)


def _brought(command: str, collect: Collect, parts: Parts, *, undo: str | None = None) -> Report:
    """Bring the index in line; where that is something to do, it is recorded, with its `undo`."""
    with parts.tracing.span("ingest.run", command=command):
        report = bring(collect, _PRUNE, parts)
    if not report.plan.is_empty:
        record(parts.home, command, report, more={"undo": undo})
    if report.failures:
        raise ProposalError("unreadable", report.failures[0].error)
    return report


def _done(proposal: Proposal, shelf: Shelf, report: Report, parts: Parts) -> Done:
    can_undo = True
    try:
        shelf.undo(proposal.proposal_id)
    except ProposalError:
        can_undo = False  # it was there just so before
    did: Did = "unchanged"
    if can_undo and proposal.document_hash is None:
        did = "removed"
    elif can_undo:
        did = "added" if proposal.known_hash is None else "replaced"
    return Done(
        proposal_id=proposal.proposal_id,
        did=did,
        document_id=proposal.document_id,
        title=proposal.title,
        passages=_passages(proposal.document_id, parts),
        can_undo=can_undo,
        report=report,
    )


def _undone(kept: Undo) -> Did:
    if kept.before is None:
        return "removed"
    return "added" if kept.after is None else "replaced"


def _passages(document_id: str, parts: Parts) -> int:
    base = open_base(parts.home)
    if document_id not in base.known:
        return 0
    return base.passages_of(document_id)


def _title_now(document_id: str, parts: Parts) -> str | None:
    found = open_base(parts.home).documents((document_id,))
    return next((document.info.title for document, _ in found), None)

"""What a source brought this time, and what of the index it accounts for."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.load.loader import Loader
from aspire_ingest.pipeline.places import canonical
from aspire_ingest.pipeline.scan import Reading, covered_by
from aspire_ingest.sync.items import PageItem
from aspire_ingest.sync.look import Looked
from aspire_ingest.sync.visitor import Requests
from aspire_ingest.web.scope import Scope
from aspire_ingest.web.sources import Folder, SourceEntry
from aspire_ingest.web.visits import VisitStore


@dataclass(slots=True, kw_only=True)
class Brought:
    """One source: its documents, and the documents of the index that it answers for."""

    source: SourceEntry
    problem: str = ""
    documents: list[str] = field(default_factory=list[str])
    """Ids of the documents that it holds now."""
    covered: list[str] = field(default_factory=list[str])
    """Ids of documents of the index that it holds, or certainly holds no more."""
    reasons: dict[str, str] = field(default_factory=dict[str, str])
    """Why those of them that it holds no more are gone."""
    gone_from_place: set[str] = field(default_factory=set[str])
    """Those that went from the place itself: not because the sources file changed."""
    origins: dict[str, str] = field(default_factory=dict[str, str])
    new_origins: list[str] = field(default_factory=list[str])
    """Places of documents that were read, whether or not they are in the index yet."""
    pages_gone: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Addresses of pages that are gone, and the ids of their documents."""
    failed: int = 0
    held: int = 0
    requests: Requests = field(default_factory=Requests)

    def forget_gone(self, current_ids: Container[str]) -> None:
        """Take for gone none of these documents: they are elsewhere now."""
        self.reasons = {
            document_id: reason
            for document_id, reason in self.reasons.items()
            if document_id not in current_ids
        }
        self.gone_from_place = {
            document_id for document_id in self.gone_from_place if document_id not in current_ids
        }


def bring_folder(source: Folder, loader: Loader, reading: Reading, store: VisitStore) -> Brought:
    """Read a folder; its files that are not there any more are gone."""
    before, failures = len(reading.result.incoming), len(reading.result.failures)
    held_before = len(reading.result.held)
    place = canonical(source.folder)
    short = reading.items(loader.discover(source.folder), whole=place)
    incoming = reading.result.incoming[before:]
    current_ids = [document.document_id for document in incoming]
    covered = covered_by(place, reading.known, short)
    gone_ids = [document_id for document_id in covered if document_id not in set(current_ids)]
    failed = reading.result.failures[failures:]
    return Brought(
        source=source,
        problem=f"{failed[0].target}: {failed[0].error}" if place in short else "",
        documents=current_ids,
        covered=covered,
        reasons=dict.fromkeys(gone_ids, "the file is not there any more"),
        gone_from_place=set(gone_ids),
        origins={document_id: reading.known[document_id].origin for document_id in covered},
        new_origins=sorted({document.origin for document in incoming}),
        failed=len(failed),
        held=len(reading.result.held) - held_before,
    )


def bring_pages(
    looked: Looked, items: Sequence[PageItem], reading: Reading, store: VisitStore
) -> Brought:
    """Read the pages of a site, and judge what became of those that it brought before."""
    before, failures = len(reading.result.incoming), len(reading.result.failures)
    held_before = len(reading.result.held)
    short = reading.items(items, whole="")
    incoming = reading.result.incoming[before:]
    current_origins = {document.origin for document in incoming}
    unsure = short | {
        page.address for page in looked.pages if page.outcome == "failed" and page.address
    }
    gone = {page.address: page.reason for page in looked.pages if page.outcome == "gone"}
    brought = Brought(
        source=looked.source,
        problem=looked.problem,
        documents=[document.document_id for document in incoming],
        new_origins=sorted(current_origins),
        failed=len(looked.failures) + len(reading.result.failures) - failures,
        held=len(reading.result.held) - held_before,
        requests=looked.requests,
    )
    scope, earlier = Scope(looked.source), store.addresses(looked.source.name)
    for address, ids in _ids_by_origin(reading.known, {*current_origins, *earlier}).items():
        if address in unsure and address not in current_origins:
            continue
        brought.covered += ids
        brought.origins.update(dict.fromkeys(ids, address))
        if address in current_origins:
            continue
        reason, is_from_place = _reason_gone(address, looked, gone, earlier, scope)
        brought.reasons.update(dict.fromkeys(ids, reason))
        if is_from_place:
            brought.gone_from_place.update(ids)
    brought.pages_gone = [
        (page.url, document_id)
        for page in looked.pages
        if page.outcome == "gone"
        for document_id, origin in brought.origins.items()
        if origin == page.address
    ]
    return brought


def _ids_by_origin(
    documents: Mapping[str, KnownDocument], origins: set[str]
) -> dict[str, list[str]]:
    ids_by_origin: dict[str, list[str]] = {}
    for document_id, document in documents.items():
        if document.origin in origins:
            ids_by_origin.setdefault(document.origin, []).append(document_id)
    return ids_by_origin


def _reason_gone(
    address: str,
    looked: Looked,
    gone: Mapping[str | None, str],
    earlier: Mapping[str, str],
    scope: Scope,
) -> tuple[str, bool]:
    """Why a document's place holds it no more, and whether that is the place's own doing."""
    if address in looked.moved:
        return f"moved to {looked.moved[address]}", True
    if address in gone:
        return gone[address], True
    if not scope.takes(address):
        return "the sources file does not take it any more", False
    if any(page.address == address for page in looked.pages):
        return "asks not to be indexed, or is only a list now", False
    return earlier.get(address) or "no page leads to it any more", bool(earlier.get(address))

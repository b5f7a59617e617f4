"""A document as it was before a change: how that is kept, and what brings the index back."""

import json
from collections.abc import Mapping
from typing import cast

from aspire_ingest.index.store.rows import InfoRow, document_row, info_of
from aspire_ingest.index.store.store import KnownDocument
from aspire_ingest.index.types import Document
from aspire_ingest.pipeline.plan import Incoming
from aspire_ingest.pipeline.scan import Scan, Spool
from aspire_ingest.proposals.kinds import ProposalError, Undo


def undo_of(
    document_id: str,
    after: str | None,
    known: Mapping[str, KnownDocument],
    stored: tuple[Document, str] | None,
) -> Undo:
    """What takes back a change of a document to the `content_hash` `after` (None: its removal).

    `stored` is what is indexed of it now, with its origin; None: nothing.
    """
    row = None
    if stored is not None:
        row = [None if one is None else str(one) for one in document_row(*stored)]
    return Undo(document_id=document_id, after=after, before=hash_of(known, document_id), row=row)


def bring_to(
    document_id: str,
    document: Document | None,
    origin: str,
    known: Mapping[str, KnownDocument],
    spool: Spool,
) -> Scan:
    """What brings the index to a document; to its absence where there is none."""
    if document is None:
        return Scan(covered=[document_id] if document_id in known else [])
    spool.put(document, origin)
    incoming = Incoming(
        document_id=document_id,
        content_hash=document.info.content_hash,
        origin=origin,
        name=document.info.source,
    )
    return Scan(incoming=[incoming])


def stored_before(undo: Undo) -> tuple[Document | None, str]:
    """The document that was there before, and its origin.

    Raises:
        ProposalError: another version of the program kept it.
    """
    if undo.row is None:
        return None, ""
    *info, origin, page_starts, text = undo.row
    try:
        starts = tuple(cast("list[int]", json.loads(page_starts or "[]")))
        found = info_of(cast("InfoRow", tuple(info)))
    except (IndexError, ValueError, TypeError) as error:
        raise ProposalError("later", "It was kept by another version of the program") from error
    return Document(info=found, text=text or "", page_starts=starts), origin or ""


def hash_of(known: Mapping[str, KnownDocument], document_id: str) -> str | None:
    """The `content_hash` of a document of the index; None where it is not there."""
    found = known.get(document_id)
    return found.content_hash if found else None

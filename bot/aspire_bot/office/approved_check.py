"""Approved answers that the documents contradict: their stated values against the index's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.office.contradictions import contradictions_with
from aspire_bot.state.office.contradictions import Contradiction, StatedQuote
from aspire_ingest.index.reader import IndexReader


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictedApproval:
    """An approved answer, by the document it became, and what contradicts it."""

    document_id: str
    said: StatedQuote
    documents: tuple[StatedQuote, ...]


def check_approvals(index: IndexReader, now: datetime) -> tuple[ContradictedApproval, ...]:
    """Hold all approved answers of a generation against its documents and each other.

    Raises:
        IndexAccessError: the generation cannot be read.
    """
    approved = _approved(index)
    return contradicted_approvals(index, contradictions_with(index, approved, now))


def contradicted_approvals(
    index: IndexReader, found: Sequence[Contradiction]
) -> tuple[ContradictedApproval, ...]:
    """Give the approved answers among the contradictions that were found in a generation."""
    approved = _approved(index)
    sides: dict[tuple[str, str], tuple[StatedQuote, list[StatedQuote]]] = {}
    for pair in found:
        for said, other in (pair.quotes, pair.quotes[::-1]):
            if said.document_id in approved:
                kept = sides.setdefault((said.document_id, said.quote), (said, []))
                kept[1].append(other)
    return tuple(
        ContradictedApproval(document_id=said.document_id, said=said, documents=tuple(others))
        for said, others in sides.values()
    )


def _approved(index: IndexReader) -> frozenset[str]:
    """The documents that approved answers became, by id."""
    infos = index.documents().values()
    return frozenset(info.document_id for info in infos if approval_of(info) is not None)

"""How a document or a source stands, as a word that is another one after each change. Pure."""

from aspire_bot.curator_sources import SourceHistory
from aspire_ingest.index import DocumentInfo

GONE = "gone"
"""How a document stands that the index does not hold, or its place no longer does."""


def document_state(info: DocumentInfo | None) -> str:
    """Say how a document stands: by the hash of its text and facts."""
    return GONE if info is None or info.gone_since else info.content_hash


def source_state(history: SourceHistory) -> str:
    """Say how a source stands: by its latest visit that changed a document; empty: there is none.

    Names of visits sort by time.
    """
    return next(
        (
            visit.run
            for visit in history.visits
            if visit.added + visit.changed + visit.moved + visit.gone + visit.removed
        ),
        "",
    )

"""What is read once of a whole document, for all its passages."""

from collections.abc import Sequence

from aspire_bot.answering.message.query.query import QueryTerm
from aspire_ingest.index import Document

_READ = 200_000


def searchable_text(document: Document) -> str:
    """Give what names are looked up in: title, publisher, address and text, case-folded."""
    info = document.info
    head = f"{info.title}\n{info.publisher or ''}\n{info.url or ''}\n"
    return (head + document.text[:_READ]).casefold()


def is_off_programme(query_terms: Sequence[QueryTerm], document_text: str, programme: str) -> bool:
    """Whether a document speaks of something else than what is asked about.

    It names neither the programme nor any name that the question names: then its rules are
    another programme's.
    """
    if not programme or programme in document_text:
        return False
    named = [name for one in query_terms if not one.inherited for name in one.writings]
    letters = [name for name in named if any(character.isalpha() for character in name)]
    return not any(name in document_text for name in letters if name != programme)

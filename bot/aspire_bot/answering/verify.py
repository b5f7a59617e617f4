"""The last check before anything is said: every statement stands where its citation says."""

from aspire_bot.answering.quotes.citations import holds, markers_match
from aspire_bot.answering.types import Answer
from aspire_ingest.index.reader import IndexReader


def is_sound(answer: Answer, index: IndexReader) -> bool:
    """Whether every quote is in its document to the letter and every marker has its citation."""
    if not answer.citations or not markers_match(answer.text, answer.citations):
        return False
    known = index.documents()
    return all(
        citation.document.document_id in known
        and holds(citation, index.document(citation.document.document_id))
        for citation in answer.citations
    )

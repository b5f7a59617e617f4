"""Sections of a document that stand side by side: of two workshops, of two schemes. Pure."""

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index.text.analysis import analyze_label


def is_of_section_beside(query: Query, best: Evidence, other: Evidence) -> bool:
    """Whether a sentence stands in a section beside the best one's, which the question names.

    The heading of the best one has something of the question that neither the other's heading nor
    the other itself has: where the German workshop was is not said by a sentence on the French one.
    """
    document, passage, beside = best.passage.document, best.passage.passage, other.passage.passage
    if document.document_id != other.passage.document.document_id:
        return False
    if passage.heading == beside.heading or passage.heading[:-1] != beside.heading[:-1]:
        return False
    if not passage.heading or len(passage.heading) != len(beside.heading):
        return False
    language = document.language
    above, above_other = (
        frozenset(analyze_label(one.heading[-1], language)) for one in (passage, beside)
    )
    named = [one for one in query.query_terms if one.is_met(above, language)]
    return not all(one.is_met(above_other | other.terms, language) for one in named)

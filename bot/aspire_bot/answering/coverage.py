"""What of a question a text names, and which kinds of value asked for it holds. Pure."""

from collections.abc import Sequence

from aspire_bot.answering.message.query.expectation import Expectation, holds
from aspire_bot.answering.message.query.query import Query, QueryTerm


def coverage(
    query_terms: Sequence[QueryTerm], terms: frozenset[str] | set[str], language: str
) -> float:
    """Give the weighted share of query terms that a text names; 1 where there are none."""
    total = met = 0.0
    for query_term in query_terms:
        weight = query_term.weight_in(language)
        total += weight
        if query_term.is_met(terms, language):
            met += weight
    return met / total if total else 1.0


def strict_coverage(
    query_terms: Sequence[QueryTerm], terms: frozenset[str], document_text: str, language: str
) -> float:
    """Give the share of strict query terms met: by the passage, or the document for names.

    Each counts the same: that a name is common does not make its absence less telling.
    """
    strict = [query_term for query_term in query_terms if query_term.is_strict]
    if not strict:
        return 1.0
    met = [
        query_term.is_met(terms, language)
        or any(writing in document_text for writing in query_term.writings)
        for query_term in strict
    ]
    return sum(met) / len(met)


def telling_kinds(query: Query) -> tuple[Expectation, ...]:
    """Give the kinds of value asked for; a yes or no is none."""
    return tuple(kind for kind in query.expects if kind is not Expectation.DECISION)


def holds_value(query: Query, kind: Expectation, text: str, terms: frozenset[str]) -> bool:
    """Whether a text with these terms holds a value of a kind that the question does not hold."""
    return holds(kind, text, known=query.text, terms=terms, known_terms=query.known_terms)

"""What of a question a text names, and which kinds of value asked for it holds. Pure."""

from collections.abc import Sequence

from aspire_bot.answering.message.expectation import Expectation, holds
from aspire_bot.answering.message.query import Need, Query


def coverage(needs: Sequence[Need], terms: frozenset[str] | set[str], language: str) -> float:
    """Give the weighted share of needs that a text names; 1 where nothing is needed."""
    total = met = 0.0
    for need in needs:
        weight = need.weight_in(language)
        total += weight
        if need.is_met(terms, language):
            met += weight
    return met / total if total else 1.0


def strict_coverage(
    needs: Sequence[Need], terms: frozenset[str], document_text: str, language: str
) -> float:
    """Give the share of strict needs met by the passage, or by the document for written names.

    Each counts the same: that a name is common does not make its absence less telling.
    """
    strict = [need for need in needs if need.is_strict]
    if not strict:
        return 1.0
    met = [
        need.is_met(terms, language)
        or bool(need.surface and need.surface.casefold() in document_text)
        for need in strict
    ]
    return sum(met) / len(met)


def names_unmet(
    needs: Sequence[Need], terms: frozenset[str] | set[str], language: str
) -> tuple[str, ...]:
    """Give the names of the question itself that a text does not name, as asked, case-folded."""
    return tuple(
        need.surface.casefold()
        for need in needs
        if not need.inherited
        and any(sign.isalpha() for sign in need.surface)
        and not need.is_met(terms, language)
    )


def telling_kinds(query: Query) -> tuple[Expectation, ...]:
    """Give the kinds of value asked for; a yes or no is none."""
    return tuple(kind for kind in query.expects if kind is not Expectation.DECISION)


def holds_value(query: Query, kind: Expectation, text: str, terms: frozenset[str]) -> bool:
    """Whether a text with these terms holds a value of a kind that the question does not hold."""
    return holds(kind, text, known=query.text, terms=terms, known_terms=query.known_terms)

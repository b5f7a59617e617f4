"""Query terms out of names: in which languages they stand, and how much they tell."""

from collections.abc import Mapping, Sequence
from math import log

from aspire_bot.answering.message.query.query import QueryTerm
from aspire_bot.answering.message.query.sums import names_of
from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.amounts import Amount
from aspire_ingest.index.text.dates.dates import DateMention
from aspire_ingest.index.text.japanese import is_name
from aspire_ingest.index.text.script import is_japanese

_FEW_HOLD = 0.5
"""The weight from which on a name tells what is asked of."""


def concept_term(names: Mapping[str, Sequence[frozenset[str]]], index: IndexReader) -> QueryTerm:
    """The query term of a glossary's names: those of a language first, then all others."""
    everything = [name for alternatives in names.values() for name in alternatives]
    held = {
        language: tuple(dict.fromkeys([*names.get(language, ()), *everything]))
        for language in index.languages()
    }
    return QueryTerm(names=held, weight=weigh(held, index))


def in_all(
    names: Sequence[frozenset[str]], index: IndexReader
) -> dict[str, tuple[frozenset[str], ...]]:
    """The same names in every language of the index."""
    return {language: tuple(names) for language in index.languages()}


def written_otherwise(term: str, index: IndexReader) -> frozenset[str]:
    """Languages of the index that are not written as a word is: it is a name of nothing there."""
    return frozenset(
        language for language in index.languages() if is_japanese(term) != (language == "ja")
    )


def in_its_own(
    names: Sequence[frozenset[str]], index: IndexReader, *, language: str, is_name: bool
) -> dict[str, tuple[frozenset[str], ...]]:
    """The names of a word in the languages that can hold it.

    A Latin name stands in Japanese text too; a mere word stands in its own language alone.
    """
    return {
        other: tuple(names) if is_name or language in (other, "und") else ()
        for other in index.languages()
    }


def frequency(names: Mapping[str, Sequence[frozenset[str]]], index: IndexReader) -> int:
    """In how many passages the commonest of the names stands, in any language."""
    return max(
        (
            min(index.document_frequency(term, language) for term in name)
            for language, alternatives in names.items()
            for name in alternatives
        ),
        default=0,
    )


def weigh(names: Mapping[str, Sequence[frozenset[str]]], index: IndexReader) -> float:
    """How much a name tells, 0.1 to 1: the share of passages that hold it, on a log scale.

    Per language and then the commonest: a word that half of the Japanese passages hold tells
    nothing there, however rare it is in English.
    """
    lowest = 1.0
    for language, alternatives in names.items():
        total = index.passage_count(language)
        if total < 2:
            continue
        frequency = max(
            (
                min(index.document_frequency(term, language) for term in name)
                for name in alternatives
            ),
            default=0,
        )
        rarity = log((total + 1) / (frequency + 0.5)) / log((total + 1) / 0.5)
        lowest = min(lowest, rarity)
    return min(1.0, max(0.1, lowest))


def names_what_few_hold(query_terms: Sequence[QueryTerm], index: IndexReader) -> bool:
    """Whether a question names somebody or something by a name that few passages hold.

    Of a hundred passages at most six, of a thousand twenty.
    """
    return any(
        one.weight >= _FEW_HOLD and frequency(one.names, index) > 0
        for one in query_terms
        if not one.inherited and _is_name(one)
    )


def _is_name(query_term: QueryTerm) -> bool:
    if query_term.surface or query_term.elsewhere:
        return not query_term.surface.isdigit()
    terms = {term for names in query_term.names.values() for name in names for term in name}
    return any(is_japanese(term) and is_name(term) for term in terms)


def date_query_terms(dates: Sequence[DateMention], index: IndexReader) -> list[QueryTerm]:
    """The query terms of dates; nothing else can stand for one."""
    query_terms: list[QueryTerm] = []
    for mention in dates:
        terms = _terms_of(mention)
        if terms:
            names = in_all([frozenset((term,)) for term in terms], index)
            query_terms.append(
                QueryTerm(names=names, weight=max(0.6, weigh(names, index)), is_strict=True)
            )
    return query_terms


def sum_query_terms(sums: Sequence[Amount], index: IndexReader) -> list[QueryTerm]:
    """The query terms of amounts; nothing else can stand for one."""
    query_terms: list[QueryTerm] = []
    for amount in sums:
        names = in_all(names_of(amount), index)
        query_terms.append(
            QueryTerm(names=names, weight=max(0.6, weigh(names, index)), is_strict=True)
        )
    return query_terms


def _terms_of(mention: DateMention) -> tuple[str, ...]:
    """Give the canonical terms that a date meets; a year alone may be a fiscal one."""
    year, month, day = mention.year, mention.month, mention.day
    if mention.is_fiscal_year:
        return (f"fy:{year}",)
    if year and month and day:
        return (f"d:{year}-{month:02d}-{day:02d}",)
    if year and month:
        return (f"d:{year}-{month:02d}",)
    if year:
        return (f"d:{year}", f"fy:{year}")
    if month and day:
        return (f"d:{month:02d}-{day:02d}",)
    return ()

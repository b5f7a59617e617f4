"""A year in a question: what is of that year goes before what is of another. Pure."""

import re
from collections.abc import Iterable

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index import DocumentInfo, Passage
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.numerals import fold_widths

YEAR_PREFERENCE = 0.1
"""What naming the year adds to a score of 0 to 1.

Tried with the default embedder on 72 passages that differ by their year (in an edition, a date of
publication, a heading, the text) and 88 questions that name one. First in the ranking, of 64 whose
answer is of that year: 38 without it, 55 with .06, 59 with .1, 62 with .15, 62 with .2; of 24 whose
answer names no such year: 20, 18, 18, 17, 12.
"""
_PUBLISHED_THEN = 0.5
"""A document of that year speaks of it as a rule, not always."""
_YEAR_TERM = re.compile(r"(?:d|fy):(\d{4})(?:-\d\d){0,2}")
_FISCAL = "fy:"
_SPAN = re.compile(
    r"\b(?:since|after|from|until|till|before|between|by|through|than|every|each)\b"
    r"|以降|以来|以後|以前|から|まで|より|比べ|毎年|各年",
    re.IGNORECASE,
)
_ERA = re.compile(r"令和|平成|昭和|(?<![A-Za-z])(?:[FＦ][YＹ]|[RHSＲＨＳ][.．]?\s?\d)")


def years_asked(query: Query) -> frozenset[int]:
    """Give the years that a question names, or else those of the conversation before it."""
    return _years_in(_terms_asked(query))


def of_year(info: DocumentInfo, passage: Passage, years: frozenset[int]) -> float:
    """How much a passage is of one of these years: 1 where it or its document names one, or 0.

    A document that was merely published then gets something in between, unless it has an edition.
    """
    stated = "\n".join((info.edition or "", info.title, *passage.heading, passage.text))
    if years & _of_occasions(info) or _names_one_of(years, stated):
        return 1.0
    is_of_then = not info.edition and (info.published or "")[:4] in map(str, years)
    return _PUBLISHED_THEN if is_of_then else 0.0


def is_of_another_year(query: Query, best: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the terms of the best sentence name the one year asked for, and others do not.

    A question about a span of years ("since 2024") asks for others, too.
    """
    years = years_asked(query)
    if len(years) != 1 or _SPAN.search(query.text):
        return False
    named = _years_in(other)
    return bool(named) and not named & years and bool(_years_in(best) & years)


def is_of_other_years(query: Query, one: Evidence) -> bool:
    """Whether a question names one year, and a sentence with all above it names others alone.

    Who names a fiscal year is not answered by what is of other fiscal years, whenever it was
    published. A question about a span of years asks for others.
    """
    asked = _terms_asked(query)
    if len(_years_in(asked)) != 1 or _SPAN.search(query.text):
        return False
    is_fiscal = all(term.startswith(_FISCAL) for term in asked)
    named, around = (
        _years_in(term for term in terms if not is_fiscal or term.startswith(_FISCAL))
        for terms in (one.terms, one.heading_terms)
    )
    return bool(named) and _years_in(asked).isdisjoint(named | around)


def _terms_asked(query: Query) -> frozenset[str]:
    """Give the terms of years that a question names itself, or else the conversation before it."""
    own, inherited = (
        frozenset(
            term
            for query_term in query.query_terms
            if query_term.inherited is is_inherited
            for alternatives in query_term.names.values()
            for name in alternatives
            for term in name
            if _YEAR_TERM.fullmatch(term)
        )
        for is_inherited in (False, True)
    )
    return own or inherited


def _years_in(terms: Iterable[str]) -> frozenset[int]:
    return frozenset(int(found[1]) for term in terms if (found := _YEAR_TERM.fullmatch(term)))


def _of_occasions(info: DocumentInfo) -> frozenset[int]:
    return frozenset(
        int(day[:4]) for one in info.occasions if not one.is_term for day in (one.first, one.last)
    )


def _names_one_of(years: frozenset[int], text: str) -> bool:
    """Whether a text names one of the years; its dates are read only where an era may hide one."""
    written = "|".join(map(str, years))
    if re.search(rf"(?<![\d,.])(?:{written})(?!\d|,\d)", fold_widths(text)):
        return True
    return bool(_ERA.search(text)) and not years.isdisjoint(
        mention.year for mention in find_dates(text) if mention.year
    )

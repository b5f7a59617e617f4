"""Whether two sources state different values for the same thing. Pure.

Silence is the rule: two sentences are said to differ only where they are about the same thing as
far as words can tell, each states one value of the kind that is asked for, and nothing explains
the difference: no other edition, occasion, programme, no "a year" beside an "in all".
"""

import re
from collections.abc import Iterable, Sequence

from aspire_bot.answering.evidence import Evidence
from aspire_bot.answering.expectation import Expectation
from aspire_bot.answering.query import Query
from aspire_bot.answering.signals import coverage
from aspire_bot.answering.stated import are_qualified_alike, exclude_each_other, stated, units_asked
from aspire_bot.answering.stories import same_story
from aspire_ingest.index import DocumentInfo

_SAME_WORDS = 0.6
"""Share of all their words that two sentences of one language must have in common, to be one."""
_ALL_NEEDS, _MOST_NEEDS = 0.9, 0.5
"""Share of what the question names that both must name: without, and with, the same words."""

_TELLS_OF_AN_EVENT = re.compile(
    r"\b(?:was|were) (?:held|organi[sz]ed|attended)\b|\btook place\b|\b(?:presented|reported|"
    r"attended|gathered|participated|joined|visited)\b|開催|行われ|発表し|参加し|報告し|登壇し",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z0-9](?:[A-Za-z0-9]|-[A-Z0-9])*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+|「[^」]+」")
_NO_NAME = re.compile(
    r"(?:faqs?|pdf|url|q&a|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|fy\d*|r\d+|jpy|usd|eur|gbp|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"d:\d{4}-\d\d-\d\d")


def differing(query: Query, chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Give the best sentence and those whose value differs from its own; nothing where none."""
    if not chosen:
        return ()
    others = [other for other in chosen[1:] if differ(query, chosen[0], other)]
    return (chosen[0], *others) if others else ()


def differ(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences state different values for the thing that the question asks for."""
    return (
        bool(units_asked(query))
        and _may_disagree(one.passage.document, other.passage.document)
        and exclude_each_other(stated(query, one), stated(query, other))
        and are_qualified_alike(_said(one), _said(other))
        and _speak_of_one_time(query, one, other)
        and not _name_others(one, other)
        and _are_about_the_same(query, one, other)
    )


def _may_disagree(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether neither is the other, its translation, another edition of it or its successor."""
    if one.document_id == other.document_id or same_story(one, other):
        return False
    if one.edition and other.edition and one.edition != other.edition:
        return False
    if _supersedes(one, other) or _supersedes(other, one):
        return False
    years, other_years = (set(_YEAR.findall(info.title)) for info in (one, other))
    if years and other_years and years != other_years:
        return False
    # of two languages and one day: most likely one text, whatever their addresses
    return one.language == other.language or one.published != other.published


def _supersedes(one: DocumentInfo, other: DocumentInfo) -> bool:
    return bool(one.supersedes) and one.supersedes in (
        other.document_id,
        other.source,
        other.url,
        other.title,
    )


def _speak_of_one_time(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether both name the same dates, or none: what held in one year may not in another.

    Where a date is asked for, the dates are the values.
    """
    if _asks_for_dates(query):
        return True
    dates = [{t for t in e.terms if t.startswith(("d:", "fy:"))} for e in (one, other)]
    return dates[0] == dates[1]


def _asks_for_dates(query: Query) -> bool:
    return bool({Expectation.DATE, Expectation.PERIOD} & set(query.expects))


def _are_about_the_same(query: Query, one: Evidence, other: Evidence) -> bool:
    if one.signals.is_off_programme or other.signals.is_off_programme or not query.needs:
        return False
    if not _meet_the_same_names(query, one, other):
        return False
    met = min(coverage(query.needs, e.terms, _language(e)) for e in (one, other))
    if _language(one) != _language(other):
        return met >= _ALL_NEEDS and len(query.needs) > 1
    is_one_wording = met >= _MOST_NEEDS and _shared_words(one, other) >= _SAME_WORDS
    if any(
        e.passage.document.kind == "news" or _TELLS_OF_AN_EVENT.search(e.text) for e in (one, other)
    ):
        return is_one_wording and met >= _ALL_NEEDS and _are_of_one_event(query, one, other)
    return is_one_wording or met >= _ALL_NEEDS


def _meet_the_same_names(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether both meet the same of the names, codes, numbers and dates of the question."""
    strict = [need for need in query.needs if need.is_strict]
    met, other_met = (
        [need.is_met(e.terms | e.above, _language(e)) for need in strict] for e in (one, other)
    )
    return met == other_met


def _are_of_one_event(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two reports name the same day, or both the time that the question names.

    Where the day itself is asked for, the two days were compared already.
    """
    if _asks_for_dates(query):
        return True
    left, right = (e.terms | e.above for e in (one, other))
    asked = {term for term in query.known_terms if term.startswith("d:") and len(term) > 6}
    return bool(asked & left & right) or any(_DAY.fullmatch(term) for term in left & right)


def _shared_words(one: Evidence, other: Evidence) -> float:
    left, right = _words(one), _words(other)
    return len(left & right) / max(1, len(left | right))


def _words(evidence: Evidence) -> set[str]:
    """The terms of a sentence but for its values."""
    return {term for term in evidence.terms if ":" not in term and not term.isdecimal()}


def _name_others(one: Evidence, other: Evidence) -> bool:
    """Whether the sentences, or the titles, have each a name of their own: two things, not one.

    A name that one sentence alone has must at least stand around the other.
    """
    mine, others = _names(_said(one)), _names(_said(other))
    if mine - others and others - mine:
        return True
    around, other_around = _around(one), _around(other)
    if _missing(mine, other_around) or _missing(others, around):
        return True
    titles = [_acronyms(e.passage.document.title) for e in (one, other)]
    return bool(_missing(titles[0], other_around) and _missing(titles[1], around))


def _missing(names: Iterable[str], text: str) -> list[str]:
    return [name for name in names if name not in text]


def _names(text: str) -> set[str]:
    found = {match.group().casefold() for match in _NAME.finditer(text)} | _acronyms(text)
    return {name for name in found if not _NO_NAME.fullmatch(name)}


def _acronyms(text: str) -> set[str]:
    found = {match.group().casefold() for match in _ACRONYM.finditer(text)}
    return {name for name in found if not _NO_NAME.fullmatch(name)}


def _around(evidence: Evidence) -> str:
    info, passage = evidence.passage.document, evidence.passage.passage
    return "\n".join((info.title, *passage.heading, _said(evidence), passage.text)).casefold()


def _said(evidence: Evidence) -> str:
    lead = evidence.sentence.lead
    return f"{lead}\n{evidence.text}" if lead else evidence.text


def _language(evidence: Evidence) -> str:
    return evidence.passage.document.language

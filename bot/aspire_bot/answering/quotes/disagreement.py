"""Whether two sources state different values for the same thing. Pure.

Silence is the rule: two sentences are said to differ only where they are about the same thing as
far as words can tell, each states one value of the kind that is asked for, and nothing explains
the difference: no other edition, occasion, programme, no "a year" beside an "in all".
"""

import re
from functools import lru_cache

from aspire_bot.answering.coverage import coverage
from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.quotes.publishers import are_of_two
from aspire_bot.answering.quotes.translations import is_translation
from aspire_bot.answering.quotes.values import (
    DAY,
    are_qualified_alike,
    exclude_each_other,
    units_asked,
    values_in,
    without_values,
)
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.text.analysis import analyze

_SAME_WORDS = 0.6
"""Share of all their words that two sentences of one language must have in common, to be one."""
_ALL_TERMS, _MOST_NEEDS = 0.9, 0.5
"""Share of what the question names that both must name: without, and with, the same words."""

_LIGHT = (
    "each every per one any must may can most least maximum minimum up receive get obtain provide "
    "give offer support fund pay grant submit file send limit ceiling amount sum much many long"
)
_LIGHT_JA = (
    "以内 以下 上限 上限額 限度 限度額 最大 最高 最長 当たり 当り 出来る こと 受ける 支援 支給 "
    "助成 提出 各 為 金額 額"
)
_EVENT = re.compile(
    r"\b(?:was|were) (?:held|organi[sz]ed|attended)\b|\btook place\b|\b(?:presented|reported|"
    r"attended|gathered|participated|joined|visited)\b|開催|行われ|発表し|参加し|報告し|登壇し",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*[A-Z0-9](?:[A-Za-z0-9]|-[A-Z0-9])*")
_NO_NAME = re.compile(r"(?:faqs?|pdf|url|q&a|fy\d*|r\d+)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ONE_DAY = re.compile(r"d:\d{4}-\d\d-\d\d")


def differ(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two sentences state different values for the thing that the question asks for."""
    if not units_asked(query):
        return False
    if not _may_disagree(one.passage.document, other.passage.document):
        return False
    values, others = values_in(query, one), values_in(query, other)
    return (
        exclude_each_other(values, others)
        and are_qualified_alike(_said(one), _said(other))
        and _speak_of_one_time(one, other, are_days=DAY in values and DAY in others)
        and not _titles_part(one, other)
        and _are_about_the_same(query, one, other)
    )


def _may_disagree(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether neither is the other, its translation, another edition of it or its successor.

    Nor may two of different publishers: each has rules of its own.
    """
    if one.document_id == other.document_id or is_translation(one, other):
        return False
    if are_of_two(one, other):
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


def _speak_of_one_time(one: Evidence, other: Evidence, *, are_days: bool) -> bool:
    """Whether both name the same dates, or none: what held in one year may not in another.

    Where the dates are the values, only fiscal years are left to tell the times apart.
    """
    kinds = ("fy:",) if are_days else ("d:", "fy:")
    dates = [{term for term in e.terms if term.startswith(kinds)} for e in (one, other)]
    return dates[0] == dates[1]


def _are_about_the_same(query: Query, one: Evidence, other: Evidence) -> bool:
    if not query.query_terms:
        return False
    words, others = _words(one), _words(other)
    met = min(
        coverage(query.query_terms, e.terms | e.heading_terms, _language(e)) for e in (one, other)
    )
    if _language(one) != _language(other):
        is_all = met >= _ALL_TERMS and len(query.query_terms) > 1
        return is_all and not (_beyond(query, one, words) or _beyond(query, other, others))
    if _met(query, one) != _met(query, other) or _sections_part(query, one, other):
        return False
    if not _explain_each_other(words, one, others, other):
        return False
    is_one_wording = len(words & others) >= _SAME_WORDS * len(words | others)
    if _tells_of_event(one) or _tells_of_event(other):
        return is_one_wording and met >= _ALL_TERMS and _are_of_one_event(query, one, other)
    return met >= (_MOST_NEEDS if is_one_wording else _ALL_TERMS)


def _explain_each_other(
    words: frozenset[str], one: Evidence, others: frozenset[str], other: Evidence
) -> bool:
    """Whether no word tells the two apart: "travel" here and "equipment" there makes two things.

    What one of them has more must at least stand around the other.
    """
    more, other_more = words - others, others - words
    if more and other_more:
        return False
    around, other_around = _terms_around(one), _terms_around(other)
    return more <= other_around and other_more <= around


def _beyond(query: Query, evidence: Evidence, words: frozenset[str]) -> frozenset[str]:
    """The words of a sentence that the question does not ask for."""
    names = (
        name
        for query_term in query.query_terms
        for name in query_term.names.get(_language(evidence), ())
    )
    return words.difference(*names)


def _tells_of_event(evidence: Evidence) -> bool:
    return evidence.passage.document.kind == "news" or bool(_EVENT.search(evidence.text))


def _met(query: Query, evidence: Evidence) -> list[bool]:
    """Which query terms a sentence meets, with what stands above it."""
    terms = evidence.terms | evidence.heading_terms
    return [query_term.is_met(terms, _language(evidence)) for query_term in query.query_terms]


def _are_of_one_event(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether two reports name the same day, or both the time that the question names.

    Where the day itself is asked for, the two days were compared already.
    """
    if Expectation.DATE in query.expects or Expectation.PERIOD in query.expects:
        return True
    left, right = (e.terms | e.heading_terms for e in (one, other))
    asked = {term for term in query.known_terms if term.startswith("d:") and len(term) > 6}
    return bool(asked & left & right) or any(_ONE_DAY.fullmatch(term) for term in left & right)


def _words(evidence: Evidence) -> frozenset[str]:
    """The terms of what a sentence says of its values, light ones left out."""
    said = analyze(without_values(_said(evidence)), _language(evidence))
    return frozenset(said) - _light_words()


def _terms_around(evidence: Evidence) -> frozenset[str]:
    sentences = evidence.passage.passage.sentences
    return evidence.heading_terms.union(*(sentence.terms for sentence in sentences))


@lru_cache(maxsize=1)
def _light_words() -> frozenset[str]:
    """Words that say nothing of what a value is of; terms, as analysis gives them."""
    return frozenset((*analyze(_LIGHT, "en"), *_LIGHT_JA.split()))


def _titles_part(one: Evidence, other: Evidence) -> bool:
    """Whether each title has a name (CREST, NSF) that does not occur around the other sentence."""
    names, others = (_acronyms(e.passage.document.title) for e in (one, other))
    around, other_around = _around(one), _around(other)
    return any(name not in other_around for name in names) and any(
        name not in around for name in others
    )


def _sections_part(query: Query, one: Evidence, other: Evidence) -> bool:
    """Whether the two stand under headings that have nothing in common: "Travel", "Equipment"."""
    sections, others = _section(query, one), _section(query, other)
    return bool(sections and others) and not sections & others


def _section(query: Query, evidence: Evidence) -> frozenset[str]:
    heading = evidence.passage.passage.heading[-1:]
    words = frozenset(analyze("\n".join(heading), _language(evidence)))
    return _beyond(query, evidence, words - evidence.terms - _light_words())


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

"""Evidence → the sentences of an answer: the smallest set that answers, in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.calibration import Rule, expected
from aspire_bot.answering.quotes.disagreement import differ
from aspire_bot.answering.quotes.evidence import Evidence, place_of
from aspire_bot.answering.quotes.lists import (
    MOST_CHARACTERS,
    MOST_ITEMS,
    items_of_list,
    lead_of_list,
    rows_corrected,
    rows_named,
    rows_of_table,
    without_headers,
    without_rows_beside,
)
from aspire_bot.answering.quotes.sections import is_of_section_beside
from aspire_bot.answering.quotes.translations import is_translation, may_be_translation
from aspire_bot.answering.search.editions import known_as
from aspire_bot.answering.search.years import is_of_another_year

_MOST_LOOKED_AT = 80
"""Sentences among which items, neighbours and other values are looked for."""
_MOST_SENTENCES = 4
MOST_TRIED = 12
"""Sentences, the best ones, of which one may be said beside the first."""
_HARDLY_WORSE = 1.5
"""Log-odds that a sentence between two that are said may be behind the worse of them."""
_FAR = 4.0
"""Log-odds: one further from the best is not looked at, even if it states another value."""
_MOST_SOURCES = 3
_TRANSLATED = 2.0
"""Log-odds that the translation of the best sentence may be behind it, to be said in its place."""
_LEANS = re.compile(
    r"(?:It|They|He|She|This|These|Those|Both)\s|(?:これ|それ|彼|同氏|同社|両者|いずれ)(?![まぞか])"
    r"|(?:T|(?:To|For|Of|On|In) t)he (?:former|latter)\b|[前後]者[はがのをにもで]"
    r"|(?:T|(?:To|For|Of|On|In) t)he (?:first|second|third|fourth|last)"
    r"(?=\s(?:has|have|had|is|are|was|were|will|can|may|must|should|he|she|they)\b)"
)
"""How a sentence begins that cannot be understood without the one before it."""
_OF_PERSON = re.compile(r"(?:He|She)\s|彼|同氏")
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")
"""There "It" is what the document is of, which its title says, and "He" who was spoken of last."""
_SAYS_WHO = re.compile(
    r"Th(?:is|ese) (?:web ?)?(?:pages?|sites?|articles?|reports?|documents?|notices?|handbooks?"
    r"|guidelines?|guides?|newsletters?|FAQs?|texts?|releases?|press releases?)\b"
    r"|Those\s(?:who|whose|whom|which|that|not|present|with|without|in|at|on|of|from|under|for"
    r"|\w+(?:ed|ing))\b"
    r"|Both\s(?!(?:are|were|have|had|do|did|will|can|may|must|should|of)\b)(?:\S+\s){1,4}and\b"
)
"""How one begins that says itself who is meant: "Those who apply", "This page spells out"."""
_SAME_WORDS = 0.7
_SAME_THING = 0.25
"""Share of their words from which on two sentences may tell two sides of one thing."""
_COUNTERPART = 0.5
"""The same, from which on they do."""
_VALUES = ("n:", "d:", "fy:")
"""How terms of numbers, dates and fiscal years begin."""
_NAME = 3
"""Letters that make a name: of fewer there is no telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The sentences of an answer in the order they are said."""

    evidence: tuple[Evidence, ...]
    is_list: bool = False
    introduction: Evidence | None = None
    """The sentence that introduces the list: it answers too, though it is not quoted."""
    differing: int = 0
    """How many sentences, the first ones, state different values for the same thing."""
    is_of_each: bool = False
    """Whether several are said because each is asked for by name: rows of a table, editions."""
    has_sides: bool = False
    """Whether documents are compared: each sentence is said with the title of its own."""
    corrections: tuple[Evidence, ...] = ()
    """Sentences of notices that take something of it back: they are said before it."""

    @property
    def basis(self) -> tuple[Evidence, ...]:
        """All that speaks for the answer."""
        introduction = (self.introduction,) if self.introduction else ()
        return (*self.corrections, *introduction, *self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSelection:
    """What is said to some of the things asked; to all of them where `asks` is empty."""

    selection: Selection
    asks: tuple[str, ...] = ()


def select(query: Query, ranked: Sequence[Evidence], rule: Rule) -> Selection:
    """Choose what is said of ranked sentences: usually one, or a list's items.

    At most four are chosen; beside them is said what they lean on and what stands between them.
    """
    ranked = ranked[:_MOST_LOOKED_AT]
    if not ranked:
        return Selection(evidence=())
    first = ranked[0]
    ranked = without_rows_beside(query.text, without_headers(ranked))
    table = rows_of_table(first, ranked) or rows_corrected(query.text, ranked)
    if len(table) > 1:
        return Selection(evidence=table, is_list=True, introduction=first)
    ranked = _in_askers_language(query, ranked)
    best = ranked[0]
    lead = lead_of_list(best, ranked)
    items = items_of_list(best, lead, ranked) if lead is not None else ()
    if len(items) > 1:
        introduction = best if best not in items else None
        return Selection(evidence=items, is_list=True, introduction=introduction)
    apart = _apart(query, best, ranked)
    chosen = list(apart or _of_each(query, best, ranked))
    is_of_each = len(chosen) > 1 and not apart
    between: list[Evidence] = []
    in_all = expected(ranked)
    for candidate in _in_turn(query, best, ranked[1:MOST_TRIED]):
        if len(chosen) >= _MOST_SENTENCES:
            break
        said = [*chosen, *between]
        if (
            candidate not in said
            and rule.adds(chosen, candidate, in_all)
            and _fits(said if apart else _with_context(said, ranked), candidate)
            and _is_new(query, said, candidate)
        ):
            chosen.append(candidate)
            between += _between(query, chosen, between, ranked)
    if apart:
        return Selection(evidence=(*chosen, *between), differing=len(apart))
    told = _in_reading_order(_with_context([*chosen, *between], ranked))
    has_sides = query.compares and len({_document_of(one) for one in told}) > 1
    return Selection(evidence=told, is_of_each=is_of_each, has_sides=has_sides)


def _in_turn(query: Query, best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """Put what the best sentence's document says before what other documents say.

    Where the question compares it is the other way round: there stands the other side.
    """
    compares = query.compares
    return sorted(others, key=lambda one: _is_elsewhere(best, one) != compares)


def _is_elsewhere(one: Evidence, other: Evidence) -> bool:
    return _document_of(one) != _document_of(other)


def _document_of(one: Evidence) -> str:
    return one.passage.document.document_id


def _between(
    query: Query,
    chosen: Sequence[Evidence],
    known: Sequence[Evidence],
    ranked: Sequence[Evidence],
) -> list[Evidence]:
    """What stands between the last chosen sentence and others of its passage, where it is as good.

    Who is told the first goal and the third is to be told the second.
    """
    name = chosen[-1].passage.passage.passage_id
    near = [one for one in chosen if one.passage.passage.passage_id == name]
    places = [one.sentence.start for one in near]
    least = min(one.score for one in near) - _HARDLY_WORSE
    said = [*chosen, *known]
    for one in ranked:
        if (
            one.score >= least
            and one.passage.passage.passage_id == name
            and one.sentence.form == "prose"
            and min(places) < one.sentence.start < max(places)
            and one not in said
            and len(said) < MOST_ITEMS
            and _fits(_with_context(said, ranked), one)
            and _is_new(query, said, one)
        ):
            said.append(one)
    return said[len(chosen) + len(known) :]


def _of_each(query: Query, best: Evidence, ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence and what is asked for beside it: editions, rows of its table, two sides."""
    found = _of_each_edition(query, best, ranked)
    if len(found) == 1:
        found = rows_named(query.text, best, ranked)
    if len(found) == 1 and query.compares and not query.editions:
        found = (best, *_counterpart(best, ranked))
    chosen = [best]
    for one in found:
        if one is not best and len(chosen) < _MOST_SENTENCES and _fits(chosen, one):
            chosen.append(one)
    return chosen


def _of_each_edition(
    query: Query, best: Evidence, ranked: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The best sentence and its like in the other editions, where the question compares some."""
    found = {_edition_of(best): best}
    if len(query.editions) < 2 or not found.keys() <= set(query.editions):
        return (best,)
    for other in ranked[1:]:
        edition = _edition_of(other)
        if best.score - other.score > _FAR:
            break
        is_wanted = edition in query.editions and edition not in found
        if is_wanted and _shared_words(best, other) >= _SAME_WORDS:
            found[edition] = other
    return tuple(found.values())


def _counterpart(best: Evidence, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentence of another document that says of it what the best one says, if there is one."""
    near = [one for one in ranked if best.score - one.score <= _FAR and _is_elsewhere(best, one)]
    alike = [one for one in near if _shared_words(best, one) >= _COUNTERPART]
    found = max(alike, key=lambda one: _shared_words(best, one), default=None)
    return () if found is None or _translates(best, found) else (found,)


def _edition_of(one: Evidence) -> str:
    return known_as(one.passage.document.edition or "")


def _shared_words(one: Evidence, other: Evidence) -> float:
    """The share (0 to 1) of words that two sentences have in common, their values left out."""
    words, others = (
        {term for term in each.terms if not term.startswith(_VALUES) and not term.isdigit()}
        for each in (one, other)
    )
    return len(words & others) / max(1, min(len(words), len(others)))


def _apart(query: Query, best: Evidence, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The best sentence and those of other sources that state another value for the same."""
    found = [best]
    for other in ranked[1:]:
        if len(found) == _MOST_SOURCES or best.score - other.score > _FAR:
            break
        is_known = any(
            says_the_same(known, other) and not differ(query, known, other) for known in found
        )
        is_older = other.signals.is_current < best.signals.is_current
        if not is_known and not is_older and differ(query, best, other):
            found.append(other)
    return tuple(found) if len(found) > 1 else ()


def _with_context(chosen: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Bring the sentence before one that begins with "It", "He", これ, unless it is there."""
    found = list(chosen)
    for one in chosen:
        before = _before(one, ranked) if leans(one.text) else None
        if before is not None and before not in found and _fits(found, before):
            found.append(before)
    return found


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without the one before it, by how it begins."""
    return _LEANS.match(text) is not None and _SAYS_WHO.match(text) is None


def _before(one: Evidence, ranked: Sequence[Evidence]) -> Evidence | None:
    passage = one.passage.passage
    at = passage.sentences.index(one.sentence)
    last = passage.sentences[at - 1]
    if at == 0 or last.form != "prose":
        return None
    between = passage.text[last.end - passage.start : one.sentence.start - passage.start]
    if _NEW_PARAGRAPH.search(between) and not _OF_PERSON.match(one.text):
        return None
    place = passage.passage_id, last.start
    return next((other for other in ranked if place_of(other) == place), None)


def _in_askers_language(query: Query, ranked: Sequence[Evidence]) -> Sequence[Evidence]:
    """Put first what the best sentence's translation says, where it says as much.

    Where a language was asked for, its translation is said however much less it says.
    """
    best, language = ranked[0], query.answer_language
    if best.passage.document.language == language:
        return ranked
    behind = _TRANSLATED if query.question.language is None else inf
    for candidate in ranked[1:]:
        if best.score - candidate.score > behind:
            break
        if candidate.passage.document.language == language and _translates(best, candidate):
            return [candidate, *(evidence for evidence in ranked if evidence is not candidate)]
    return ranked


def _in_reading_order(chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Put what stands in one passage as its author ordered it; the best one's passage first."""
    order = list(dict.fromkeys(one.passage.passage.passage_id for one in chosen))
    return tuple(
        sorted(
            chosen,
            key=lambda one: (order.index(one.passage.passage.passage_id), one.sentence.start),
        )
    )


def _fits(chosen: Sequence[Evidence], candidate: Evidence) -> bool:
    """Whether there is room for a further sentence."""
    used = sum(_shown_length(evidence) for evidence in chosen)
    return used + _shown_length(candidate) <= MOST_CHARACTERS


def _shown_length(evidence: Evidence) -> int:
    lead = len(evidence.sentence.lead) if evidence.sentence.form == "row" else 0
    return len(evidence.text) + lead


def _is_new(query: Query, chosen: Sequence[Evidence], candidate: Evidence) -> bool:
    """Whether a further sentence is of no older edition, other year or section, and says more.

    Where the question compares, what an older edition or another document says of the same thing
    is new, however alike: that nothing changed is an answer. A translation is not.
    """
    best = chosen[0]
    if is_of_another_year(query, best.terms, candidate.terms):
        return False
    if not query.compares and is_of_section_beside(query, best, candidate):
        return False
    if query.compares and all(_is_elsewhere(known, candidate) for known in chosen):
        is_translated = any(_translates(known, candidate) for known in chosen)
        return not is_translated and _is_of_the_same(best, candidate)
    is_older = candidate.signals.is_current < best.signals.is_current
    return not is_older and not any(
        says_the_same(known, candidate) and not differ(query, known, candidate) for known in chosen
    )


def _is_of_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether a sentence may tell the other side of what another tells, as far as words say."""
    is_one_language = one.passage.document.language == other.passage.document.language
    return not is_one_language or _shared_words(one, other) >= _SAME_THING


def _translates(one: Evidence, other: Evidence) -> bool:
    """Whether a sentence of a document's translation may say the same, by the values in it.

    Where no address says that it is one, a value or name that is not in a title has to.
    """
    documents = one.passage.document, other.passage.document
    if _values_part(one, other):
        return False
    return is_translation(*documents) or (
        may_be_translation(*documents) and _names_alike(one, other)
    )


def _names_alike(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences of two languages share a value, or a name in Latin letters."""
    shared = (one.terms & other.terms) - one.heading_terms - other.heading_terms
    return any(
        term.startswith(_VALUES) or (term.isascii() and term.isalpha() and len(term) >= _NAME)
        for term in shared
    )


def _values_part(one: Evidence, other: Evidence) -> bool:
    """Whether each of two sentences holds a number or date that the other does not."""
    values, others = ({term for term in e.terms if term.startswith(_VALUES)} for e in (one, other))
    return bool(values - others and others - values)


def says_the_same(known: Evidence, candidate: Evidence) -> bool:
    """Whether two sentences are one: the same words, or a story and its translation."""
    if _translates(known, candidate):
        return True
    if _share_their_lead(known, candidate):
        return known.text == candidate.text
    if _is_elsewhere(known, candidate) and _values_part(known, candidate):
        return False
    shared = len(known.terms & candidate.terms)
    return shared >= _SAME_WORDS * max(1, min(len(known.terms), len(candidate.terms)))


def _share_their_lead(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences answer one line of a document: its words are terms of both."""
    return (
        one.sentence.form == other.sentence.form == "prose"
        and one.sentence.lead == other.sentence.lead != ""
        and one.passage.document.document_id == other.passage.document.document_id
    )

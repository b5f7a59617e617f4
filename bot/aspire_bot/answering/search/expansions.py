"""What an acronym stands for, where documents spell it out in more ways than one. Pure.

A partner's page may spell the name of the programme out in its own way. What most documents say,
titles counted, is what the programme itself says; who asks what the letters stand for is told that.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from aspire_bot.answering.message.query.expectation import Expectation
from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.text.analysis import analyze

_WORD = re.compile(r"[A-Za-z]+")
_LEAST = 3
"""Letters of an acronym: shorter ones are spelt by chance."""
_ASKING = "stand short abbreviate abbreviation acronym spell letter mean meaning full official name"
_ASKING_JA = "略 略称 略語 正式 正式名 名称 名前 英語 意味 頭文字"
"""Words of asking what an acronym stands for."""
_STEM = 5
"""Letters that a word is known by: "Ecosystem" and "Ecosystems" are one."""

Spelt = tuple[str, tuple[str, ...]]
"""An acronym and the stems of the words that spell it."""


def without_other_expansions(
    query: Query, found: Sequence[Evidence], documents: Iterable[DocumentInfo]
) -> tuple[Evidence, ...]:
    """Give sentences without those that spell out what is asked for as fewer documents do.

    Nor are those given that spell out other acronyms only. All stay where none spells it as most
    do, and where the question names more than those that do: "on the French page".
    """
    if Expectation.MEANING not in query.expects:
        return tuple(found)
    asked = frozenset(word.upper() for word in _WORD.findall(query.text) if len(word) >= _LEAST)
    said = [frozenset(expansions_in(one.text, asked | _acronyms(one.text))) for one in found]
    common = _commonest(asked, found, said, documents)
    kept = [one for one, ways in zip(found, said, strict=True) if not ways or ways & common]
    best = [one for one, ways in zip(found, said, strict=True) if ways & common]
    return tuple(kept if any(_is_all_named(query, one) for one in best) else found)


def _commonest(
    asked: frozenset[str],
    found: Sequence[Evidence],
    said: Sequence[frozenset[Spelt]],
    documents: Iterable[DocumentInfo],
) -> frozenset[Spelt]:
    """For each acronym asked for the way or ways in which most documents spell it out."""
    told: dict[Spelt, set[str]] = defaultdict(set)
    for one, ways in zip(found, said, strict=True):
        for way in ways:
            told[way].add(one.passage.document.document_id)
    for info in documents:
        if any(name in info.title for name in asked):
            for way in expansions_in(info.title, asked):
                told[way].add(info.document_id)
    most = Counter[str]()
    for (name, _), some in told.items():
        most[name] = max(most[name], len(some))
    return frozenset(
        way for way, some in told.items() if way[0] in asked and len(some) == most[way[0]]
    )


def _is_all_named(query: Query, one: Evidence) -> bool:
    """Whether a sentence, or what stands above it, names all of the question but what it asks."""
    terms, language = one.terms | one.heading_terms, one.passage.document.language
    asking = _asking_terms()
    return all(
        term.is_met(terms, language) or any(term.is_met(asking, name) for name in term.names)
        for term in query.query_terms
    )


@lru_cache(maxsize=1)
def _asking_terms() -> frozenset[str]:
    return frozenset((*analyze(_ASKING, "en"), *analyze(_ASKING_JA, "ja")))


def _acronyms(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if word.isupper() and len(word) >= _LEAST)


def expansions_in(text: str, acronyms: Collection[str]) -> Iterator[Spelt]:
    """Give each acronym that a run of words spells by its capitals, with the words' stems.

    >>> list(expansions_in("Fusion Oriented REsearch for Science and Technology", {"FOREST"}))
    [('FOREST', ('fusio', 'orien', 'resea', 'scien', 'techn'))]
    """
    words = [word for word in _WORD.findall(text) if word[0].isupper()]
    for first, word in enumerate(words):
        spelt = ""
        if word.upper() in acronyms:
            continue
        for last, other in enumerate(words[first:], first + 1):
            spelt += "".join(letter for letter in other if letter.isupper())
            if spelt in acronyms and last - first > 1:
                yield spelt, tuple(one[:_STEM].lower() for one in words[first:last])
            if not any(name.startswith(spelt) for name in acronyms):
                break

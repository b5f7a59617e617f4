"""What speaks for a sentence as evidence: measured signals, each between about 0 and 1.

The signals are plain numbers so that a calibration script can learn their weights; none of them
knows a document, a question or a programme.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from aspire_bot.answering.expectation import Expectation, holds
from aspire_bot.answering.query import Need, Query
from aspire_ingest.index import Passage, Sentence

_LINK_LINE = re.compile(r"https?://\S+")
_SHORTEST = {"ja": 12}
_SHORTEST_DEFAULT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The signals of one sentence. All grow with how well it answers, but for the last ones."""

    similarity: float
    """Cosine of sentence and question, above the background of its language."""
    cosine: float
    """Cosine of its passage and the question as it is, from 0 at .8 to 1 at .9."""
    passage_gap: float
    """How far its passage is above the mean of the ten nearest of its language."""
    passage_similarity: float
    """The same of its passage."""
    passage_score: float
    """Fused score of the passage in the first stage."""
    covered_here: float
    """Share of the question's needs that the sentence (with its lead) names."""
    covered_rest: float
    """Share named by the sentence of what its headings and the title leave open."""
    covered_above: float
    """Share named by the sentence, its headings and the title."""
    covered_around: float
    """Share named by the whole passage, its headings and the title."""
    strict_covered: float
    """Share of names, codes, numbers and dates of the question that passage or document hold."""
    holds_value: float
    """Whether it holds the kind of value that is asked for."""
    recency: float
    """Where the newest is asked for: 1 for the newest sentence read, 0 for the oldest; else 0."""
    is_off_programme: float
    """1 where the document names neither the programme nor a name that the question names."""
    is_own_language: float
    is_current: float
    """0 for an edition that a newer one replaces, or an edition the question does not ask for."""
    is_set_aside: float
    is_fragment: float


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


_values = attrgetter(*SIGNAL_NAMES)


def values(signals: Signals) -> tuple[float, ...]:
    """Give the signals as a row of numbers, in the order of `SIGNAL_NAMES`."""
    return _values(signals)


def quoted(passage: Passage, sentence: Sentence) -> str:
    """Give the words of one of the passage's sentences."""
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


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


def value_share(query: Query, text: str, terms: frozenset[str]) -> float:
    """Give the share of the kinds of value asked for that a text holds; 0.5 where none is."""
    telling = telling_kinds(query)
    if not telling:
        return 0.5
    return sum(holds_value(query, kind, text, terms) for kind in telling) / len(telling)


def telling_kinds(query: Query) -> tuple[Expectation, ...]:
    """Give the kinds of value asked for; a yes or no is none."""
    return tuple(kind for kind in query.expects if kind is not Expectation.DECISION)


def holds_value(query: Query, kind: Expectation, text: str, terms: frozenset[str]) -> bool:
    """Whether a text with these terms holds a value of a kind that the question does not hold."""
    return holds(kind, text, known=query.text, terms=terms, known_terms=query.known_terms)


def is_fragment(text: str, language: str) -> bool:
    """Whether a sentence says too little to stand alone: a label, a link, a scrap."""
    bare = _LINK_LINE.sub("", text).strip()
    return len(bare) < _SHORTEST.get(language, _SHORTEST_DEFAULT)


def sets_aside(query: Query, terms: frozenset[str]) -> bool:
    """Whether a text is about what the question sets aside."""
    return any(len(names & terms) * 2 > len(names) for names in query.excluded)

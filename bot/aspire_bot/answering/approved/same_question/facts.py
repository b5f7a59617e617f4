"""What of a question can be told by its words: values, names, concepts, the kind asked for. Pure.

What two questions differ in, counted, is a part of what the trained weights judge by.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import log1p

from aspire_bot.answering.message.query.expectation import Expectation, expectations
from aspire_bot.answering.message.query.glossary import Glossary
from aspire_bot.answering.message.query.written_name import written_name
from aspire_ingest.index.text.amounts import amount_terms, find_amounts
from aspire_ingest.index.text.analysis import analyze, canonical_terms
from aspire_ingest.index.text.dates.dates import find_dates
from aspire_ingest.index.text.japanese import japanese_words
from aspire_ingest.index.text.language import language_of
from aspire_ingest.index.text.sounds import romanised, sound_alike

_DIGITS = re.compile(r"\d+")
_NEGATION = re.compile(
    r"\b(not|no|never|without|cannot)\b|n['’]t\b|ない|なし|ません|ぬ(?!い)|不要|未", re.IGNORECASE
)
_IN_PLACE = re.compile(r"\b(?:in|at|near) ([A-Z][a-z]{2,})")
_LANGUAGES = frozenset(["English", "Japanese", "French", "German", "Chinese", "Korean"])
_AT = frozenset(["の", "で", "に", "、"])
_LONGEST = 2_000
"""Characters of a question that are read; nobody asks the same in more."""
_CANONICAL = ("d:", "m:", "fy:", "n:")
_KINDS = tuple(Expectation)

FACT_NAMES: tuple[str, ...] = (
    "within_en",
    "within_ja",
    "across",
    "values_differ",
    "values_in_one",
    "numbers_differ",
    "names_shared",
    "names_in_one_least",
    "names_in_one_most",
    "names_differ",
    "concepts_shared",
    "concepts_in_one_least",
    "concepts_in_one_most",
    "concepts_differ",
    "words_shared",
    "words_in_one_least",
    "words_in_one_most",
    "covered_least",
    "covered_most",
    "is_pair",
    "negation_differs",
    "length_ratio",
    "kinds_shared",
    "kinds_differ",
    *(f"kind_{kind}" for kind in _KINDS),
)
"""The columns of `difference`, in their order."""

_OPPOSITES = (
    (re.compile(r"\bminimum"), re.compile(r"\bmaximum")),
    (re.compile(r"\bbefore\b"), re.compile(r"\bafter\b")),
    (re.compile("下限"), re.compile("上限")),
    (re.compile("前に"), re.compile("後に")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """A question as far as rules read it.

    `values` are canonical terms of dates and amounts (`fy:2025`, `n:5000000jpy`), `numbers` all
    other figures, `names` words written as names (folded), `concepts` those of the glossary, each
    by a name that is the same in both languages, `words` the analysed terms that are none of these.
    """

    text: str
    language: str
    values: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    concepts: frozenset[str]
    words: frozenset[str]
    sequence: tuple[str, ...]
    kinds: frozenset[Expectation]
    is_negated: bool
    places: frozenset[str] = frozenset()
    """Towns and regions where something is, in Latin letters."""


def read_facts(text: str, glossary: Glossary) -> QuestionFacts:
    """Take a question apart; never raises, whatever it holds."""
    text = " ".join(text[:_LONGEST].split())
    language = language_of(text)
    sequence = tuple(term for term in analyze(text, language) if not term.startswith(_CANONICAL))
    found = glossary.find(sequence)
    taken = frozenset(term for match in found for term in match.name)
    names = frozenset(
        name.casefold()
        for term in dict.fromkeys(sequence)
        if (name := written_name(term, text)) and not name.isdigit()
    )
    return QuestionFacts(
        text=text,
        language=language,
        values=frozenset(canonical_terms(text)),
        numbers=numbers_in(text),
        names=names,
        concepts=frozenset(_concept_key(match.concept.names.values()) for match in found),
        words=frozenset(sequence) - taken,
        sequence=sequence,
        kinds=frozenset(expectations(text)),
        is_negated=bool(_NEGATION.search(text)),
        places=_places_in(text, language),
    )


def _places_in(text: str, language: str) -> frozenset[str]:
    """Where something is, in Latin letters: "in Sendai", 仙台の. Countries are translated."""
    if language != "ja":
        return frozenset(_IN_PLACE.findall(text)) - _LANGUAGES
    return frozenset(
        romanised(word.reading)
        for word, following in pairwise(japanese_words(text))
        if word.kinds[1] == "固有名詞" and word.kinds[3] != "国" and following.surface in _AT
    )


def numbers_in(text: str) -> frozenset[str]:
    """Give the numbers that are no date and no amount of anything: "theme 4"."""
    dates = find_dates(text)
    amounts = [amount for amount in find_amounts(text, dates) if amount_terms(amount)]
    named = [range(found.start, found.end) for found in (*dates, *amounts)]
    return frozenset(
        unicodedata.normalize("NFKC", found.group())
        for found in _DIGITS.finditer(text)
        if not any(found.start() in span for span in named)
    )


def difference(one: QuestionFacts, other: QuestionFacts) -> list[float]:
    """Count what two questions share and differ in, as `FACT_NAMES` says; the order is the same."""
    is_across = one.language != other.language
    shared = [float(not is_across and one.language == tongue) for tongue in ("en", "ja")]
    lengths = sorted((len(one.sequence) + 1, len(other.sequence) + 1))
    kinds = [float((kind in one.kinds) != (kind in other.kinds)) for kind in _KINDS]
    return [
        *shared,
        float(is_across),
        *_sets_differ(one.values, other.values),
        float(one.numbers != other.numbers),
        *_counted(one.names, other.names),
        *_counted(one.concepts, other.concepts),
        *_counted(one.words, other.words)[:3],
        *_covered(one, other),
        float(not is_across and is_pair(one.sequence, other.sequence)),
        float(one.is_negated != other.is_negated),
        lengths[0] / lengths[1],
        float(bool(one.kinds & other.kinds)),
        float(bool(one.kinds and other.kinds and not one.kinds & other.kinds)),
        *kinds,
    ]


def are_surely_two(one: QuestionFacts, other: QuestionFacts) -> bool:
    """Whether two questions name other dates, amounts, numbers or towns: FY2025 and FY2026."""
    named = ((one.values, other.values), (one.numbers, other.numbers))
    is_other = any(mine and theirs and mine != theirs for mine, theirs in named)
    return is_other or _are_elsewhere(one, other)


def _are_elsewhere(one: QuestionFacts, other: QuestionFacts) -> bool:
    """Whether two questions of two languages each name a place, and none sounds like the other's.

    In one language the weights read that Sendai is not Okazaki; across they cannot read 岡崎.
    """
    if one.language == other.language or not (one.places and other.places):
        return False
    return not any(sound_alike(place, name) for place in one.places for name in other.places)


def overlap(one: QuestionFacts, other: QuestionFacts) -> float:
    """Give the lesser share (0 to 1) of what each names that the other names too, values included.

    Names count only as the words that they are.
    """
    left, right = (x.concepts | x.words | x.values | x.numbers for x in (one, other))
    return len(left & right) / max(1, len(left), len(right))


def name_the_same(one: QuestionFacts, other: QuestionFacts) -> bool:
    """Whether two questions name the same dates, amounts and numbers, and not each its own names.

    An answer is only offered to who names the same. "aspire" written small is the name, too.
    """
    is_told = (one.values, one.numbers) == (other.values, other.numbers)
    texts = (one.text.casefold(), other.text.casefold())
    has_own = (
        any(name not in text for name in names)
        for text, names in zip(texts, (other.names, one.names), strict=True)
    )
    return is_told and not all(has_own)


def are_opposite(one: QuestionFacts, other: QuestionFacts) -> bool:
    """Whether one asks for the maximum, before or 上限 where the other asks for its opposite."""
    texts = (one.text.casefold(), other.text.casefold())
    for pair in _OPPOSITES:
        left, right = ([word.search(text) is not None for word in pair] for text in texts)
        if sum(left) == sum(right) == 1 and left != right:
            return True
    return False


def is_pair(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two sequences differ in one place, where each has words of its own."""
    changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [kind for kind, *_ in changes if kind != "equal"] == ["replace"]


def _concept_key(names: Iterable[tuple[frozenset[str], ...]]) -> str:
    return min(" ".join(sorted(name)) for alternatives in names for name in alternatives)


def _sets_differ(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """Whether both hold something and not the same; whether one alone holds anything."""
    return float(bool(one and other and one != other)), float(bool(one) != bool(other))


def _counted(one: frozenset[str], other: frozenset[str]) -> tuple[float, ...]:
    """How many are shared, in one only (the fewer, the more), and whether each has its own."""
    alone = sorted((len(one - other), len(other - one)))
    return (*(log1p(count) for count in (len(one & other), *alone)), float(alone[0] > 0))


def _covered(one: QuestionFacts, other: QuestionFacts) -> list[float]:
    """The shares of concepts and words that the other names too, the lesser first."""
    left, right = (facts.concepts | facts.words for facts in (one, other))
    return sorted(len(left & right) / max(1, len(said)) for said in (left, right))

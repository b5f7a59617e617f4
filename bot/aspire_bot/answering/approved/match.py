"""Whether a question is that of an approved answer: its words and its meaning must both say so.

The two must mean nearly the same (cosine), name the same things both ways, and differ in no name,
number or date. Two that are the same but for one word ask for two things, however near they are.
Across languages words tell less: where they tell nothing, the approved answer must also be far
nearer to the question than all else is. The numbers are measured by
`tests/evals/measure_approved.py`: rather than answer a question with the answer to another one,
none is answered by it.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.coverage import coverage, holds_value, strict_coverage, telling_kinds
from aspire_bot.answering.message.query import Need, Query
from aspire_ingest.index.text.amounts import amount_terms, find_amounts
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.dates import find_dates

_DIGITS = re.compile(r"\d+")
_ALL = 0.95
"""From this share on, all that is named is named by both."""
_LEAST_COVERED = 0.45
_LEAST_AGREEMENT = 0.993
_WORDS_COUNT = 0.03
"""What the words count beside the cosine."""
_LEAST_ACROSS = 0.868
_NEAR_ACROSS = 0.895
_VERY_NEAR_ACROSS = 0.9
_LEAST_GAP = 0.03
_RELATED = 0.93
_RELATED_ACROSS = 0.87


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a question and an approved one have in common, as far as words tell.

    `covered` and `strict` are shares (0 to 1) of what each names that the other names too, the
    lesser of both ways; `strict` is of names, codes, numbers and dates alone.
    """

    covered: float
    strict: float
    is_own_language: bool
    is_pair: bool
    """Whether the two are the same but for one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far a question and an approved one are the same, in words and in meaning."""

    words: Comparison
    cosine: float
    gap: float
    """Cosine of question and answer, less the mean of the passages nearest to the question."""
    lacks_value: bool
    """Whether a kind of value is asked for that the approved answer does not hold."""

    @property
    def is_same(self) -> bool:
        """Whether the approved answer is the answer."""
        is_worded_alike = self.words.covered >= _ALL
        if self.words.strict < 1 or (self.lacks_value and not is_worded_alike):
            return False
        if self.words.is_own_language:
            is_same_thing = not self.words.is_pair and self.words.covered >= _LEAST_COVERED
            agreed = self.cosine + _WORDS_COUNT * self.words.covered
            return is_same_thing and agreed >= _LEAST_AGREEMENT
        if self.words.covered >= _LEAST_COVERED:
            return self.cosine >= (_LEAST_ACROSS if is_worded_alike else _NEAR_ACROSS)
        return self.cosine >= _VERY_NEAR_ACROSS and self.gap >= _LEAST_GAP

    @property
    def is_related(self) -> bool:
        """Whether the approved answer is worth naming to who asked."""
        least = _RELATED if self.words.is_own_language else _RELATED_ACROSS
        return self.cosine >= least


def compare(query: Query, approved: Query) -> Comparison:
    """Compare the words of a question with those of an approved one."""
    is_own_language = query.language == approved.language
    asked_terms, approved_terms = _terms(query), _terms(approved)
    covered = min(
        coverage(query.needs, approved_terms, approved.language),
        coverage(approved.needs, asked_terms, query.language),
    )
    strict = min(
        _strict(query.needs, approved, approved_terms, is_own_language=is_own_language),
        _strict(approved.needs, query, asked_terms, is_own_language=is_own_language),
    )
    return Comparison(
        covered=covered,
        strict=strict if _have_the_same_values(query, approved) else 0.0,
        is_own_language=is_own_language,
        is_pair=is_own_language and covered < _ALL and _is_pair(query, approved),
    )


def lacks_value(query: Query, answer: str, language: str) -> bool:
    """Whether a question asks for a kind of value that an answer does not hold."""
    terms = frozenset(analyze(answer, language))
    return any(not holds_value(query, kind, answer, terms) for kind in telling_kinds(query))


def gap(vector: NDArray[np.float32], own: NDArray[np.float32], nearest: tuple[float, ...]) -> float:
    """Give how much nearer an answer's passages, shape (n, dimension), are than what is nearest."""
    return float((own @ vector).max()) - (float(np.mean(nearest)) if nearest else 0.0)


def _terms(query: Query) -> frozenset[str]:
    """All terms of a question, the other names of what it names included."""
    named = (name for need in query.needs for name in need.names.get(query.language, ()))
    return frozenset(analyze(query.text, query.language)).union(*named)


def _strict(
    needs: tuple[Need, ...], other: Query, terms: frozenset[str], *, is_own_language: bool
) -> float:
    """The share of names that the other question holds; numbers across languages by value."""
    compared = [need for need in needs if is_own_language or not _DIGITS.search(need.surface)]
    return strict_coverage(compared, terms, other.text.casefold(), other.language)


def _have_the_same_values(one: Query, other: Query) -> bool:
    """Whether two questions name the same dates, amounts and other numbers."""
    return one.known_terms == other.known_terms and _numbers(one.text) == _numbers(other.text)


def _numbers(text: str) -> frozenset[str]:
    """The numbers that are no date and no amount of anything: "theme 4"."""
    dates = find_dates(text)
    amounts = [amount for amount in find_amounts(text, dates) if amount_terms(amount)]
    named = [range(found.start, found.end) for found in (*dates, *amounts)]
    return frozenset(
        unicodedata.normalize("NFKC", found.group())
        for found in _DIGITS.finditer(text)
        if not any(found.start() in span for span in named)
    )


def _is_pair(one: Query, other: Query) -> bool:
    """Whether two questions differ in one place, where each has words of its own."""
    left, right = analyze(one.text, one.language), analyze(other.text, other.language)
    changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return [kind for kind, *_ in changes if kind != "equal"] == ["replace"]

"""Slips of the keyboard: what an asker meant, out of the words that the index knows."""

import re
from functools import cache
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_LATIN = re.compile(r"[a-z]+")
_INFLECTED = re.compile(r"[\u3041-\u309f]$")
_SHORTEST = 4
_COMMONEST = 6.0
"""log10 of the count from which on an English word is taken to tell nothing."""


@cache
def _english() -> "SpellChecker":
    """Give the list of English words; loading it takes half a second, and none changes it."""
    # only where a word is unknown to the index
    from spellchecker import SpellChecker  # noqa: PLC0415 - see above

    return SpellChecker(language="en")


class Spelling:
    """Knows English words in general, so that a rare word is not taken for a slip."""

    def mend(self, term: str, text: str, language: str, index: IndexReader) -> list[str]:
        """Give the index's words for a mistyped one; empty where it is none, or nothing is near."""
        if not _LATIN.fullmatch(term) or len(term) < _SHORTEST or self._is_english(term, text):
            return []
        allowed = 1 if len(term) < 6 else 2
        near = index.nearest_terms(term, language, 3)
        scored = [(DamerauLevenshtein.distance(term, word), word) for word in near]
        best = min((distance for distance, _ in scored), default=allowed + 1)
        return [
            word for distance, word in scored if distance == best <= allowed
        ] or self._through_english(term, language, index)

    def _through_english(self, term: str, language: str, index: IndexReader) -> list[str]:
        """Find words whose ending was mistyped: the index holds stems, far from the whole word."""
        words = _english().known(_english().edit_distance_1(term))
        stems = {stem for word in words for stem in analyze(word, language)}
        return sorted(stem for stem in stems if index.document_frequency(stem, language))

    def telling(self, term: str) -> float:
        """How much a word that no document holds tells, 0.3 to 1: common words tell little.

        A Japanese word that ends in hiragana is a verb or an adjective: others say the same.
        """
        if not _LATIN.fullmatch(term):
            return 0.4 if _INFLECTED.search(term) else 1.0
        count = max(
            (_english().word_frequency.dictionary.get(w, 0) for w in _forms(term)), default=0
        )
        return 1.0 - 0.7 * min(1.0, log10(count + 1) / _COMMONEST)

    def _is_english(self, term: str, text: str) -> bool:
        """Whether a word of the text with this stem is an English word."""
        words = (w for w in re.findall(r"[a-z]+", text.lower()) if w[:3] == term[:3])
        stem_length = max(3, len(term) - 2)
        return any(
            word[:stem_length] == term[:stem_length]
            and word in _english().word_frequency.dictionary
            for word in words
        )


def _forms(stem: str) -> tuple[str, ...]:
    """Words a stem may come from; the list holds words, not stems."""
    endings = ("", "e", "s", "y", "ed", "ing", "er", "ion")
    forms = [stem + ending for ending in endings]
    if stem.endswith("i"):
        forms.append(stem[:-1] + "y")
    return tuple(forms)

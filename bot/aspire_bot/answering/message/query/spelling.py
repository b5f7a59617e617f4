"""Slips of the keyboard: what an asker meant, out of the words that the index knows."""

import re
from functools import cache
from math import log10
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from aspire_ingest.index.reader import IndexReader
from aspire_ingest.index.text.analysis import analyze
from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.text.sounds import is_japanese_name

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_LATIN = re.compile(r"[a-z]+")
_INFLECTED = re.compile(r"[\u3041-\u309f]$")
_SHORTEST = 4
_TYPED = re.compile(r"(?<![\w@./:`'’_-])[a-z]{3,}(?![\w@/:`'’_-]|\.\w)")
"""A word in small letters: names, codes and addresses are left as they are."""
_ASKS = ("who", "whose", "when", "where", "what", "which", "why", "how")
_HELPS_NEXT = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|can|could|may|must|will|would|should|has|have)\b", re.I
)
_MOST_MENDED = 0.4
"""Of the words of a message: of more slips, it is in another language."""
_RARE, _COMMON = 1_000, 1_000_000
"""Counts: below the one an English word may be a slip of a question word, above the other a word is
what people mean, whether documents hold it or not."""
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

    def mended(self, text: str, index: IndexReader) -> str:
        """Give an English message with its slips mended, one letter each; as it is otherwise.

        A word that nobody knows becomes one that documents hold, or that is very common.
        """
        typed = [] if detect_language(text) != "en" else list(_TYPED.finditer(text))
        meant = {one: self._meant(one, text, index) for one in typed}
        found = [one for one in typed if meant[one]]
        if len(found) > _MOST_MENDED * len(text.split()):
            return text
        for one in reversed(found):
            text = f"{text[: one.start()]}{meant[one]}{text[one.end() :]}"
        return text

    def _meant(self, typed: re.Match[str], text: str, index: IndexReader) -> str:
        """The word that a mistyped one stands for; nothing where it is none, or no one is nearest.

        Two letters in each other's place are likelier than one that is missing, and so on.
        """
        word = typed[0]
        if _is_held(word, index):
            return ""
        counts = _english().word_frequency.dictionary
        if word in counts or word.removesuffix("s") in counts:
            is_asking = not text[: typed.start()].strip() and _HELPS_NEXT.match(text, typed.end())
            is_rare = counts.get(word, 0) < _RARE and word.removesuffix("s") == word
            near = [one for one in _ASKS if len(one) > len(word) and _slip(word, one) < _NO_SLIP]
            return near[0] if is_asking and is_rare and len(near) == 1 else ""
        near = [
            one
            for one in _english().known(_english().edit_distance_1(word))
            if one.isalpha() and (counts[one] > _COMMON or _is_held(one, index))
        ]
        best = min((_slip(word, one) for one in near), default=_NO_SLIP)
        likely = [one for one in near if _slip(word, one) == best]
        if not likely or is_japanese_name(word) or sum(one in _ASKS for one in likely) > 1:
            return ""
        return max(likely, key=lambda one: counts[one])

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


_NO_SLIP = 4


def _slip(typed: str, word: str) -> int:
    """How likely a slip makes the one of the other, the likeliest first; `_NO_SLIP` for none."""
    if DamerauLevenshtein.distance(typed, word) > 1:
        return _NO_SLIP
    is_swapped = len(typed) == len(word) and sorted(typed) == sorted(word)
    return 0 if is_swapped else {-1: 1, 1: 2, 0: 3}[len(typed) - len(word)]


def _is_held(word: str, index: IndexReader) -> bool:
    return any(
        index.document_frequency(term, language)
        for language in index.languages()
        for term in analyze(word, language)
    )


def _forms(stem: str) -> tuple[str, ...]:
    """Words a stem may come from; the list holds words, not stems."""
    endings = ("", "e", "s", "y", "ed", "ing", "er", "ion")
    forms = [stem + ending for ending in endings]
    if stem.endswith("i"):
        forms.append(stem[:-1] + "y")
    return tuple(forms)

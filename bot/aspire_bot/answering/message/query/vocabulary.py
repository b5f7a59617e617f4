"""What words are called in the other language: a question finds pages that are not in its own.

Apart from the glossary, whose names of one entry stand for each other in every language: what is
told here adds names in the other language alone, so that searches within a language stay as they
are. A word of two lines means both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources

from aspire_bot.answering.message.query.query import QueryTerm
from aspire_ingest.index.text.japanese import is_katakana
from aspire_ingest.index.text.latin import STOP_WORDS, latin_terms

Analyse = Callable[[str, str], list[str]]
"""Text and language to terms, as the index analyses them."""

_LANGUAGES = ("en", "ja")
_BETWEEN_LANGUAGES, _BETWEEN_NAMES = " = ", ", "
_LONGEST = 8
"""Terms of the longest name that is looked for."""
_BEGINNING = 2
"""Letters that a word and its stem share, also where it is spelt the American way."""
_SHORTEST_PART = 2
"""Characters of a name that is found in a compound: single ones have too many meanings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """Terms of a question that stand side by side, and their names in the other language.

    Each name is a set of analysed terms that must all occur; the usual one comes first.
    """

    terms: frozenset[str]
    names: tuple[frozenset[str], ...]


class Vocabulary:
    """Finds names in one language for the words of a question in another.

    What is looked up is made ready when a question needs it: for the first one.
    """

    def __init__(self, text: str, analyse: Analyse) -> None:
        """Take lines `name, name = 名, 名`; those that are blank or begin with `#` say nothing."""
        self._text = text
        self._analyse = analyse
        self._english: dict[str, list[str]] = {}
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def find(self, terms: Sequence[str], language: str) -> list[Translated]:
        """Give names for the analysed `terms` of a question, which come as they stand in it.

        A longer name takes its words from a shorter one.
        """
        if language not in _LANGUAGES:
            return []
        by_key = self._by_key(terms, language)
        joint = _joint(language)
        found: list[Translated] = []
        free = [True] * len(terms)
        for length in range(min(_LONGEST, len(terms)), 0, -1):
            for start in range(len(terms) - length + 1):
                span = slice(start, start + length)
                names = by_key.get(joint.join(terms[span]))
                if names and all(free[span]):
                    free[span] = [False] * length
                    own = frozenset(terms[span])
                    found.append(Translated(terms=own, names=self._analysed(names, language)))
        if language == "ja":
            rest = (term for term, is_free in zip(terms, free, strict=True) if is_free)
            found.extend(self._within(term, by_key) for term in dict.fromkeys(rest))
        return [one for one in found if one.names]

    def _within(self, term: str, by_key: Mapping[str, Sequence[str]]) -> Translated:
        """Give names for the words that a Japanese compound is made of: キャンセル + 料."""
        names: list[str] = []
        start = 0
        while start < len(term):
            ends = range(len(term), start + _SHORTEST_PART - 1, -1)
            end = next((end for end in ends if term[start:end] in by_key), 0)
            if not end and is_katakana(term[start:]):
                break  # フランクフルト holds no ランク: a word from abroad has its parts end to end
            names.extend(by_key[term[start:end]] if end else ())
            start = end or start + 1
        return Translated(terms=frozenset((term,)), names=self._analysed(names, "ja"))

    def _by_key(self, terms: Sequence[str], language: str) -> Mapping[str, Sequence[str]]:
        """Give the names in the other language by a name's terms, joined.

        Of English names those that begin as one of `terms` does, at least: to stem all of them
        takes 15 ms.
        """
        if language == "ja":
            return self._japanese
        for beginning in {term[:_BEGINNING] for term in terms}:
            for name, other in self._unstemmed.pop(beginning, ()):
                self._english.setdefault(_key(name), []).extend(other)
        return self._english

    @cached_property
    def _japanese(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for english, japanese in self._lines:
            for name in japanese:
                found.setdefault(name, []).extend(english)
        return found

    @cached_property
    def _unstemmed(self) -> dict[str, list[tuple[str, list[str]]]]:
        """English names by how they begin, with their Japanese ones."""
        found: dict[str, list[tuple[str, list[str]]]] = {}
        for english, japanese in self._lines:
            for name in english:
                words = name.replace("-", "").split()
                telling = (w for w in words if w.isupper() or w.casefold() not in STOP_WORDS)
                first = next(telling, "").casefold()
                found.setdefault(first[:_BEGINNING], []).append((name, japanese))
        return found

    @cached_property
    def _lines(self) -> list[tuple[list[str], list[str]]]:
        return read_lines(self._text)

    def _analysed(self, names: Sequence[str], language: str) -> tuple[frozenset[str], ...]:
        sets = [self._terms_of(name, _other(language)) for name in names]
        return tuple(dict.fromkeys(one for one in sets if one))

    def _terms_of(self, name: str, language: str) -> frozenset[str]:
        known = self._known.get((name, language))
        if known is None:
            known = self._known[name, language] = frozenset(self._analyse(name, language))
        return known


def with_names(
    query_term: QueryTerm, terms: frozenset[str], found: Sequence[Translated], language: str
) -> QueryTerm:
    """Give a query term of a question in `language` its names in the other one.

    `terms` are those of the whole question. Added names come after those that the glossary gave,
    and before the asker's own word.
    """
    other = _other(language)
    known = query_term.names.get(other, ())
    asked = {name for name in known if name <= terms}
    added = [name for one in found for name in one.names if any(own & one.terms for own in asked)]
    if not added:
        return query_term
    ordered = (*(one for one in known if one not in asked), *added, *known)
    return replace(
        query_term,
        names={**query_term.names, other: tuple(dict.fromkeys(ordered))},
        untranslated=query_term.untranslated - {other},
    )


@cache
def shipped_vocabulary(analyse: Analyse) -> Vocabulary:
    """Give the vocabulary that is shipped: `vocabulary.txt` beside this module."""
    source = resources.files("aspire_bot.answering.message.query") / "vocabulary.txt"
    return Vocabulary(source.read_text(encoding="utf-8"), analyse)


def read_lines(text: str) -> list[tuple[list[str], list[str]]]:
    """Give the English and the Japanese names of each line."""
    entries: list[tuple[list[str], list[str]]] = []
    for line in text.splitlines():
        english, sign, japanese = line.partition(_BETWEEN_LANGUAGES)
        if sign and not line.startswith("#"):
            entries.append((english.split(_BETWEEN_NAMES), japanese.split(_BETWEEN_NAMES)))
    return entries


def _key(name: str) -> str:
    """Join the stems of an English name.

    Not by `analyse`, which looks for dates and sums too: ten times as long for all of them. A
    Japanese name is written in the file as its terms are: nothing is to be done about it.
    """
    return " ".join(term for word in name.split() for term in _parts(latin_terms(word, "en")))


def _parts(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Of `long-term` the two words, which may stand apart as well; of `X-ray` the whole."""
    return terms[1:] if len(terms) > 2 else terms[:1]


def _joint(language: str) -> str:
    return " " if language == "en" else ""


def _other(language: str) -> str:
    return "ja" if language == "en" else "en"

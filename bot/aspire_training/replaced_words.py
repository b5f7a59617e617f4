"""Words of training texts, and what may stand for one: the same, the contrary, another."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from aspire_ingest.index.text.japanese import japanese_words

OWN = Path(__file__).with_name("own")
Replaced = tuple[str, tuple[tuple[int, int], ...]]
"""A text with words replaced, and where the new ones stand."""
Put = tuple[int, int, str]
"""From where to where what is put."""

_LATIN = re.compile(r"\b[a-z]{3,}\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]{2,}(?: [A-Z][a-zà-ÿ]+)*|\b[A-Z]{3,7}\b")
_SUFFIXES = ("ing", "ied", "ed", "ies", "es", "s", "")
_KEPT = frozenset(
    re.findall(
        r"\w+",
        "the and for with that this from are was were has have had been will can may must should"
        " would could not but his her its their they them which who when where than then into"
        " over under about more most some any all each other such only also very",
    )
)
_MOST_TRIED = 12


class Texts(Protocol):
    """What has a name, a text and a language."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...


@cache
def _table(file: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By word: those that mean the same, and those that mean the contrary."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for line in (OWN / file).read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if file.endswith("-en.tsv"):
            _, word, same, contrary = fields
        else:
            (word, same), contrary = fields[:2], ""
        known = found.get(word, ((), ()))
        found[word] = (
            known[0] + tuple(filter(None, same.split(","))),
            known[1] + tuple(filter(None, contrary.split(","))),
        )
    return found


class Words:
    """All words of some texts by what they could stand for."""

    def __init__(self, texts: Sequence[Texts], sampled: int = 700) -> None:
        """Count the words of a sample of the texts."""
        self._english: dict[str, Counter[str]] = defaultdict(Counter)
        self._japanese: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._names: dict[str, list[str]] = defaultdict(list)
        for one in random.Random(1).sample(list(texts), min(sampled, len(texts))):
            if one.language == "ja":
                for word in japanese_words(one.text[:1500]):
                    if word.is_content and not word.surface.isascii():
                        self._japanese[word.kinds][word.surface] += 1
                        if word.kinds[1] == "固有名詞" and len(word.surface) > 1:
                            self._names["ja"].append(word.surface)
            else:
                for match in _LATIN.finditer(one.text[:3000]):
                    self._english[_class(match.group())][match.group()] += 1
                self._names["en"] += _NAME.findall(one.text[:3000])

    def stock(
        self, name: str, language: str, sentences: Sequence[str], chance: random.Random
    ) -> "Stock":
        """Give what statements of one text draw on; `sentences` are others of the text."""
        return Stock(
            language=language,
            sentences=tuple(chance.sample(list(sentences), min(6, len(sentences)))),
            names=tuple(chance.sample(self._names[language], min(12, len(self._names[language])))),
            words=self,
        )

    def another_english(self, word: str, chance: random.Random) -> str | None:
        """Draw a word with the same ending that means something else."""
        pool = list(self._english[_class(word)])
        stem = _stem(word)
        alike = {stem, *_table("synonyms-en.tsv").get(stem, ((), ()))[0]}
        for other in chance.choices(pool, k=_MOST_TRIED) if pool else ():
            found = _stem(other)
            means_it = stem in _table("synonyms-en.tsv").get(found, ((), ()))[0]
            if found in alike or means_it or other in _KEPT or other[:4] == word[:4]:
                continue
            return other
        return None

    def another_japanese(
        self, surface: str, kinds: tuple[str, ...], chance: random.Random
    ) -> str | None:
        """Draw a word of the same part of speech and form."""
        pool = list(self._japanese.get(kinds, ()))
        same = {surface, *_table("synonyms-ja.tsv").get(surface, ((), ()))[0]}
        for other in chance.choices(pool, k=_MOST_TRIED) if pool else ():
            is_alike = bool(set(other) & set(surface)) or other in same
            if not is_alike and surface not in _table("synonyms-ja.tsv").get(other, ((), ()))[0]:
                return other
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the statements of one text draw on."""

    language: str
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    words: Words

    def with_synonyms(self, text: str, most: int, chance: random.Random) -> Replaced | None:
        """Put words that mean the same in the place of up to `most`."""
        return self._with(text, most, chance, lambda word, kinds: self._same(word, kinds, chance))

    def with_contrary(self, text: str, chance: random.Random) -> Replaced | None:
        """Put a word that means the contrary in the place of one."""
        if self.language == "ja":
            return None
        return self._with(text, 1, chance, lambda word, _: _inflected(word, 1, chance))

    def with_another_word(self, text: str, chance: random.Random) -> Replaced | None:
        """Put a word that means something else in the place of one."""

        def another(word: str, kinds: tuple[str, ...]) -> str | None:
            if self.language == "ja":
                return self.words.another_japanese(word, kinds, chance)
            if len(word) < 4 or word in _KEPT:
                return None
            return self.words.another_english(word, chance)

        return self._with(text, 1, chance, another)

    def with_another_name(self, text: str, chance: random.Random) -> Replaced | None:
        """Put a name of elsewhere in the place of one."""
        if self.language == "ja":
            found = [
                (word.start, word.end)
                for word in japanese_words(text)
                if word.kinds[1] == "固有名詞" and len(word.surface) > 1
            ]
        else:
            found = [match.span() for match in _NAME.finditer(text)]
        others = [name for name in self.names if name not in text]
        if not found or not others:
            return None
        start, end = chance.choice(found)
        return put(text, [(start, end, chance.choice(others))])

    def _same(self, word: str, kinds: tuple[str, ...], chance: random.Random) -> str | None:
        if self.language == "ja":
            others = _table("synonyms-ja.tsv").get(word, ((), ()))[0]
            return chance.choice(others) if others else None
        return _inflected(word, 0, chance)

    def _with(
        self,
        text: str,
        most: int,
        chance: random.Random,
        other: Callable[[str, tuple[str, ...]], str | None],
    ) -> Replaced | None:
        places: list[tuple[int, int, str, tuple[str, ...]]]
        if self.language == "ja":
            places = [
                (word.start, word.end, word.surface, word.kinds)
                for word in japanese_words(text)
                if word.is_content and len(word.surface) > 1 and not word.surface.isascii()
            ]
        else:
            places = [
                (match.start(), match.end(), match.group(), ()) for match in _LATIN.finditer(text)
            ]
        puts: list[Put] = []
        for start, end, word, kinds in chance.sample(places, len(places)):
            said = other(word, kinds)
            if said and said != word:
                puts.append((start, end, said))
                if len(puts) == most:
                    break
        return put(text, puts) if puts else None


def put(text: str, puts: Iterable[Put]) -> Replaced:
    """Replace places of a text; say where what was put stands."""
    said, rest, spans = "", 0, list[tuple[int, int]]()
    for start, end, other in sorted(puts):
        said += text[rest:start]
        spans.append((len(said), len(said) + len(other)))
        said += other
        rest = end
    return said + text[rest:], tuple(spans)


def _class(word: str) -> str:
    return next(end for end in ("ing", "ed", "ly", "tion", "ment", "s", "") if word.endswith(end))


def _stem(word: str) -> str:
    return next((stem for stem, _ in _stems(word) if stem in _table("synonyms-en.tsv")), word)


def _stems(word: str) -> Iterable[tuple[str, str]]:
    """The words that one may be a form of, and the ending that it has."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            bare = word.removesuffix(suffix)
            if suffix in ("ied", "ies"):
                yield bare + "y", suffix
            else:
                yield bare, suffix
                if suffix in ("ing", "ed", "es"):
                    yield bare + "e", suffix


def _inflected(word: str, side: int, chance: random.Random) -> str | None:
    """Give a word of the table (0: the same, 1: the contrary) in the form that this one has."""
    for stem, suffix in _stems(word):
        others = _table("synonyms-en.tsv").get(stem, ((), ()))[side]
        if others:
            return _with_ending(chance.choice(others), suffix)
    return None


def _with_ending(word: str, suffix: str) -> str:
    if suffix in ("ied", "ed"):
        if word.endswith("y") and word[-2:-1] not in "aeiou":
            return word[:-1] + "ied"
        return word + ("d" if word.endswith("e") else "ed")
    if suffix in ("ies", "es", "s"):
        if word.endswith("y") and word[-2:-1] not in "aeiou":
            return word[:-1] + "ies"
        return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")
    if suffix == "ing":
        return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"
    return word

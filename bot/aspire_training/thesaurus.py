"""WordNet and Sudachi's synonyms → `checking/thesaurus.txt.xz`: other names of everyday words.

    python -m aspire_training.thesaurus WORDNET/dict SUDACHI_SYNONYMS.json

WordNet 3.1's database files, and Sudachi's synonym dictionary as JSON (groups with `items`). Of
WordNet, words that its texts use, in the first senses, with those that mean the same, are derived
from them or are narrower, and adjectives of places; of Sudachi, groups that hold a Japanese word
and are no names of firms, people, works or plays.
"""

import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aspire_bot.answering.checking.thesaurus import FILE
from aspire_ingest.index.text.japanese import japanese_words
from aspire_ingest.index.text.latin import STOP_WORDS, latin_terms
from aspire_training.synonyms import senses

TARGET = Path(__file__).parents[1] / "aspire_bot" / "answering" / "checking" / FILE
_PARTS = {"noun": "1", "verb": "2", "adj": "3", "adv": "4"}
_PART_OF = {"n": "1", "v": "2", "a": "3", "s": "3", "r": "4"}
_BROADER, _ALIKE, _DERIVED = "@", "&$", "+\\<"
_LAST_SENSE, _LEAST_TAGGED, _MOST_TAGGED, _MOST_OTHERS = 3, 2, 4_000, 40
"""Later senses are seldom meant; what is tagged more often than that says next to nothing."""
_WORD = re.compile(r"[a-z]{3,}(?:-[a-z]+)?")
_LATIN = re.compile(r"[a-z][a-z-]+")
_KATAKANA = re.compile(r"[ァ-ヴー・ ]+")
_OTHER_FIELDS = frozenset((
    "企業名", "旧企業名", "人名", "スポーツ", "動植物", "料理", "ファッション", "音楽", "娯楽",
    "大学名", "旧組織名", "作品名",
))  # fmt: skip
_MOST_NAMES, _MOST_TERMS = 40, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Synset:
    """Words of one meaning, and its pointers: sign, part and offset, places of the two words."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, tuple[str, str], int, int], ...]


def _synsets(folder: Path) -> Mapping[tuple[str, str], _Synset]:
    found: dict[tuple[str, str], _Synset] = {}
    for part, number in _PARTS.items():
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            rest = fields[4 + 2 * count :]
            pointers = (rest[1 + 4 * n : 5 + 4 * n] for n in range(int(rest[0])))
            found[number, fields[0]] = _Synset(
                words=tuple(re.sub(r"\(.*\)", "", fields[4 + 2 * n]) for n in range(count)),
                pointers=tuple(
                    (sign, (_PART_OF[of], offset), int(where[:2], 16), int(where[2:], 16))
                    for sign, offset, of, where in pointers
                ),
            )
    return found


class _English:
    """What WordNet gives: other words of a word, and the adjectives of places."""

    def __init__(self, folder: Path) -> None:
        self._ranked = senses(folder)
        self._tagged: Counter[str] = Counter()
        for (_, word, _), (_, count) in self._ranked.items():
            self._tagged[word] += count
        self._meanings = _synsets(folder)
        self.others: dict[str, set[str]] = defaultdict(set)
        self.places: set[str] = set()
        for key, meaning in self._meanings.items():
            self._take(self._used(key), meaning)

    def _used(self, key: tuple[str, str]) -> set[str]:
        spelt = (word.lower() for word in self._meanings[key].words)
        words = {word for word in spelt if _WORD.fullmatch(word)}
        known = {word: self._ranked.get((key[0], word, key[1]), (9, 0)) for word in words}
        return {w for w, (at, n) in known.items() if at <= _LAST_SENSE and (n or at == 1)}

    def _add(self, word: str, other: str) -> None:
        if min(self._tagged[word], self._tagged[other]) >= _LEAST_TAGGED:
            self.others[word].add(other)

    def _take(self, own: set[str], meaning: _Synset) -> None:
        for word in own:
            for other in own - {word}:
                self._add(word, other)
        for sign, target, place, at in meaning.pointers:
            if place and sign in _DERIVED:
                one, other = meaning.words[place - 1], self._meanings[target].words[at - 1]
                self._take_derived(own, one, other)
            if sign in _BROADER + _ALIKE:
                self._take_near(own, self._used(target), is_alike=sign in _ALIKE)

    def _take_derived(self, own: set[str], one: str, other: str) -> None:
        if one[0].isupper() and other[0].isupper() and one.isalpha() and other.isalpha():
            self.places.add("\t".join(dict.fromkeys((_stem(one), _stem(other)))))
        elif one in own:
            self._add(one, other)
            self._add(other, one)

    def _take_near(self, own: set[str], near: set[str], *, is_alike: bool) -> None:
        for word in own:
            for other in near - {word}:
                if is_alike:
                    self._add(word, other)
                if self._tagged[other] < _MOST_TAGGED:
                    self._add(other, word)


def english(folder: Path) -> Iterator[str]:
    """Give the lines of WordNet: adjectives of places, then words with what says them too."""
    found = _English(folder)
    yield from sorted(place for place in found.places if "\t" in place)
    stems: dict[str, set[str]] = defaultdict(set)
    for word, others in found.others.items():
        stems[_stem(word)].update(_stem(other) for other in others)
    for stem, others in sorted(stems.items()):
        if 0 < len(others - {stem}) <= _MOST_OTHERS:
            yield "\t".join((f"<{stem}", *sorted(others - {stem})))


def japanese(groups: list[dict[str, Any]]) -> Iterator[str]:
    """Give the lines of Sudachi's groups: Japanese names, and English ones of one or two words."""
    for group in groups:
        items = (one for one in group["items"] if not _OTHER_FIELDS.intersection(one["bunya"]))
        names = list(dict.fromkeys(filter(None, (_terms(one["midashi"]) for one in items))))
        own = [name for name in names if not name.isascii()]
        if any(not _KATAKANA.fullmatch(name) for name in own) and 1 < len(names) <= _MOST_NAMES:
            yield "\t".join(names)


def _terms(name: str) -> str:
    if name.isascii():
        bare = name.lower()
        words = [word for word in _LATIN.findall(bare) if word not in STOP_WORDS]
        terms = [_stem(word) for word in words]
        is_short = len(words) < _MOST_TERMS and bare.replace(" ", "").replace("-", "").isalpha()
        return " ".join(terms) if is_short else ""
    found = [word.normal for word in japanese_words(name) if word.is_content]
    return " ".join(dict.fromkeys(found)) if len(found) <= _MOST_TERMS else ""


def _stem(word: str) -> str:
    return next(iter(latin_terms(word.lower(), "en")), word.lower())


def main(wordnet: Path, sudachi: Path) -> None:
    """Write the file."""
    groups = json.loads(sudachi.read_text("utf-8"))
    lines = [*sorted(set(japanese(groups))), *english(wordnet)]
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

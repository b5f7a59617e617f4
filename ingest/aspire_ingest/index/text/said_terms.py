"""Terms by how they are said, so that "Hoshina" finds 保科, and 保科 finds "Hoshina"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from aspire_ingest.index.text.japanese import is_katakana, readings
from aspire_ingest.index.text.script import is_japanese
from aspire_ingest.index.text.sounds import heard, key_of, romanised, shortened, skeleton

_LATIN_NAME = re.compile(r"[^\W\d_]{3,}")
_FEWEST_CONSONANTS = 3
"""Of a name from abroad: フィンランド and "Finland" share but their consonants."""
_ALIKE = 78.0
"""How alike they must be, vowels and all, of 100: "Raman" is no ルミナ, "Greppi" no グループ."""
_UNHEARD_R = (
    (re.compile(r"(?:[aeiu]r|or$)(?![aeiouy])"), "a"),
    (re.compile(r"or(?![aeiouy])"), "o"),
)
"""Carter is カーター, Robertson ロバートソン; Herkkonen, whose r is heard, is ヘルッコネン."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTerms:
    """Terms of one language by the key of their sound (`sounds.key_of`), and by consonants."""

    by_key: Mapping[str, tuple[str, ...]]
    by_consonants: Mapping[str, tuple[str, ...]]

    def said_as(self, name: str, *, is_from_abroad: bool = False) -> tuple[str, ...]:
        """Give the terms that are said as a name in Latin letters; none where nothing is.

        Where no term is said just so, what is most like it of those with its consonants, for a name
        `is_from_abroad`: "Schmidt" is シュミット.
        """
        said = self.by_key.get(key_of(name), ())
        if said or not is_from_abroad:
            return said
        likeness = {
            term: max(ratio(one, other) for one in _heard(_latin(term)) for other in _heard(name))
            for consonants in _consonants(name)
            for term in self.by_consonants.get(consonants, ())
        }
        best = max(likeness.values(), default=0.0)
        return tuple(term for term in likeness if likeness[term] == best >= _ALIKE)


def by_sound(terms: Iterable[str]) -> SaidTerms:
    """Put Japanese nouns and Latin words where their sound leads to them.

    A Japanese name is also found by its first part: 広島大学 by "Hiroshima". Without Sudachi no
    Japanese word is found.
    """
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    by_consonants: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        if is_japanese(term):
            for reading in readings(term):
                by_key[key_of(romanised(reading))].append(term)
        elif _LATIN_NAME.fullmatch(term):
            by_key[key_of(term)].append(term)
        for consonants in _consonants(_latin(term)):
            by_consonants[consonants].append(term)
    return SaidTerms(by_key=_fixed(by_key), by_consonants=_fixed(by_consonants))


def _latin(term: str) -> str:
    """A term in Latin letters where it may be a name from abroad, nothing else."""
    if is_katakana(term):
        return romanised(term)
    return term if _LATIN_NAME.fullmatch(term) and not is_japanese(term) else ""


def _heard(name: str) -> set[str]:
    """A name as Japanese ears may know it; a German "ei" is アイ."""
    return {heard(one).replace("ei", "ai") for one in _with_and_without_r(name)}


def _consonants(name: str) -> set[str]:
    """The consonants of what may be heard; none where they are too few to tell."""
    found = map(skeleton, _with_and_without_r(name))
    return {key for key in found if len(key) >= _FEWEST_CONSONANTS}


def _with_and_without_r(name: str) -> tuple[str, str]:
    whole = bare = shortened(name)
    for pattern, other in _UNHEARD_R:
        bare = pattern.sub(other, bare)
    return whole, bare


def _fixed(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(terms)) for key, terms in found.items() if key}

"""Whether a word of a statement stands in a source: as it is, as a synonym, translated."""

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.names import follow_each_other
from aspire_bot.answering.checking.claims.sentence import Reading, Unit, excludes
from aspire_bot.answering.message.query.glossary import Glossary
from aspire_ingest.index.text.latin import latin_terms
from aspire_ingest.index.text.sounds import romanised, shortened, sound_alike

_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_LATIN = re.compile(r"[a-zà-ÿ]{3,}")
_LEAST_STEM = 5
_LEAST_SOUND = 4
_NEAR_ENOUGH = 0.7


class Matcher:
    """Finds the units of one statement in sources of any language."""

    def __init__(self, statement: Reading, glossaries: Sequence[Glossary]) -> None:
        """Look up once what else each of its words may be called."""
        self.statement = statement
        self._glossaries = glossaries
        self._others: dict[str, list[frozenset[str]]] = {}
        self._names: list[tuple[frozenset[str], list[frozenset[str]]]] = []
        present = {term for unit in statement.units for term in unit.terms}
        for match in (match for glossary in glossaries for match in glossary.find(present)):
            names = [name for names in match.concept.names.values() for name in names]
            self._names.append((match.name, names))
            for term in match.name:
                self._others.setdefault(term, []).extend(names)
        for unit in statement.units:
            if unit.claim and unit.claim.kind == "contrast":
                self._leave_out_contraries(unit.terms, unit.claim)
        self._kept: dict[tuple[int, int], tuple[int, ...]] = {}

    def _leave_out_contraries(self, terms: Sequence[str], claim: Claim) -> None:
        """Whoever searches for "closed" wants "open" too; it says the contrary."""
        for term in terms:
            names = self._others.get(term, [])
            kept = [name for name in names if not any(excludes(claim, word) for word in name)]
            if names:
                self._others[term] = kept

    def has_other_names(self, unit: Unit) -> bool:
        """Whether it is known what the word is called in the other language."""
        return any(term in self._others for term in unit.terms)

    def names_of(self, terms: frozenset[str]) -> list[frozenset[str]]:
        """Give all that something the statement names with these terms is called."""
        others = (one for name, known in self._names if name <= terms for one in known)
        return list(dict.fromkeys((terms, *others)))

    def is_among(self, unit: Unit, terms: Set[str]) -> bool:
        """Whether a source with these terms names it; a quick look, without places."""
        if not terms.isdisjoint(unit.terms):
            return True
        return any(name <= terms for term in unit.terms for name in self._others.get(term, ()))

    def are_parts_in(self, unit: Unit, source: Reading) -> bool:
        """Whether each word of a name stands in a source: as it is, by its sound, translated."""
        claim = unit.claim
        if claim is None or not claim.parts:
            return False
        terms = source.terms()
        if source.language == self.statement.language:
            return self._is_abbreviated(unit, terms) or all(
                not terms.isdisjoint((part, *latin_terms(part, "en"))) for part in claim.parts
            )
        return all(self._is_part_in(part, terms, source) for part in claim.parts)

    def _is_abbreviated(self, unit: Unit, terms: Set[str]) -> bool:
        """Whether the source has the short form of a name, or the long form of a short one."""
        parts = unit.claim.parts if unit.claim else ()
        words = {term for part in parts for term in latin_terms(part, "en")}
        return any(
            words <= name and other != name and other <= terms
            for name, others in self._names
            for other in others
        )

    def _is_part_in(self, part: str, terms: Set[str], source: Reading) -> bool:
        forms = (part, *latin_terms(part, "en")) if part.isascii() else (part,)
        if any(form in terms for form in forms):
            return True
        text = source.text.casefold()
        for form in forms:
            for name in self._others.get(form, ()):
                if name <= terms or (not is_latin(name) and all(t in text for t in name)):
                    return True
        if is_latin({part}):
            return any(
                sound_alike(romanised(run), part) for run in _KATAKANA.findall(source.text)
            ) or any(_begins_alike(sound, part) for one in source.claims for sound in one.sounds)
        if _KATAKANA.fullmatch(part):
            sound = romanised(part)
            return any(sound_alike(sound, word) for word in _LATIN.findall(text))
        return self._is_in_pieces(part, terms)

    def _is_in_pieces(self, part: str, terms: Set[str]) -> bool:
        """Whether a compound name (東京都市大学) can be cut into words that are all said."""
        at = 0
        while at < len(part):
            for size in range(min(6, len(part) - at), 0, -1):
                piece = part[at : at + size]
                names = [
                    name
                    for glossary in self._glossaries
                    for match in glossary.find({piece})
                    for names in match.concept.names.values()
                    for name in names
                ]
                if any(name <= terms for name in names):
                    at += size
                    break
            else:
                return False
        return bool(part)

    def places(self, at: int, source: Reading) -> tuple[int, ...]:
        """Give the units of a source that are the statement's unit number `at`."""
        key = (at, id(source))
        if key not in self._kept:
            self._kept[key] = tuple(self._find(self.statement.units[at], source))
        return self._kept[key]

    def _find(self, unit: Unit, source: Reading) -> list[int]:
        if unit.claim and unit.claim.kind == "name":
            return [n for n, other in enumerate(source.units) if _same_name(unit, other)]
        found = [n for n, other in enumerate(source.units) if _share(unit.terms, other.terms)]
        if found or not unit.terms:
            return found
        alternatives = [name for term in unit.terms for name in self._others.get(term, ())]
        if alternatives:
            known = _terms_of(source)
            wanted = {term for name in alternatives if name <= known for term in name}
            found = [n for n, other in enumerate(source.units) if wanted & set(other.terms)]
        if not found:
            found = [n for n, other in enumerate(source.units) if are_akin(unit, other)]
        return found


def is_latin(name: Set[str]) -> bool:
    """Whether a name is written in Latin letters."""
    return all(term.isascii() for term in name)


def _terms_of(reading: Reading) -> frozenset[str]:
    return reading.terms()


def _share(terms: Sequence[str], others: Sequence[str]) -> bool:
    return any(term in others for term in terms)


def are_akin(one: Unit, other: Unit) -> bool:
    """Whether two words are forms of one: support, supportive; 共同研究, 国際共同研究."""
    return any(_akin(term, word) for term in one.terms[:1] for word in other.terms[:1])


@lru_cache(maxsize=50_000)
def _akin(one: str, other: str) -> bool:
    if one[:1] in "@:" or other[:1] in "@:" or ":" in one or ":" in other:
        return False
    if one.isascii() and other.isascii():
        if min(len(one), len(other)) < _LEAST_STEM:
            return False
        shared = 0
        for left, right in zip(one, other, strict=False):
            if left != right:
                break
            shared += 1
        return shared >= _LEAST_STEM and shared >= _NEAR_ENOUGH * max(len(one), len(other)) - 1
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and shorter in longer


def _same_name(unit: Unit, other: Unit) -> bool:
    claim = unit.claim
    if claim is None:
        return False
    if other.claim is None or other.claim.kind != "name":
        return len(claim.parts) == 1 and _share(unit.terms[1:], other.terms)
    return names_agree(claim, other.claim)


def names_agree(claim: Claim, other: Claim) -> bool:
    """Whether a name is the other or a part of it: "Dr. Shimizu" is "Dr. Hiroshi Shimizu"."""
    if claim.key == other.key or follow_each_other(claim.parts, other.parts):
        return True
    if claim.is_person or other.is_person:
        surname = other.parts[-1:] == claim.parts[-1:] or "".join(other.parts) in "".join(
            claim.parts
        )
        if surname and len(other.parts) == 1 and follow_each_other(other.parts, claim.parts):
            return True
    elif follow_each_other(other.parts, claim.parts):
        return True
    joined, others = "".join(claim.parts), "".join(other.parts)
    if not joined.isascii() and not others.isascii():
        return joined in others or (len(others) > 1 and others in joined)
    return _sound_alike(claim, other) or _sound_alike(other, claim)


def _begins_alike(sound: str, part: str) -> bool:
    """Whether a Japanese name is a Latin word, or that with what it is: 長崎大学, Nagasaki."""
    bare = shortened(part)
    return sound_alike(sound, part) or (len(bare) >= _LEAST_SOUND and sound.startswith(bare))


def _sound_alike(japanese: Claim, latin: Claim) -> bool:
    """Whether the words of a Japanese name are those of a Latin one, in either order."""
    if not japanese.sounds or not all(part.isascii() or part.isalpha() for part in latin.parts):
        return False
    sounds = [sound for sound in japanese.sounds if sound]
    whole = "".join(sounds)
    matched = [any(sound_alike(sound, part) for part in latin.parts) for sound in sounds]
    if sounds and all(matched):
        return True
    if sum(matched) and len(latin.parts) < len(sounds):
        return all(any(sound_alike(sound, part) for sound in sounds) for part in latin.parts)
    return sound_alike(whole, "".join(latin.parts))

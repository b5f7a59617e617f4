"""Whether two documents are of one publisher, as far as their names tell. Pure."""

import re

from aspire_ingest.index import DocumentInfo

_WORD = re.compile(r"[^\W_]+")
_LIGHT = frozenset(("of", "the", "for", "and", "in", "on"))
ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])")
"""What a name in Japanese and one in English have in common: 科学技術振興機構（JST）."""
_ENOUGH = 0.5
"""Share of the pairs of letters of a name without spaces that must stand in the other."""


def are_of_two(one: DocumentInfo, other: DocumentInfo) -> bool:
    """Whether both name their publisher, and neither name is a short form of the other."""
    if not one.publisher or not other.publisher:
        return False
    names, others = (_words(info.publisher or "") for info in (one, other))
    if not names or not others or names <= others or others <= names:
        return False
    if (one.publisher + other.publisher).isascii():
        return True
    if one.publisher.isascii() != other.publisher.isascii() and (
        set(ACRONYM.findall(one.publisher)) & set(ACRONYM.findall(other.publisher))
    ):
        return False
    pairs, other_pairs = _pairs(names), _pairs(others)
    fewest = max(1, min(len(pairs), len(other_pairs)))
    return len(pairs & other_pairs) < _ENOUGH * fewest


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold())) - _LIGHT


def _pairs(words: frozenset[str]) -> set[str]:
    return {word[at : at + 2] for word in words for at in range(max(1, len(word) - 1))}

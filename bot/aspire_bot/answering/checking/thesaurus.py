"""What else everyday words are called: in their own language, and Japanese words in English.

`thesaurus.txt.xz` is made of WordNet and Sudachi's synonyms by
`python -m aspire_training.thesaurus`.
A line is one thing's names, parted by tabs, the terms of a name by spaces. A line that begins with
`<` is a word and others that say it too, being narrower: who submits, sends.
"""

import lzma
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

FILE = "thesaurus.txt.xz"
Name = frozenset[str]


class Thesaurus:
    """Finds what else a term is called."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines of the file."""
        self._lines = [line.split("\t") for line in lines]
        self._by_term: Mapping[str, Sequence[int]] = _places(self._lines)

    def others(self, term: str) -> tuple[Name, ...]:
        """Give the names, each its terms, that say what the term says."""
        found = (name for at in self._by_term.get(term, ()) for name in self._lines[at])
        names = (frozenset(name.removeprefix("<").split(" ")) for name in found)
        return tuple(name for name in dict.fromkeys(names) if name != frozenset({term}))


def _places(lines: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(lines):
        first = names[0]
        for term in (first[1:],) if first.startswith("<") else names:
            places[term].append(at)
    return places


@cache
def shipped_thesaurus() -> Thesaurus:
    """Read the one that is shipped with the package."""
    packed = (resources.files(__package__ or "") / FILE).read_bytes()
    return Thesaurus(lzma.decompress(packed).decode("utf-8").splitlines())

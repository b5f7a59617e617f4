"""Documents of nearly the same text, without comparing each with each.

A text is folded to its letters (numbers, signs and spaces go, so that two years of one form are
alike) and cut into all runs of twelve letters. The least `_KEPT` hashes of the runs stand for the
text: of two texts, as many of the least hashes of both together are in both as they share of their
runs (A. Broder, "On the resemblance and containment of documents", 1997). Only texts that share one
of their first few hashes are held against each other, and each of those against few neighbours: the
work grows with the number of documents, not with its square.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST_LIKENESS = 0.6
_RUN = 12
_LEAST_LETTERS = 80
"""Of a shorter text the hashes are too few to say much."""
_KEPT = 64
_LOOKED_UP = 8
"""Hashes by which alike texts are found: one of them is shared by 99.9 % of pairs at 0.6."""
_NEIGHBOURS = 6
_NO_LETTER = re.compile(r"[\W\d_]+")
_FACTORS = np.random.default_rng(2026).integers(1, 2**63, size=_RUN, dtype=np.uint64) | 1

Sketch = NDArray[np.uint64]


class Likeness(NamedTuple):
    """Two ids, and what their texts share, up to 1."""

    one: str
    other: str
    share: float


def sketch(text: str) -> Sketch:
    """The least hashes of the text's runs of letters, ascending; empty for a short text."""
    letters = _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if len(codes) < _LEAST_LETTERS:
        return np.empty(0, np.uint64)
    wide, length = codes.astype(np.uint64), len(codes) - _RUN + 1
    hashes = np.zeros(length, np.uint64)
    for at, factor in enumerate(_FACTORS):
        hashes += wide[at : at + length] * factor  # modulo 2**64
    return np.unique(_mixed(hashes))[:_KEPT]


def alike(sketched: Iterable[tuple[str, Sketch]]) -> list[Likeness]:
    """All pairs that share `LEAST_LIKENESS` or more, the most alike first."""
    known = [(name, one) for name, one in sketched if len(one)]
    found: list[Likeness] = []
    for one, other in _candidates([entry for _, entry in known]):
        share = _share(known[one][1], known[other][1])
        if share >= LEAST_LIKENESS:
            found.append(Likeness(known[one][0], known[other][0], share))
    return sorted(found, key=lambda pair: (-pair.share, pair.one, pair.other))


def _candidates(sketches: list[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share one of their first hashes, each once, the lower row first."""
    if not sketches:
        return
    firsts = [one[:_LOOKED_UP] for one in sketches]
    rows = np.repeat(np.arange(len(firsts)), [len(one) for one in firsts])
    hashes = np.concatenate(firsts)
    order = np.lexsort((rows, hashes))
    rows, hashes = rows[order], hashes[order]
    pairs = [
        np.stack((rows[:-step], rows[step:]), axis=1)[hashes[:-step] == hashes[step:]]
        for step in range(1, min(_NEIGHBOURS, len(rows) - 1) + 1)
    ]
    yield from map(tuple, np.unique(np.concatenate(pairs), axis=0).tolist())


def _share(one: Sketch, other: Sketch) -> float:
    least = np.union1d(one, other)[:_KEPT]
    in_both = np.isin(least, one, assume_unique=True) & np.isin(least, other, assume_unique=True)
    return float(in_both.mean())


def _mixed(hashes: Sketch) -> Sketch:
    """Spread sums of products over all 64 bits: the last step of splitmix64."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))

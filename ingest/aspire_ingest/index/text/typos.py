"""Terms that are a typing slip away from each other."""

from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_ONE_SLIP_UP_TO = 6
_CANDIDATES = 50


def nearest(term: str, frequencies: Mapping[str, int], limit: int) -> Sequence[str]:
    """Return up to `limit` keys of `frequencies` near `term`, nearest and most frequent first.

    One slip (a letter changed, missing, too many, or two swapped) in up to six letters, two in
    longer words. A term that is a key is its own nearest.
    """
    if len(term) < _SHORTEST or not term.isalpha():
        return [term] if term in frequencies else []
    slips = 1 if len(term) <= _ONE_SLIP_UP_TO else 2
    found = process.extract(
        term, frequencies.keys(), scorer=OSA.distance, score_cutoff=slips, limit=_CANDIDATES
    )
    ranked = sorted(
        (distance, -frequencies[word], word) for word, distance, _ in found if word.isalpha()
    )
    return [word for _, _, word in ranked[:limit]]

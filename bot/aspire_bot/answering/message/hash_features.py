"""Texts → numbers of what stands in them, for small linear models that learn from words. Pure."""

import zlib
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

BUCKETS = 32_768
GRAMS = 3.0
"""How much all n-grams of a text weigh together, beside one sign."""
_LONGEST_GRAM = 4


def hashed(text: str, signs: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The numbers below `BUCKETS` of what a text has, and how much of each it has.

    `signs` are what is known of it besides its n-grams of characters and its words.
    """
    grams = np.unique(np.fromiter((_bucket(name) for name in _grams(text)), np.int64))
    known = np.unique(np.fromiter((_bucket(name) for name in signs), np.int64))
    amounts = np.ones(len(grams) + len(known), np.float32)
    # of one length for all: a long text says no more than a short one
    amounts[: len(grams)] = GRAMS / np.sqrt(len(grams))
    return np.concatenate([grams, known]), amounts


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


def _grams(text: str) -> Iterator[str]:
    padded = f"^{text}$"
    for size in range(1, _LONGEST_GRAM + 1):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]
    for word in text.split():
        yield f"word={word.strip('.,?!')}"

"""Texts → numbers of what stands in them, for small linear models that learn from words. Pure."""

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

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


def packed(
    weights: NDArray[np.float32], bias: NDArray[np.float32] | float, **settings: float
) -> bytes:
    """Give weights, shape (`BUCKETS`,) or (`BUCKETS`, classes), as a file, 8 bits each."""
    made = BytesIO()
    scale = np.abs(weights).max(0) / 127
    np.savez_compressed(
        made,
        allow_pickle=False,
        weights=np.rint(weights / scale).astype(np.int8),
        scale=np.asarray(scale, np.float32),
        bias=np.asarray(bias, np.float32),
        **{name: np.asarray(value, np.float32) for name, value in settings.items()},
    )
    return made.getvalue()


def unpacked(file: bytes) -> tuple[NDArray[np.float32], NDArray[np.float32], dict[str, float]]:
    """Give the weights, the bias and the settings of which `packed` made a file."""
    with np.load(BytesIO(file), allow_pickle=False) as kept:
        named = ("weights", "scale", "bias")
        settings = {name: float(kept[name]) for name in kept.files if name not in named}
        return kept["weights"].astype(np.float32) * kept["scale"], kept["bias"], settings


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


def _grams(text: str) -> Iterator[str]:
    padded = f"^{text}$"
    for size in range(1, _LONGEST_GRAM + 1):
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]
    for word in text.split():
        yield f"word={word.strip('.,?!')}"

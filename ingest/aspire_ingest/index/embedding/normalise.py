"""Text as the tokenizer reads it, with the way back to the offsets of the original.

The map of code points is SentencePiece's `nmt_nfkc` of XLM-R, as the weight file carries it: it
folds widths and compatibility forms and turns white space and invisible characters into a space.
"""

import struct
import unicodedata

import numpy as np
from numpy.typing import NDArray

_SPACE = 0x20
_SURROGATES = (0xD800, 0xDFFF)


class Normaliser:
    """Replaces code points by the map, folds runs of spaces, and remembers where each came from."""

    def __init__(self, records: bytes, count: int) -> None:
        """Read `count` records of (code point, number of replacements, replacements)."""
        replacements = _read_records(records, count)
        top = max(replacements) + 2  # the last slot stands for all code points above the map
        self._top = top - 1
        self._counts = np.ones(top, np.int64)
        self._starts = np.full(top, -1, np.int64)
        flat: list[int] = []
        for code, values in replacements.items():
            self._counts[code] = len(values)
            self._starts[code] = len(flat)
            flat.extend(values)
        self._flat = np.array(flat, np.uint32)

    def __call__(self, text: str) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Give the code points of the normalised text and, for each, its offset in `text`."""
        codes, origin = _code_points(text)
        slots = np.minimum(codes, self._top)
        counts = self._counts[slots]
        source = np.repeat(np.arange(len(codes)), counts)
        within = np.arange(len(source)) - np.repeat(np.cumsum(counts) - counts, counts)
        starts = self._starts[slots][source]
        mapped = starts >= 0
        out = codes[source]
        out[mapped] = self._flat[(starts + within)[mapped]]
        is_space = out == _SPACE
        keep = ~is_space
        keep[:1] = True
        keep[1:] |= ~is_space[:-1]
        return out[keep], origin[source[keep]]


def _read_records(records: bytes, count: int) -> dict[int, tuple[int, ...]]:
    # NUL is not in the map; as a space it keeps the words around it apart.
    replacements: dict[int, tuple[int, ...]] = {0: (_SPACE,)}
    at = 0
    for _ in range(count):
        code, size = struct.unpack_from("<IB", records, at)
        at += 5
        replacements[code] = struct.unpack_from(f"<{size}I", records, at)
        at += 4 * size
    return replacements


def _code_points(text: str) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give the code points, composed, lone surrogates as spaces, with their offsets in `text`."""
    origin = np.arange(len(text))
    if not unicodedata.is_normalized("NFC", text):
        text, origin = _compose(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).copy()
    codes[(codes >= _SURROGATES[0]) & (codes <= _SURROGATES[1])] = _SPACE
    return codes, origin


def _compose(text: str) -> tuple[str, NDArray[np.int64]]:
    """Compose letters and their marks (か + ゛ of files written on macOS), cluster by cluster."""
    parts: list[str] = []
    origin: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        parts.append(composed)
        origin.extend([start] * len(composed))
        start = end
    return "".join(parts), np.array(origin, np.int64)

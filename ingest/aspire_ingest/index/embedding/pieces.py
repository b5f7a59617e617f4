"""The pieces of a vocabulary by their first two characters, taken out of the table when needed.

A text touches some hundreds of the 250,002 pieces: making a dictionary of all of them takes 0.2 s
and 40 MB, which a program that answers one question would wait for.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SEPARATOR = "\n"  # in no piece: the normalisation makes it a space


class Piece(NamedTuple):
    """What is known of a piece."""

    piece_id: int
    score: float
    """Its log probability."""


class Group(NamedTuple):
    """The pieces that begin alike: what they are, and the length of the longest in code points."""

    pieces: Mapping[str, Piece]
    longest: int


_NONE = Group(MappingProxyType({}), 1)


class Pieces:
    """Finds pieces by their first two characters. Any number of threads may use one."""

    def __init__(
        self,
        offsets: NDArray[np.uint32],
        utf8: NDArray[np.uint8],
        scores: NDArray[np.float32],
        withheld: Collection[str],
    ) -> None:
        """Sort the pieces (0.06 s), none of which is looked at; those `withheld` are not found.

        Args:
            offsets: where each piece begins in `utf8`; shape (pieces + 1,).
            utf8: all pieces, end to end.
            scores: the log probability of each; shape (pieces,).
            withheld: pieces that no text may spell.
        """
        self._joined = _join(offsets, utf8)
        codes = np.frombuffer(self._joined.encode("utf-32-le"), np.uint32)
        self._stops = np.flatnonzero(codes == ord(_SEPARATOR))
        self._starts = np.concatenate([[0], self._stops[:-1] + 1])
        self._scores = scores
        self._withheld = frozenset(withheld)
        # A piece of one character is followed by its separator, which the key of its group keeps.
        firsts = codes[self._starts].astype(np.uint64)
        keys = (firsts << np.uint64(32)) | codes[self._starts + 1]
        self._order = np.argsort(keys, kind="stable")
        keys = keys[self._order]
        begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        self._ranges = np.append(begins, len(keys))
        halves = np.stack([keys[begins] >> np.uint64(32), keys[begins]], axis=1).astype(np.uint32)
        text = halves.tobytes().decode("utf-32-le")
        pairs = map("".join, zip(text[::2], text[1::2], strict=True))
        self._numbers = dict(zip(pairs, range(len(begins)), strict=True))
        self._groups: dict[str, Group] = {}

    def beginning(self, pair: str) -> Group:
        """Give the pieces of two characters or more that begin with these two."""
        group = self._groups.get(pair)
        if group is not None:
            return group
        number = self._numbers.get(pair)
        if number is None:
            return _NONE
        return self._groups.setdefault(pair, self._taken_out(number))

    def single(self, character: str) -> Piece | None:
        """Give the piece that is this one character."""
        return self.beginning(character + _SEPARATOR).pieces.get(character)

    def find(self, text: str) -> Piece | None:
        """Give the piece that is this text."""
        return self.beginning(text[:2]).pieces.get(text) if len(text) > 1 else self.single(text)

    def _taken_out(self, number: int) -> Group:
        rows = self._order[self._ranges[number] : self._ranges[number + 1]]
        starts, stops = self._starts[rows].tolist(), self._stops[rows].tolist()
        texts = [self._joined[start:stop] for start, stop in zip(starts, stops, strict=True)]
        known = map(Piece, rows.tolist(), self._scores[rows].tolist())
        pieces = {
            text: piece
            for text, piece in zip(texts, known, strict=True)
            if text not in self._withheld
        }
        return Group(pieces, max(map(len, texts)))


def text_of(offsets: NDArray[np.uint32], utf8: NDArray[np.uint8], piece_id: int) -> str:
    """Give one piece."""
    start, stop = offsets[piece_id : piece_id + 2].tolist()
    return utf8[start:stop].tobytes().decode("utf-8")


def _join(offsets: NDArray[np.uint32], utf8: NDArray[np.uint8]) -> str:
    """Decode all pieces at once, with a separator after each."""
    count = len(offsets) - 1
    spread = np.full(len(utf8) + count, ord(_SEPARATOR), np.uint8)
    is_piece = np.ones(len(spread), np.bool_)
    is_piece[offsets[1:].astype(np.int64) + np.arange(count)] = False
    spread[is_piece] = utf8
    return spread.tobytes().decode("utf-8")

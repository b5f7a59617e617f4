"""XLM-R's Unigram tokenizer over the pieces in the weight file.

Why not the `tokenizers` package: with 250,002 pieces it takes 1.1 s and some 250 MB to load, a
dictionary of pieces 0.2 s and 40 MB; the tokens are the same (docs/adr/0001-embedding-engine.md).
The search is Kudo's (2018, arXiv:1804.10959): the segmentation with the highest sum of log
probabilities, by dynamic programming over one word at a time, no piece reaching over a space.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.normalise import Normaliser
from aspire_ingest.index.embedding.weights import Weights

_META = "▁"  # stands for the space before a word
_SPACE = 0x20
_REMEMBERED_WORDS = 50_000
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as SentencePiece has it
_SEPARATOR = "\n"  # in no piece: the normalisation makes it a space


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """The tokens of a text without the marks of begin and end.

    Token i stands for `text[starts[i]:ends[i]]` of the original, the space before a word
    included; starts and ends never go down. All have the shape (tokens,).
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class UnigramTokenizer:
    """Cuts text into the pieces the model knows. Any number of threads may use one."""

    def __init__(self, weights: Weights) -> None:
        """Build the dictionary of pieces (0.2 s)."""
        self._normalise = Normaliser(weights.normalisation, weights.normalisation_records)
        joined = _join_pieces(weights)
        pieces = joined.split(_SEPARATOR)[:-1]
        self._reach = _longest_by_pair(joined)
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._scores: list[float] = weights.scores.tolist()
        self._unknown = weights.special.unknown
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        special = weights.special
        # Text that spells a control token is text: nobody may end a passage by writing "</s>".
        for control in (special.begin, special.end, special.padding, special.unknown):
            del self._ids[pieces[control]]
        self._ids.pop("<mask>", None)
        self._words: dict[str, tuple[list[int], list[int]]] = {}

    def __call__(self, text: str) -> Tokens:
        """Cut `text`; never raises, whatever it holds."""
        codes, origin = self._normalise(text)
        if len(codes) == 0 or codes[0] != _SPACE:
            codes = np.concatenate([np.array([_SPACE], np.uint32), codes])
            origin = np.concatenate([origin[:1] if len(origin) else np.zeros(1, np.int64), origin])
        ids: list[int] = []
        lengths: list[int] = []
        for word in codes.tobytes().decode("utf-32-le").split(" ")[1:]:
            word_ids, word_lengths = self._cut_remembered(_META + word)
            ids.extend(word_ids)
            lengths.extend(word_lengths)
        until = np.cumsum(np.array(lengths, np.int64))
        return Tokens(
            ids=np.array(ids, np.int64),
            starts=origin[until - np.array(lengths, np.int64)],
            ends=origin[until - 1] + 1,
        )

    def scores(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the log probability of each piece: rare ones tell more; (tokens,) to the same."""
        return np.array([self._scores[piece] for piece in ids.tolist()], np.float32)

    def _cut_remembered(self, word: str) -> tuple[list[int], list[int]]:
        known = self._words.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._words) >= _REMEMBERED_WORDS:
                self._words.clear()
            self._words[word] = known
        return known

    def _cut(self, word: str) -> tuple[list[int], list[int]]:
        """Give the ids of the best pieces of one word and their lengths in code points."""
        came_from = self._best_cuts(word)
        ids: list[int] = []
        lengths: list[int] = []
        end = len(word)
        while end > 0:
            start = came_from[end]
            piece = self._ids.get(word[start:end], self._unknown)
            if piece == self._unknown and ids and ids[-1] == self._unknown:
                lengths[-1] += end - start  # a run of unknown characters is one token
            else:
                ids.append(piece)
                lengths.append(end - start)
            end = start
        ids.reverse()
        lengths.reverse()
        return ids, lengths

    def _best_cuts(self, word: str) -> list[int]:
        """Give for each offset where the last piece of the best segmentation up to it begins."""
        size = len(word)
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        came_from = [0] * (size + 1)
        find, scores, reach = self._ids.get, self._scores, self._reach.get
        for start in range(size):
            here = best[start]
            until = min(size, start + reach(word[start : start + 2], 1))
            for end in range(start + 1, until + 1):
                piece = find(word[start:end])
                if piece is not None and here + scores[piece] > best[end]:
                    best[end] = here + scores[piece]
                    came_from[end] = start
            if here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                came_from[start + 1] = start
        return came_from


def _join_pieces(weights: Weights) -> str:
    """Decode all pieces at once, with a separator after each."""
    count = len(weights.piece_offsets) - 1
    spread = np.full(len(weights.piece_bytes) + count, ord(_SEPARATOR), np.uint8)
    is_piece = np.ones(len(spread), np.bool_)
    is_piece[weights.piece_offsets[1:].astype(np.int64) + np.arange(count)] = False
    spread[is_piece] = weights.piece_bytes
    return spread.tobytes().decode("utf-8")


def _longest_by_pair(joined: str) -> dict[str, int]:
    """Give the length of the longest piece that begins with each two characters.

    What is not in it begins no piece of two characters or more: looking up the pair before all
    longer ones makes Japanese, which has no spaces, some five times as fast to cut.
    """
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    stops = np.flatnonzero(codes == ord(_SEPARATOR))
    starts = np.concatenate([[0], stops[:-1] + 1])
    lengths = stops - starts
    starts, lengths = starts[lengths > 1], lengths[lengths > 1]
    pairs = (codes[starts].astype(np.uint64) << np.uint64(32)) | codes[starts + 1]
    order = np.argsort(pairs)
    pairs = pairs[order]
    firsts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    longest: list[int] = np.maximum.reduceat(lengths[order], firsts).tolist()
    halves = np.stack([pairs[firsts] >> np.uint64(32), pairs[firsts]], axis=1).astype(np.uint32)
    text = halves.tobytes().decode("utf-32-le")
    return dict(zip(map("".join, zip(text[::2], text[1::2], strict=True)), longest, strict=True))

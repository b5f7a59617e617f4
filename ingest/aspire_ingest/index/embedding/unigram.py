"""XLM-R's Unigram tokenizer over the pieces in the weight file.

Why not the `tokenizers` package: with 250,002 pieces it takes 1.1 s and some 250 MB to load, ours
0.07 s; the tokens are the same (docs/adr/0001-embedding-engine.md).
The search is Kudo's (2018, arXiv:1804.10959): the segmentation with the highest sum of log
probabilities, by dynamic programming over one word at a time, no piece reaching over a space.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.normalise import Normaliser
from aspire_ingest.index.embedding.pieces import Pieces, text_of
from aspire_ingest.index.embedding.weights import Weights

_META = "▁"  # stands for the space before a word
_SPACE = 0x20
_REMEMBERED_WORDS = 50_000
_UNKNOWN_PENALTY = 10.0  # below the rarest piece, as SentencePiece has it


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
        """Make the pieces ready to be found (0.07 s)."""
        self._normalise = Normaliser(weights.normalisation, weights.normalisation_records)
        special, table = weights.special, (weights.piece_offsets, weights.piece_bytes)
        # Text that spells a control token is text: nobody may end a passage by writing "</s>".
        controls = (special.begin, special.end, special.padding, special.unknown)
        withheld = {text_of(*table, control) for control in controls} | {"<mask>"}
        self._pieces = Pieces(*table, weights.scores, withheld)
        self._unknown = special.unknown
        self._unknown_score = float(weights.scores.min()) - _UNKNOWN_PENALTY
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
            piece = self._pieces.find(word[start:end])
            piece_id = piece.piece_id if piece is not None else self._unknown
            if piece_id == self._unknown and ids and ids[-1] == self._unknown:
                lengths[-1] += end - start  # a run of unknown characters is one token
            else:
                ids.append(piece_id)
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
        beginning, single = self._pieces.beginning, self._pieces.single
        for start in range(size):
            here = best[start]
            if (piece := single(word[start])) and here + piece.score > best[start + 1]:
                best[start + 1] = here + piece.score
                came_from[start + 1] = start
            pieces, longest = beginning(word[start : start + 2])
            for end in range(start + 2, min(size, start + longest) + 1):
                piece = pieces.get(word[start:end])
                if piece is not None and here + piece.score > best[end]:
                    best[end] = here + piece.score
                    came_from[end] = start
            if here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                came_from[start + 1] = start
        return came_from

"""What a message says beside its questions → what the questions lean on, and what is mere talk.

"I got my doctorate nine years ago. May I apply?" asks something else than "May I apply?"; "sorry to
bother you" changes nothing. Which is which is learnt: a logistic regression over hashed n-grams of
characters and a few signs. Its weights are made by `aspire_training.context`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message import hash_features
from aspire_bot.answering.message.hash_features import hashed, packed
from aspire_bot.answering.message.query.rewrite import points_back
from aspire_bot.answering.message.things.asked_words import TRIMMED
from aspire_bot.answering.message.things.frames import is_frame
from aspire_bot.answering.message.things.pieces import Piece
from aspire_ingest.index.text.script import is_japanese

MOST_KEPT = 240
"""Characters beside the questions that are kept, the nearest ones: the reader reads no more."""
_WEIGHTS = "context_weights.npz"
_LONGEST = 160
"""Characters of a run that are looked at."""
_ABOUT_ONESELF = re.compile(
    r"\b(?:i|i'm|im|we|we're|my|our|us|me)\b|私|僕|自分|弊|当方|うち|我々", re.IGNORECASE
)
_NAME = re.compile(r"(?<!^)\b[A-Z][A-Za-z]+|[ァ-ヶー]{3,}|[一-龯]{3,}")
_FORMULA = re.compile(
    r"[^。]{0,12}(?:お世話に|お疲れ|恐れ入|恐縮|申し訳|すみません|すいません|失礼|はじめまして|初めまして|こんにち[はわ]"
    r"|こんばん[はわ]|おはよう|ありがとう|宜しく|よろしく)[^。]{0,14}[。!！]?"
)
"""What a Japanese mail begins and ends with."""
_TURNS_AWAY = re.compile(
    r"^(?:anyways?|anyhow)\b|\b(?:anyways?|anyhow)\W*$|(?:ともかく|とにかく|さておき|余談ですが)[、,]?$",
    re.IGNORECASE,
)
"""Says that what was told has nothing to do with what is asked."""
_CLOSES = re.compile(
    r"(?:(?:kind|best|warm|many|with (?:kind|best)) (?:regards|wishes|thanks)|regards|sincerely"
    r"|best|cheers|yours (?:sincerely|truly))\b|(?:何卒|どうぞ)?(?:宜|よろ)しく|以上",
    re.IGNORECASE,
)
"""Ends a mail: the lines behind it are a signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring pieces of a sentence that ask nothing, and what stands around them."""

    pieces: tuple[Piece, ...]
    words: str
    asked: str
    """What the message asks, in its words."""
    is_before: bool
    """Whether it stands before the first thing asked."""
    is_beside: bool
    """Whether the same sentence asks something."""


def runs_of(text: str, pieces: Sequence[Piece], groups: Sequence[Sequence[Piece]]) -> list[Run]:
    """Give what no group holds, but for quoted lines and words that lead to a question."""
    taken = {piece for group in groups for piece in group}
    asking = {piece.sentence for piece in taken}
    first = min((piece.start for piece in taken), default=0)
    asked = " ".join(text[piece.start : piece.end] for piece in pieces if piece in taken)
    found: list[list[Piece]] = []
    before: Piece | None = None
    for piece in pieces:
        if piece not in taken and not piece.is_quoted:
            if before is not None and found and before.sentence == piece.sentence:
                found[-1].append(piece)
            else:
                found.append([piece])
            before = piece
        else:
            before = None
    runs = [
        Run(
            pieces=tuple(run),
            words=" ".join(text[run[0].start : run[-1].end].split()).strip(TRIMMED),
            asked=asked,
            is_before=run[0].start < first,
            is_beside=run[0].sentence in asking,
        )
        for run in found
    ]
    return [
        run
        for run in _above_signature(runs)
        if not (
            is_frame(run.words) or _FORMULA.fullmatch(run.words) or _TURNS_AWAY.search(run.words)
        )
    ]


def _above_signature(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs:
        is_last = not run.is_before and run.pieces[0].cut in ("line", "sentence")
        if is_last and _CLOSES.match(run.words):
            return
        yield run


def features(run: Run) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The numbers of what a run has, and how much of each it has; see `hash_features`."""
    return hashed(run.words.casefold()[:_LONGEST], _signs(run))


def _signs(run: Run) -> Iterator[str]:
    language = "ja" if is_japanese(run.words) else "en"
    place = f"before={run.is_before} beside={run.is_beside} {language}"
    yield place
    yield f"cut={run.pieces[0].cut} {place}"
    yield f"length={min(len(run.words) // 12, 8)} {language}"
    yield f"asked={min(len(run.asked) // 12, 6)} {language}"
    yield f"leans={points_back(run.asked)} {place}"
    yield f"digits={any(sign.isdigit() for sign in run.words)} {language}"
    yield f"oneself={_ABOUT_ONESELF.search(run.words) is not None} {language}"
    yield f"names={min(len(_NAME.findall(run.words)), 3)} {language}"
    own, asked = _stems(run.words), _stems(run.asked)
    yield f"shares={min(len(own & asked), 2)} {language}"


def _stems(words: str) -> set[str]:
    if not is_japanese(words):
        return {word[:5] for word in re.findall(r"[a-z]{4,}", words.casefold())}
    return {words[at : at + 2] for at in range(len(words) - 1) if words[at] > "ァ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextModel:
    """Weights of shape (`hash_features.BUCKETS`,) and a bias: the log-odds that a run counts."""

    weights: NDArray[np.float32]
    bias: float
    keep_from: float
    """The probability from which on a run is kept."""

    def chance(self, run: Run) -> float:
        """The probability that what is asked leans on a run."""
        numbers, amounts = features(run)
        return float(1 / (1 + np.exp(-(amounts @ self.weights[numbers] + self.bias))))

    def packed(self) -> bytes:
        """The model as a file."""
        return packed(self.weights, self.bias, keep_from=self.keep_from)


def unpacked(file: bytes) -> ContextModel:
    """Give the model that `ContextModel.packed` made a file of."""
    weights, bias, settings = hash_features.unpacked(file)
    return ContextModel(weights=weights, bias=float(bias), **settings)


@cache
def shipped_model() -> ContextModel:
    """Give the model that is shipped."""
    return unpacked(files("aspire_bot.answering.message").joinpath(_WEIGHTS).read_bytes())


def with_context(
    text: str, pieces: Sequence[Piece], groups: Sequence[Sequence[Piece]]
) -> list[Piece]:
    """Give the pieces of all groups and those that they lean on, in their order."""
    kept = {piece for group in groups for piece in group}
    model, room = shipped_model(), MOST_KEPT
    at = min((piece.start for piece in kept), default=0)
    for run in sorted(runs_of(text, pieces, groups), key=lambda run: abs(run.pieces[-1].end - at)):
        if len(run.words) <= room and model.chance(run) >= model.keep_from:
            kept.update(run.pieces)
            room -= len(run.words)
    return [piece for piece in pieces if piece in kept]

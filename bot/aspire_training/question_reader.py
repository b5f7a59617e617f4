"""The reader taught to compare questions: a few numbers added to its layers, the rest as it is.

Low-rank adapters (Hu et al. 2021, arXiv:2106.09685) on the four layers and the head that read a
question and a passage together; here the passage is the other question.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.approved.same_question.adapted_weights import RANK
from aspire_bot.answering.approved.same_question.model import asked_text
from aspire_bot.answering.reader.weights import WEIGHTS_FILE
from aspire_training.export import restore
from aspire_training.model import FROZEN_LAYERS, Base, Packing, Read, Reader, Tokenizer
from aspire_training.model import shipped_weights as base_weights
from aspire_training.question_pairs import Pair

_BATCH = 24
_DROP = 0.1
_SOFT = 0.03
_PARTS = ("qkv", "out", "inner", "outer")
Floats = NDArray[np.float32]


class Adapted(nn.Module):
    """A linear layer that stays as it is, and what is learnt beside it."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer.requires_grad_(requires_grad=False)
        size = layer.in_features
        self.down = nn.Parameter(torch.randn(RANK, size) / math.sqrt(size))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, rows: Tensor) -> Tensor:
        """Give (rows, outputs)."""
        return self.layer(rows) + (rows @ self.down.T) @ self.up.T


class QuestionReader(nn.Module):
    """The reader with adapters; gives log-odds that two questions ask the same."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = Reader(base_weights())
        package = files("aspire_bot.answering.reader")
        restore(self.reader, package.joinpath(WEIGHTS_FILE).read_bytes())
        self.reader.requires_grad_(requires_grad=False)
        for layer in self.reader.layers:
            for part in _PARTS:
                setattr(layer, part, Adapted(getattr(layer, part)))
            for norm in (layer.attention_norm, layer.output_norm):
                norm.requires_grad_(requires_grad=True)
        head = self.reader.passage
        head[0] = Adapted(head[0])
        head[2].requires_grad_(requires_grad=True)
        self.reader.segments.requires_grad_(requires_grad=True)
        self.reader.signs.requires_grad_(requires_grad=True)
        self.drop = nn.Dropout(_DROP)

    def forward(self, ones: Sequence[Read], others: Sequence[Read]) -> Tensor:
        """Give log-odds (pairs,) for questions that the first layers have read."""
        first, active, last = self.reader.passage
        return last(self.drop(active(first(self.drop(self.rows(ones, others))))))[:, 0]

    def rows(self, ones: Sequence[Read], others: Sequence[Read]) -> Tensor:
        """Give what the layers say of pairs: at the begin of both, and the mean of the second."""
        joined = [self.reader.joined(a, b) for a, b in zip(ones, others, strict=True)]
        told = self.reader.aligned(torch.cat([mean for _, _, mean in joined]))
        sizes = [(len(first), len(second)) for first, second, _ in joined]
        packing = Packing([one + other for one, other in sizes])
        more = told.split([size for _, size in sizes])
        state = torch.cat(
            [
                part
                for (first, second, _), mean in zip(joined, more, strict=True)
                for part in (first, second + mean)
            ]
        )
        for layer in self.reader.layers:
            state = layer(state, packing)
        return torch.stack(
            [
                torch.cat([state[at], state[at + one], state[at + one : at + one + other].mean(0)])
                for at, (one, other) in zip(packing.starts, sizes, strict=True)
            ]
        )

    def numbers(self) -> dict[str, Floats]:
        """Give what is learnt, by the names that `adapted.AdaptedWeights` knows."""
        found = {
            "segments": _array(self.reader.segments),
            "signs": _array(self.reader.signs),
        }
        for at, layer in enumerate(self.reader.layers, start=FROZEN_LAYERS):
            for part in _PARTS:
                adapted: Adapted = getattr(layer, part)
                found[f"l{at}.{part}.down"] = _array(adapted.down)
                found[f"l{at}.{part}.up"] = _array(adapted.up)
            for part, norm in (("aln", layer.attention_norm), ("oln", layer.output_norm)):
                found[f"l{at}.{part}.w"] = _array(norm.weight)
                found[f"l{at}.{part}.b"] = _array(norm.bias)
        return found


def read_apart(texts: Sequence[str]) -> dict[str, Read]:
    """Give what the first layers say of each question."""
    weights = base_weights()
    tokens, base = Tokenizer(weights), Base(weights)
    found: dict[str, Read] = {}
    ordered = sorted(dict.fromkeys(texts), key=len)
    for start in range(0, len(ordered), 64):
        some = ordered[start : start + 64]
        ids = [tokens.question(asked_text(text)).ids for text in some]
        for text, piece, states in zip(some, ids, base(ids), strict=True):
            found[text] = Read(states=states.half(), ids=torch.from_numpy(piece))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Pairs to learn from, how much each counts (pairs,), and how often they are seen."""

    pairs: Sequence[Pair]
    weights: Tensor
    epochs: int
    rate: float = 1e-3


def fit(reader: QuestionReader, lesson: Lesson, known: Mapping[str, Read], *, seed: int) -> None:
    """Train in place; which question comes first is left to chance."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    learnt = [p for p in reader.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=lesson.rate, weight_decay=0.01)
    steps, done = lesson.epochs * math.ceil(len(lesson.pairs) / _BATCH), 0
    reader.train()
    for _ in range(lesson.epochs):
        order = chance.permutation(len(lesson.pairs))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            for group in optimiser.param_groups:
                group["lr"] = lesson.rate * min(1.0, (done + 1) / 20) * (1 - done / steps)
            chosen = [lesson.pairs[row] for row in rows]
            said = reader(*_turned(chosen, chance.random(len(rows)) < 0.5, known))
            wanted = torch.tensor([float(p.is_same) for p in chosen]) * (1 - 2 * _SOFT) + _SOFT
            each = functional.binary_cross_entropy_with_logits(said, wanted, reduction="none")
            optimiser.zero_grad()
            (each * lesson.weights[torch.from_numpy(rows)]).mean().backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            done += 1
    reader.eval()


def _turned(
    pairs: Sequence[Pair], are_turned: NDArray[np.bool_], known: Mapping[str, Read]
) -> tuple[list[Read], list[Read]]:
    """The questions of pairs, some of them the other way round."""
    both = [
        (pair.other, pair.one) if turned else (pair.one, pair.other)
        for pair, turned in zip(pairs, are_turned, strict=True)
    ]
    return [_full(known[one]) for one, _ in both], [_full(known[other]) for _, other in both]


def _full(read: Read) -> Read:
    return Read(states=read.states.float(), ids=read.ids)


def _array(tensor: Tensor) -> Floats:
    return tensor.detach().numpy().astype(np.float32)

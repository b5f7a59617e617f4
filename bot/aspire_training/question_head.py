"""The head that judges two questions, in torch: over what the layers say and what rules tell.

`aspire_bot.answering.approved.same_question.model` runs it in NumPy.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from aspire_bot.answering.approved.same_question.facts import QuestionFacts, difference
from aspire_bot.answering.approved.same_question.model import MOST_SPREAD
from aspire_training.question_pairs import Pair, balanced

_INNER = 64
_DROP = 0.3
_SOFT = 0.03
_BATCH = 64
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs as the head sees them; one row a pair."""

    rows: Floats
    """What the layers say, the mean of both orders; (pairs, 3 x 384)."""
    told: Floats
    """What rules tell, as `FACT_NAMES` says; (pairs, facts)."""
    is_same: NDArray[np.bool_]
    is_across: NDArray[np.bool_]
    weights: Floats
    """How much each counts, as `balanced` says."""

    def at(self, rows: NDArray[np.generic]) -> "Judged":
        """Give some of the pairs, by a mask or by their numbers."""
        return Judged(
            rows=self.rows[rows],
            told=self.told[rows],
            is_same=self.is_same[rows],
            is_across=self.is_across[rows],
            weights=self.weights[rows],
        )


def judged(pairs: Sequence[Pair], rows: Floats, facts: dict[str, QuestionFacts]) -> Judged:
    """Put together what the head learns from."""
    told = [difference(facts[p.one], facts[p.other]) for p in pairs]
    languages = [(facts[p.one].language, facts[p.other].language) for p in pairs]
    return Judged(
        rows=rows,
        told=np.array(told, np.float32),
        is_same=np.array([p.is_same for p in pairs]),
        is_across=np.array([one != other for one, other in languages]),
        weights=balanced(languages, [p.is_same for p in pairs]),
    )


class PairHead(nn.Module):
    """Two linear layers with a Gelu between them, as `reader.joint.Head` is in NumPy."""

    def __init__(self, data: Judged) -> None:
        super().__init__()
        self.mean, self.deviation = data.told.mean(0), data.told.std(0) + 0.05
        self.row_mean, self.row_deviation = data.rows.mean(0), data.rows.std(0) + 0.05
        size = data.rows.shape[1] + data.told.shape[1]
        self.first, self.second = nn.Linear(size, _INNER), nn.Linear(_INNER, 1)
        self.drop = nn.Dropout(_DROP)

    def inputs(self, data: Judged) -> Tensor:
        """Give what the layers see of pairs."""
        spread = np.clip((data.told - self.mean) / self.deviation, -MOST_SPREAD, MOST_SPREAD)
        rows = (data.rows - self.row_mean) / self.row_deviation
        return torch.from_numpy(np.concatenate([rows, spread], axis=1).astype(np.float32))

    def forward(self, inputs: Tensor) -> Tensor:
        """Give log-odds; (pairs,)."""
        active = functional.gelu(self.first(self.drop(inputs)))
        return self.second(self.drop(active))[:, 0]

    @torch.no_grad()
    def scores(self, data: Judged) -> Floats:
        """Give log-odds of pairs; (pairs,)."""
        self.eval()
        return self(self.inputs(data)).numpy()

    def numbers(self, name: str) -> dict[str, Floats]:
        """Give the weights as `model.PairModel` wants them: rows come as the layers give them."""
        matrix = self.first.weight.detach().numpy().T.copy()
        size = len(self.row_mean)
        matrix[:size] /= self.row_deviation[:, np.newaxis]
        return {
            f"{name}.mean": self.mean,
            f"{name}.deviation": self.deviation,
            f"{name}.first.w": matrix,
            f"{name}.first.b": self.first.bias.detach().numpy() - self.row_mean @ matrix[:size],
            f"{name}.second.w": self.second.weight.detach().numpy().T,
            f"{name}.second.b": self.second.bias.detach().numpy(),
        }


def fit(data: Judged, *, epochs: int, rate: float, seed: int) -> PairHead:
    """Train a head on pairs; the same seed makes the same."""
    torch.manual_seed(seed)
    head = PairHead(data)
    inputs, weights = head.inputs(data), torch.from_numpy(data.weights)
    wanted = torch.from_numpy(data.is_same.astype(np.float32)) * (1 - 2 * _SOFT) + _SOFT
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.05)
    steps, done = epochs * math.ceil(len(wanted) / _BATCH), 0
    head.train()
    for _ in range(epochs):
        order = torch.randperm(len(wanted))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (done + 1) / 20) * (1 - done / steps)
            said = head(inputs[rows])
            each = functional.binary_cross_entropy_with_logits(said, wanted[rows], reduction="none")
            optimiser.zero_grad()
            (each * weights[rows]).mean().backward()
            optimiser.step()
            done += 1
    return head

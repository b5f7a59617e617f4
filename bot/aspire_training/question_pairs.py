"""Pairs of questions, those that people judged, and their folds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.plain_question import plain_question

FOLDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two questions, and whether an approved answer to the first answers the second."""

    one: str
    other: str
    is_same: bool


def judged_pairs(folders: Iterable[Path]) -> list[Pair]:
    """Read the pairs that people judged."""
    files = [file for folder in folders for file in sorted(folder.glob("same-question*.jsonl"))]
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [Pair(one=x["a"], other=x["b"], is_same=x["same"]) for x in lines]


def folds_of(pairs: Sequence[Pair], seed: int = 7) -> NDArray[np.int64]:
    """Give each pair a fold; all that share a question, in whatever chain, have the same."""
    parents: dict[str, str] = {}

    def root(text: str) -> str:
        parents.setdefault(text, text)
        while parents[text] != text:
            parents[text] = parents[parents[text]]
            text = parents[text]
        return text

    for pair in pairs:
        parents[root(plain_question(pair.one))] = root(plain_question(pair.other))
    roots = sorted({root(plain_question(pair.one)) for pair in pairs})
    order = np.random.default_rng(seed).permutation(len(roots))
    fold = {name: int(at % FOLDS) for name, at in zip(roots, order, strict=True)}
    return np.array([fold[root(plain_question(pair.one))] for pair in pairs])

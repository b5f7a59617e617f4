"""Pairs of questions to learn from, and what of them is kept apart to measure with."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.plain_question import plain_question

FOLDS = 10
Floats = NDArray[np.float32]


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


def related_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Make pairs of what was judged by the same question, as far as they were not judged.

    Two that ask the same as it ask the same; one that does and one that does not are two.
    """
    by_question: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for pair in pairs:
        by_question[pair.one][0 if pair.is_same else 1].append(pair.other)
    known = {frozenset((pair.one, pair.other)) for pair in pairs}
    found: dict[frozenset[str], Pair] = {}
    for same, other in by_question.values():
        alike = [(one, two, True) for at, one in enumerate(same) for two in same[:at]]
        apart = [(one, two, False) for one in same for two in other]
        for one, two, is_same in (*alike, *apart):
            key = frozenset((one, two))
            if len(key) == 2 and key not in known:
                found.setdefault(key, Pair(one=one, other=two, is_same=is_same))
    return list(found.values())


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


def balanced(languages: Sequence[tuple[str, str]], is_same: Sequence[bool]) -> Floats:
    """Give how much each pair counts: each pair of languages the same, right and wrong alike.

    In the data few shared words point to "same", and two languages too: how it was written, not
    how people ask.
    """
    groups = [(*sorted(pair), same) for pair, same in zip(languages, is_same, strict=True)]
    counts = Counter(groups)
    return np.array([len(groups) / len(counts) / counts[x] for x in groups], np.float32)

"""Statements → batches by passage, read as far as the frozen layers go."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray

from aspire_bot.answering.checking.support_text import (
    PASSAGE_TOKENS,
    STATEMENT_TOKENS,
    source_text,
    statement_text,
)
from aspire_bot.answering.reader.weights import READER_FROZEN_LAYERS
from aspire_training.model import Base, Encoded, Read, Tokenizer, shipped_weights
from aspire_training.support_data import OWN_SOURCES, Example

_MOST_TOGETHER = 12
"""Statements about one passage in a batch."""
_BUDGET = 3000
"""Tokens in a batch, about."""
_SORTED = 160
"""Passages that are sorted by length together."""
_CHARACTERS = {"en": 4.0, "ja": 1.8}
"""Characters of a token, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Statements, each about the passage that `owners` says; ranges are of tokens."""

    examples: Sequence[Example]
    passages: list[Read]
    statements: list[Read]
    owners: list[int]
    said: list[tuple[int, int]]
    """Which tokens are the statement itself."""
    unsaid: list[tuple[tuple[int, int], ...]]


@dataclass(slots=True)
class FrozenTexts:
    """What the frozen layers say of texts; of what is learnt from again and again, once."""

    _tokens: Tokenizer = field(default_factory=lambda: Tokenizer(shipped_weights()))
    _base: Base = field(default_factory=lambda: Base(shipped_weights(), READER_FROZEN_LAYERS))
    _known: dict[bytes, Read] = field(default_factory=dict)

    def batch(self, examples: Sequence[Example]) -> Batch:
        """Read statements and their passages, each passage once."""
        encoded = [self._statement(one) for one in examples]
        texts = [source_text(one.title, one.passage) for one in examples]
        places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        passages = [self._tokens.first(text, PASSAGE_TOKENS).ids for text in places]
        keeps = all(one.source in OWN_SOURCES for one in examples)
        read = self._read([*passages, *(one.ids for one in encoded)], keeps=keeps)
        return Batch(
            examples=examples,
            passages=read[: len(passages)],
            statements=read[len(passages) :],
            owners=[places[text] for text in texts],
            said=[_range_of(one) for one in encoded],
            unsaid=[one.ranges[1:] for one in encoded],
        )

    def _statement(self, one: Example) -> Encoded:
        text = statement_text(one.statement, one.question)
        begin = text.spans[0][0]
        spans = [(begin + first, begin + last) for first, last in one.unsaid or ()]
        return self._tokens.first(replace(text, spans=(text.spans[0], *spans)), STATEMENT_TOKENS)

    def _read(self, texts: Sequence[NDArray[np.int64]], *, keeps: bool) -> list[Read]:
        names = [ids.tobytes() for ids in texts]
        found = {name: self._known[name] for name in names if name in self._known}
        missing = {name: ids for name, ids in zip(names, texts, strict=True) if name not in found}
        states = self._base(list(missing.values())) if missing else []
        for (name, ids), state in zip(missing.items(), states, strict=True):
            found[name] = Read(states=state.half(), ids=torch.from_numpy(ids))
        if keeps:
            self._known |= found
        return [found[name] for name in names]


def _range_of(one: Encoded) -> tuple[int, int]:
    first, last = one.ranges[0]
    return (first, last) if first < last else (0, len(one.ids))


def batches(
    epochs: Iterable[Sequence[Example]], chance: random.Random
) -> Iterator[list[list[Example]]]:
    """Give the batches of each epoch in any order; a batch holds some passages' statements."""
    for examples in epochs:
        yield from _batches_of(examples, chance)


def _batches_of(
    examples: Sequence[Example], chance: random.Random
) -> Iterator[list[list[Example]]]:
    about: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for one in examples:
        about[one.passage, one.source].append(one)
    groups = [
        group[low : low + _MOST_TOGETHER]
        for some in about.values()
        for group in [chance.sample(some, len(some))]
        for low in range(0, len(group), _MOST_TOGETHER)
    ]
    chance.shuffle(groups)
    found: list[list[list[Example]]] = []
    for low in range(0, len(groups), _SORTED):
        taken, size = list[list[Example]](), 0.0
        for group in sorted(groups[low : low + _SORTED], key=lambda one: _length(one[:1])):
            if taken and size + _length(group) > _BUDGET:
                found.append(taken)
                taken, size = [], 0.0
            taken = [*taken, group]
            size += _length(group)
        found.append(taken)
    yield from chance.sample(found, len(found))


def _length(group: Sequence[Example]) -> float:
    """The tokens of a passage and of statements about it, about."""
    passage = len(group[0].passage) / _CHARACTERS[group[0].passage_language]
    said = (
        len(one.statement) / _CHARACTERS[one.language] + len(one.question) / _CHARACTERS["en"] + 4
        for one in group
    )
    return passage + sum(said)


def halves(batch: Sequence[Sequence[Example]]) -> list[list[Example]]:
    """Give a batch in two parts of like size; what is about one passage stays together."""
    if len(batch) == 1:
        middle = len(batch[0]) // 2
        return [list(part) for part in (batch[0][:middle], batch[0][middle:]) if part]
    parts: tuple[list[Example], list[Example]] = ([], [])
    for group in sorted(batch, key=len, reverse=True):
        min(parts, key=len).extend(group)
    return [part for part in parts if part]

"""What the frozen layers say of statements and passages, worked out once and kept."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from aspire_bot.answering.checking.support_text import (
    PASSAGE_TOKENS,
    STATEMENT_TOKENS,
    source_text,
    statement_text,
)
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.joint import Apart, FirstLayers, load_first_layers
from aspire_training.model import Read, Tokenizer, shipped_weights
from aspire_training.support_data import Example


@dataclass(slots=True, eq=False)
class Prepared:
    """An example as the frozen layers give it; `said` are the statement's own tokens."""

    example: Example
    passage: Read
    statement: Read
    said: tuple[int, int]
    unsaid: tuple[tuple[int, int], ...]


class Features:
    """What the frozen layers say of texts, worked out once and kept in a folder."""

    def __init__(self, folder: Path, cache: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._known: dict[str, Apart] = {}
        self._cache = cache
        for file in sorted(folder.glob("*.npz")):
            self._known |= _kept(file)

    def add(self, texts: Sequence[tuple[ReaderText, int]]) -> None:
        """Read the texts that are not known; each with its most tokens."""
        missing = {
            _name(text): (text, most) for text, most in texts if _name(text) not in self._known
        }
        first: FirstLayers = load_first_layers(self._cache)
        names = sorted(missing)
        began = time.time()
        for low in range(0, len(names), 400):
            some = {name: first.read(*missing[name]) for name in names[low : low + 400]}
            _keep(self._folder / f"{names[low]}.npz", some)
            self._known |= some
            print(
                f"features {low + len(some)}/{len(names)} {time.time() - began:.0f} s", flush=True
            )

    def of(self, text: ReaderText) -> Read:
        """Give what was read of a text."""
        apart = self._known[_name(text)]
        return Read(states=torch.from_numpy(apart.states), ids=torch.from_numpy(apart.ids))


def _name(text: ReaderText) -> str:
    return hashlib.sha256(text.text.encode("utf-8", "replace")).hexdigest()[:24]


def _keep(file: Path, some: dict[str, Apart]) -> None:
    sizes = np.array([len(one.ids) for one in some.values()])
    ids = np.concatenate([one.ids for one in some.values()])
    states = np.concatenate([one.states for one in some.values()])
    np.savez(file, names=np.array(list(some)), sizes=sizes, ids=ids, states=states)


def _kept(file: Path) -> dict[str, Apart]:
    with np.load(file) as data:
        ends = np.cumsum(data["sizes"])[:-1]
        ids, states = np.split(data["ids"], ends), np.split(data["states"], ends)
        names = data["names"].tolist()
    return {
        name: Apart(ids=one, states=other)
        for name, one, other in zip(names, ids, states, strict=True)
    }


def prepare(examples: Sequence[Example], features: Features) -> list[Prepared]:
    """Work out once what the frozen layers say."""
    sources = [source_text(one.title, one.passage) for one in examples]
    said = [statement_text(one.statement, one.question) for one in examples]
    features.add([(text, PASSAGE_TOKENS) for text in sources])
    features.add([(text, STATEMENT_TOKENS) for text in said])
    tokens = Tokenizer(shipped_weights())
    found: list[Prepared] = []
    for one, source, text in zip(examples, sources, said, strict=True):
        begin = text.spans[0][0]
        spans = [(begin + a, begin + b) for a, b in one.unsaid or ()]
        places = tokens.first(
            ReaderText(text=text.text, spans=(text.spans[0], *spans)), STATEMENT_TOKENS
        ).ranges
        if places[0][0] < places[0][1]:
            found.append(
                Prepared(one, features.of(source), features.of(text), places[0], places[1:])
            )
    return found

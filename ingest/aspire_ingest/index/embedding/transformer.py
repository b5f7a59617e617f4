"""multilingual-e5-small, loaded once a process: token ids in, hidden states out."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.cached_file import cached_bytes
from aspire_ingest.index.embedding.session import Session
from aspire_ingest.index.embedding.unigram import UnigramTokenizer
from aspire_ingest.index.embedding.weights import (
    WEIGHTS_SHA256,
    Weights,
    check_weights,
    dequantise,
    find_weights,
    read_weights,
)

GRAPH_REVISION = 2
"""Goes up whenever the graph made from the same weights changes."""
_UNSEEN = np.float32(-50)
"""Attention falls by a factor of 2e22. Not lower: below -87 the numbers become denormal, and the
softmax takes ten times as long."""

_loading = threading.Lock()
_loaded: dict[Path, "Transformer"] = {}


EMBEDDED, BIAS = "embedded", "bias"
PASSAGE, SENTENCES = "passage", "sentences"
"""Names of the inputs and outputs of the graph."""


class Vocabulary:
    """What comes before the layers: the tokenizer, and the embeddings of tokens."""

    def __init__(self, weights: Weights) -> None:
        """Make the tokenizer ready (0.07 s)."""
        self.tokenize = UnigramTokenizer(weights)
        self.special = weights.special
        self.max_tokens = weights.shape.positions
        hidden = weights.shape.hidden
        self._words = weights.rows("emb.word", hidden)
        positions = weights.floats("emb.pos").reshape(-1, hidden)
        self._positions = np.add(positions, weights.floats("emb.type")[:hidden], dtype=np.float32)

    def embedded(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the sum of the embeddings of each token; (tokens,) to (tokens, hidden)."""
        positions = self._positions[: len(ids)]
        return np.add(dequantise(self._words[ids]), positions, dtype=np.float32)

    def marked(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Put the marks of begin and end around tokens."""
        return np.concatenate([[self.special.begin], ids, [self.special.end]])


class Transformer:
    """multilingual-e5-small: a tokenizer, and a forward pass over one text at a time.

    One text a pass, on one thread: there is no padding, the activations of a text are quantised
    without regard to its neighbours, so its vectors never depend on the batch it came in, and
    two passes side by side use two cores better than one pass on both.
    """

    def __init__(self, vocabulary: Vocabulary, session: Session) -> None:
        """Put the tokenizer and the layers together."""
        self.vocabulary = vocabulary
        self.tokenize = vocabulary.tokenize
        self.marked = vocabulary.marked
        self.max_tokens = vocabulary.max_tokens
        self._session = session

    def run(
        self, ids: NDArray[np.int64], groups: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give the last hidden states of each token, (tokens,) to (tokens, hidden), in two ways.

        Args:
            ids: the tokens with the marks around them.
            groups: which sentence each token belongs to, 0 being what stands before them all.

        Returns:
            States by attention to the whole text; and states for which, in the last layers, a token
            sees its own group and group 0 alone. Without groups, the first twice.

        Raises:
            EmbeddingError: the runtime failed, for lack of memory as a rule.
        """
        bias = np.zeros((1, 1, 0, 0), np.float32)
        if groups is not None:
            is_seen = (groups[:, np.newaxis] == groups) | (groups == 0)
            bias = np.where(is_seen, np.float32(0), _UNSEEN)[np.newaxis, np.newaxis]
        feeds = {EMBEDDED: self.vocabulary.embedded(ids)[np.newaxis], BIAS: bias}
        passage, sentences = self._session.run(feeds, (PASSAGE, SENTENCES))
        return passage[0], passage[0] if groups is None else sentences[0]


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Give the tokenizer and the token embeddings of this process.

    Raises:
        EmbeddingError: the weights are absent or cannot be read.
    """
    return Vocabulary(read_weights(find_weights()))


def load_transformer(cache_dir: Path) -> Transformer:
    """Give the model of this process, loading it on the first call (slowly on the very first).

    Raises:
        EmbeddingError: the weights are absent or damaged, or onnxruntime cannot open the graph.
    """
    with _loading:
        if cache_dir not in _loaded:
            name = f"e5-small-{WEIGHTS_SHA256[:16]}-{GRAPH_REVISION}.onnx"
            with ThreadPoolExecutor(1) as pool:  # side by side: 0.3 s
                opening = pool.submit(open_graph, cache_dir / "embedding" / name, _build)
                vocabulary = load_vocabulary()
                _loaded[cache_dir] = Transformer(vocabulary, opening.result())
        return _loaded[cache_dir]


def open_graph(kept: Path, build: Callable[[Weights], bytes]) -> Session:
    """Open a graph that is kept in a file; made from the weights, which are checked, at first.

    Raises:
        EmbeddingError: the weights are absent or damaged, or onnxruntime cannot open the graph.
    """

    def made() -> bytes:
        path = find_weights()
        check_weights(path)
        return build(read_weights(path))

    return Session(cached_bytes(kept, made))


def _build(weights: Weights) -> bytes:
    # Here, not above: onnx takes a second to import and is needed at the very first start only.
    from aspire_ingest.index.embedding.graph import build_graph  # noqa: PLC0415

    return build_graph(weights)

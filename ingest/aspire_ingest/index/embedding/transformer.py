"""multilingual-e5-small, loaded once a process: token ids in, hidden states out."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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


class Transformer:
    """multilingual-e5-small: a tokenizer, and a forward pass over one text at a time.

    One text a pass, on one thread: there is no padding, the activations of a text are quantised
    without regard to its neighbours, so its vectors never depend on the batch it came in, and
    two passes side by side use two cores better than one pass on both.
    """

    def __init__(self, weights: Weights, open_session: Callable[[], Session]) -> None:
        """Build the tokenizer and open the session, side by side (0.3 s)."""
        with ThreadPoolExecutor(1) as pool:
            opening = pool.submit(open_session)
            self.tokenize = UnigramTokenizer(weights)
            self._session = opening.result()
        self.special = weights.special
        self.max_tokens = weights.shape.positions
        hidden = weights.shape.hidden
        self._words = weights.rows("emb.word", hidden)
        positions = weights.floats("emb.pos").reshape(-1, hidden)
        self._positions = np.add(positions, weights.floats("emb.type")[:hidden], dtype=np.float32)

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
        bias = None
        if groups is not None:
            is_seen = (groups[:, np.newaxis] == groups) | (groups == 0)
            bias = np.where(is_seen, np.float32(0), _UNSEEN)
        positions = self._positions[: len(ids)]
        return self._session.run(
            np.add(dequantise(self._words[ids]), positions, dtype=np.float32), bias
        )


def load_transformer(cache_dir: Path) -> Transformer:
    """Give the model of this process, loading it on the first call (slowly on the very first).

    Raises:
        EmbeddingError: the weights are absent or damaged, or onnxruntime cannot open the graph.
    """
    with _loading:
        if cache_dir not in _loaded:
            path = find_weights()
            weights = read_weights(path)
            name = f"e5-small-{WEIGHTS_SHA256[:16]}-{GRAPH_REVISION}.onnx"
            kept = cache_dir / "embedding" / name
            _loaded[cache_dir] = Transformer(
                weights, lambda: Session(cached_bytes(kept, lambda: _convert(path, weights)))
            )
        return _loaded[cache_dir]


def _convert(path: Path, weights: Weights) -> bytes:
    check_weights(path)
    # Here, not above: onnx takes a second to import and is needed at the very first start only.
    from aspire_ingest.index.embedding.graph import build_graph  # noqa: PLC0415

    return build_graph(weights)

"""The reader's layers taught to compare questions: small adapters, added to them when asked for."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.reader.weights import ReaderWeights

RANK = 8
"""Of the adapters (Hu et al. 2021, arXiv:2106.09685): what is learnt beside a matrix."""
_JOINED = {"ao": "out", "fi": "inner", "fo": "outer"}
"""Matrices that have an adapter of their own; the three of attention share one."""


class AdaptedWeights:
    """The reader's numbers with what was learnt of questions added to them.

    Matrices are put together only when a graph is built, which is kept.
    """

    def __init__(self, base: ReaderWeights, learnt: Mapping[str, NDArray[np.float32]]) -> None:
        """`learnt` holds `down` (rank, inputs) and `up` (outputs, rank), and whole arrays."""
        self._base = base
        self._learnt = learnt
        self.shape = base.shape

    def floats(self, name: str) -> NDArray[np.float32]:
        """Give a vector or a small matrix (inputs, outputs)."""
        return self._learnt[name] if name in self._learnt else self._base.floats(name)

    def quantised(self, name: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Give a matrix (inputs, outputs) in whole numbers, and the scale of each output."""
        # Here, not above: it loads what builds graphs, which a start with a kept graph needs not.
        from aspire_ingest.index.embedding.builder import quantise  # noqa: PLC0415

        whole, scales = self._base.quantised(name)
        layer, part = name.split(".")
        added = self._added(f"{layer}.{_JOINED.get(part, 'qkv')}")
        if part not in _JOINED:
            added = np.split(added, 3, axis=1)["qkv".index(part)]
        return quantise(whole.astype(np.float32) * scales + added)

    def _added(self, name: str) -> NDArray[np.float32]:
        """What an adapter adds to a matrix; (inputs, outputs)."""
        down, up = (self._learnt[f"{name}.{side}"] for side in ("down", "up"))
        return down.T @ up.T

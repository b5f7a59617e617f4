"""The one module that knows onnxruntime."""

# onnxruntime has no type stubs: what it gives is checked by hand where it leaves this module.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import os
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import EmbeddingError

# Read when the library is loaded; its own function for the same comes too late. Releases from 1.31
# on keep an id of the machine and a store of events in the user's cache, to send them to the maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

# Compiled: invisible to the type checker.
from onnxruntime.capi import (
    onnxruntime_pybind11_state as state,  # pyright: ignore[reportAttributeAccessIssue]
)

# The errors of onnxruntime have no base of their own.
_ERRORS: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NotImplemented,
    state.RuntimeException,
)


class Session:
    """A graph ready to run, each pass on the thread that asks for it; safe on many at once."""

    def __init__(self, graph: bytes) -> None:
        """Open the graph.

        Raises:
            EmbeddingError: this build of onnxruntime cannot run it.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # The higher levels would fuse the layer norms into an operator seven times as slow.
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            self._session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except _ERRORS as error:
            raise EmbeddingError(
                f"onnxruntime {ort.__version__} cannot open the embedding model: {error}"
            ) from error

    def run(
        self, feeds: Mapping[str, NDArray[np.float32]], wanted: Sequence[str]
    ) -> list[NDArray[np.float32]]:
        """Give the outputs that are wanted, by name and in that order.

        Raises:
            EmbeddingError: the runtime failed, for lack of memory as a rule.
        """
        try:
            found = self._session.run(list(wanted), dict(feeds))
        except _ERRORS as error:
            raise EmbeddingError(f"the embedding model failed: {error}") from error
        return [np.asarray(output, np.float32) for output in found]

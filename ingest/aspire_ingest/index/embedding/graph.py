"""The transformer as an ONNX graph with int8 matrix products; used once, at the first start.

The graph goes from embedded tokens (batch, tokens, hidden) to the last hidden states in the same
shape. Operators are the ones onnxruntime runs fastest on a CPU, measured one by one: attention
fused, bias inside the matrix product, layer norm and Gelu unfused (see
docs/adr/0001-embedding-engine.md).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from aspire_ingest.index.embedding.weights import Weights

INPUT = "embedded"
OUTPUT = "hidden"
_RUNTIME = "com.microsoft"
_OPSET = 20
_IR_VERSION = 10
_LARGEST = 63
"""Weights use 7 bits: on processors without VNNI, products of 8 by 8 bits overflow in pairs and the
result would depend on the machine. The cosine to full precision is the same (0.997)."""


def build_graph(weights: Weights) -> bytes:
    """Build the model, serialised (22 MB; about a second)."""
    builder = _Builder()
    shape = weights.shape
    state = _normed(builder, weights, INPUT, "emb.ln")
    for layer in range(shape.layers):
        attended = _attention(builder, weights, state, layer)
        summed = builder.add("Add", [state, attended])
        state = _normed(builder, weights, summed, f"l{layer}.aln")
        inner = builder.product(state, *_linear(weights, f"l{layer}.fi", shape.hidden))
        active = builder.add("Gelu", [inner])
        outer = builder.product(active, *_linear(weights, f"l{layer}.fo", shape.feed_forward))
        summed = builder.add("Add", [state, outer])
        state = _normed(builder, weights, summed, f"l{layer}.oln")
    builder.add("Identity", [state], outputs=[OUTPUT])
    return builder.model(["batch", "tokens", shape.hidden]).SerializeToString()


def _linear(
    weights: Weights, name: str, inputs: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Give matrix (inputs, outputs) and bias (outputs,) of one linear layer."""
    return weights.matrix(name + ".w", inputs).T, weights.floats(name + ".b")


def _attention(builder: "_Builder", weights: Weights, state: str, layer: int) -> str:
    hidden = weights.shape.hidden
    heads = [_linear(weights, f"l{layer}.{part}", hidden) for part in "qkv"]
    joined = builder.product(
        state,
        np.concatenate([matrix for matrix, _ in heads], axis=1),
        np.concatenate([bias for _, bias in heads]),
    )
    parts = [f"{joined}.{part}" for part in "qkv"]
    builder.add("Split", [joined], outputs=parts, attributes={"axis": -1, "num_outputs": 3})
    mixed = builder.add(
        "MultiHeadAttention", parts, domain=_RUNTIME, attributes={"num_heads": weights.shape.heads}
    )
    return builder.product(mixed, *_linear(weights, f"l{layer}.ao", hidden))


def _normed(builder: "_Builder", weights: Weights, state: str, name: str) -> str:
    scale = builder.constant(weights.floats(name + ".w"))
    shift = builder.constant(weights.floats(name + ".b"))
    return builder.add(
        "LayerNormalization",
        [state, scale, shift],
        attributes={"axis": -1, "epsilon": weights.shape.epsilon},
    )


def _quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Give the matrix in whole numbers and the scale of each column (an output channel)."""
    scales = (np.abs(matrix).max(axis=0) / _LARGEST).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales


class _Builder:
    """Collects nodes and constants and names them."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[np.generic]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self,
        kind: str,
        inputs: Sequence[str],
        *,
        outputs: Sequence[str] = (),
        domain: str = "",
        attributes: Mapping[str, float] = MappingProxyType({}),
    ) -> str:
        """Add a node and give the name of its (first) output."""
        names = list(outputs) or [f"n{len(self._nodes)}"]
        node = helper.make_node(kind, list(inputs), names, domain=domain)
        node.attribute.extend(
            helper.make_attribute(key, value) for key, value in attributes.items()
        )
        self._nodes.append(node)
        return names[0]

    def product(self, state: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Add `state @ matrix + bias`, the state being quantised as it comes."""
        whole, scales = _quantise(matrix)
        constants = (whole, scales, np.zeros(len(scales), np.int8), bias)
        inputs = [state, *(self.constant(value) for value in constants)]
        return self.add("DynamicQuantizeMatMul", inputs, domain=_RUNTIME)

    def model(self, shape: Sequence[str | int]) -> onnx.ModelProto:
        ends = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))
            for name in (INPUT, OUTPUT)
        ]
        graph = helper.make_graph(self._nodes, "e5", ends[:1], ends[1:], self._constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = _IR_VERSION
        return model

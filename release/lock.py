"""What a lock file pins."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedPackage:
    """One line of a lock file."""

    name: str
    """As the package index normalises it: `pyyaml`, not `PyYAML`."""
    version: str
    marker: str | None
    """Where it is installed, as in `sys_platform != 'win32'`; None: everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of each file of this release that may be installed."""


def read_lock(path: Path) -> tuple[PinnedPackage, ...]:
    """Read a lock file as `uv pip compile --generate-hashes` writes it.

    Raises:
        ValueError: a line pins no single version, or has no hash; the message names it.
    """
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return tuple(_pinned(line, path) for line in lines if line and not line.startswith("#"))


def _pinned(line: str, path: Path) -> PinnedPackage:
    requirement = Requirement(line.partition(" --hash")[0].strip())
    versions = [one.version for one in requirement.specifier if one.operator == "=="]
    hashes = tuple(_HASH.findall(line))
    if len(versions) != 1 or not hashes:
        raise ValueError(f"{path.name}: {line[:80]!r} pins no single version by hash: `make lock`")
    return PinnedPackage(
        name=canonicalize_name(requirement.name),
        version=versions[0],
        marker=str(requirement.marker) if requirement.marker else None,
        hashes=hashes,
    )

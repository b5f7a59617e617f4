"""Weights and data that are shipped beside code, with their licences."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Material(BaseModel):
    """One entry of `materials.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kind: Literal["weights", "data"]
    files: tuple[str, ...]
    """Patterns, from the root of the repository or of the installed `package`."""
    licence: str
    """As an SPDX expression."""
    card: str
    """The file that says where it comes from."""
    about: str
    package: str | None = None
    """The package that carries it; None: ours."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    material: tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialFile:
    """One file of a material."""

    path: str
    sha256: str


def read_materials(root: Path) -> tuple[Material, ...]:
    """Read `release/materials.toml` of the repository at `root`."""
    text = (root / "release" / "materials.toml").read_text(encoding="utf-8")
    return _Table.model_validate(tomllib.loads(text)).material


def files_of(material: Material, root: Path) -> tuple[MaterialFile, ...]:
    """Give the files of a material, by path.

    Raises:
        FileNotFoundError: a pattern finds nothing, or the package is not installed.
    """
    base = root if material.package is None else _folder_of(material.package)
    found: list[MaterialFile] = []
    for pattern in material.files:
        paths = sorted(path for path in base.glob(pattern) if path.is_file())
        if not paths:
            raise FileNotFoundError(f"materials.toml: {material.name}: nothing is at {pattern}")
        found += [
            MaterialFile(path=path.relative_to(base).as_posix(), sha256=_sha256(path))
            for path in paths
        ]
    return tuple(found)


def _folder_of(package: str) -> Path:
    try:
        return Path(str(distribution(package).locate_file("")))
    except PackageNotFoundError as error:
        raise FileNotFoundError(f"{package} is not installed: `make setup`") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

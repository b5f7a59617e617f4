"""The programs' own modules, read without importing them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "bot" / "aspire_bot", ROOT / "ingest" / "aspire_ingest")
"""What is installed: not what trains the models."""


@dataclass(frozen=True)
class Module:
    """One file of the programs."""

    path: Path
    source: str

    @cached_property
    def name(self) -> str:
        """Its dotted name, that of the package for an `__init__.py`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts[1:]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.source)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.source.count("\n")


def product_modules() -> Iterator[Module]:
    """Give every module of both programs, in order of their paths."""
    for package in PACKAGES:
        for path in sorted(package.rglob("*.py")):
            yield Module(path, path.read_text(encoding="utf-8"))

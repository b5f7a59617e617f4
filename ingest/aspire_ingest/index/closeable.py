"""What is used in a `with` block and closed at its end."""

from abc import ABC, abstractmethod
from typing import Self


class Closeable(ABC):
    """Base of what holds files, processes or locks: leaving its block closes it."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held."""

    def __enter__(self) -> Self:
        """Give the object itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close, whatever happened in the block."""
        self.close()

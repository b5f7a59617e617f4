"""Models that a process opens once: they take a second to open, and some hundred megabytes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

_Model = TypeVar("_Model")


class LoadedOnce(Generic[_Model]):
    """Opens a model at the first call for a cache folder, and gives the same one from then on.

    Threads that ask meanwhile wait for it. Where opening fails, the next call tries again.
    """

    def __init__(self, open_model: Callable[[Path], _Model]) -> None:
        """Open models by `open_model`, which is given the cache folder."""
        self._open = open_model
        self._lock = threading.Lock()
        self._models: dict[Path, _Model] = {}

    def __call__(self, cache_dir: Path) -> _Model:
        """Give the model; raises as `open_model` does."""
        with self._lock:
            if cache_dir not in self._models:
                self._models[cache_dir] = self._open(cache_dir)
            return self._models[cache_dir]

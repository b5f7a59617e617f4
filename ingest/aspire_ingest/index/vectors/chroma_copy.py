"""A private copy of a generation's Chroma directory, for one reader.

Opening a Chroma directory writes to it, and a generation never changes. The copy is marked as in
use; the mark vanishes with its process, and whoever makes the next copy sweeps what is unmarked.
"""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.errors import IndexAccessError
from aspire_ingest.index.generations.hold import is_held, try_hold
from aspire_ingest.index.generations.home import CHROMA_NAME, HELD_NAME, Home
from aspire_ingest.index.types import Audience, ScoredPassageId
from aspire_ingest.index.vectors.chroma import ChromaVectors

_PREFIX = "aspire-reader-"


class CopiedChroma:
    """Chroma's vectors out of a copy that goes away when it is closed."""

    def __init__(self, home: Home, generation: Path) -> None:
        """Copy the directory and open the copy.

        Raises:
            IndexAccessError: it cannot be copied, or no place can be written to.
        """
        place = _place(home)
        _sweep(place)
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        (self._folder / HELD_NAME).touch()
        self._hold = try_hold(self._folder / HELD_NAME)
        try:
            shutil.copytree(generation / CHROMA_NAME, self._folder / CHROMA_NAME)
        except OSError as error:
            self._discard()
            raise IndexAccessError(
                f"{generation / CHROMA_NAME} cannot be copied ({error}); run `aspire-ingest verify`"
            ) from error
        self.chroma = ChromaVectors(self._folder / CHROMA_NAME)

    def search(
        self, vector: NDArray[np.float32], language: str, audiences: frozenset[Audience], k: int
    ) -> list[ScoredPassageId]:
        """The `k` nearest passages by cosine, best first."""
        return self.chroma.search(vector, language, audiences, k)

    def close(self) -> None:
        """Close and remove the copy."""
        self.chroma.close()
        self._discard()

    def _discard(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._hold is not None:
            self._hold.release()


def _place(home: Home) -> Path:
    """Beside the generations; where the bot may not write there, the system's temporary folder."""
    with suppress(OSError):
        home.readers.mkdir(exist_ok=True)
        tempfile.TemporaryFile(dir=home.readers).close()
        return home.readers
    return Path(tempfile.gettempdir())


def _sweep(place: Path) -> None:
    for copy in place.glob(f"{_PREFIX}*"):
        # A copy without a mark yet is being made at this moment, or lost a race by microseconds.
        if (copy / HELD_NAME).exists() and not is_held(copy / HELD_NAME):
            shutil.rmtree(copy, ignore_errors=True)

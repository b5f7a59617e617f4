"""What a peer is given and what it has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index import Document, Passage
from aspire_ingest.index.embedding.types import Embedder

OURS = "aspire-bot"
DEPTH = 60
"""Passages asked of every system: enough for ten distinct documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The documents of one index, and what we made of them, for peers that bring no splitter.

    `texts` are our passages as they are embedded, title and headings before the words; `vectors`
    are theirs, shape (passages, dimension).
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    texts: Sequence[str]
    vectors: NDArray[np.float32]
    embedder: Embedder
    folder: Path
    """An empty place for what a peer wants to write."""


class Rank(Protocol):
    """Asks a peer: document ids of the best passages, best first, with repetitions."""

    def __call__(self, question: str) -> Sequence[str]:
        """Rank the documents for a question."""
        ...


class Open(Protocol):
    """Sets a peer up as its own quick start has it."""

    def __call__(self, material: Material) -> Rank:
        """Index the material."""
        ...

"""An embedder that notes what it was given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tests.small_index import EMBEDDER

from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.types import EmbeddedPassage, PassageInput


@dataclass
class CountingEmbedder:
    """Embeds like the plain one and notes the texts."""

    inner: HashingEmbedder = EMBEDDER
    texts: list[str] = field(default_factory=list[str])
    fails_at: str | None = None
    """Words at which it is interrupted."""

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        for row, embedded in self.inner.embed_passages(inputs):
            if self.fails_at and self.fails_at in inputs[row].text:
                raise KeyboardInterrupt
            self.texts.append(inputs[row].text)
            yield row, embedded

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.inner.embed_query(text)

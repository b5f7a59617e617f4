"""Vectors without a model: hashed character n-grams, for tests and machines without weights."""

import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_ingest.index.embedding.types import EmbeddedPassage, PassageInput

_SIZES = (2, 3, 4)
_REVISION = 1


class HashingEmbedder:
    """Texts are near when they share character n-grams: spelling, not meaning.

    Every n-gram of the case-folded NFKC text adds 1 or -1, by its CRC-32, to one component, damped
    by the root of its count. Deterministic on all machines, some 5,000 passages a second; good for
    near copies within one language, blind across languages.
    """

    def __init__(self, dimension: int = 256) -> None:
        """Choose the number of components, at least 8; below 256, n-grams collide often."""
        if dimension < 8:
            raise ValueError("a hashing embedder needs at least 8 dimensions")
        self._dimension = dimension

    @property
    def name(self) -> str:
        """The setting that chooses it, and the revision of the way it hashes."""
        return f"hashing/{self._dimension}@{_REVISION}"

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return self._dimension

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position, vectors) in the order of `inputs`; sentences are embedded alone."""
        for position, passage in enumerate(inputs):
            vector = self.embed_query(f"{passage.context}\n{passage.text}")
            sentences = np.empty((len(passage.spans), self._dimension), np.float32)
            for row, (start, end) in enumerate(passage.spans):
                sentences[row] = self.embed_query(passage.text[start:end])
            yield position, EmbeddedPassage(vector=vector, sentences=sentences)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of any text; shape (dimension,)."""
        folded = unicodedata.normalize("NFKC", text).casefold()
        padded = f" {' '.join(folded.split())} "
        grams = Counter(
            padded[at : at + size] for size in _SIZES for at in range(len(padded) - size + 1)
        )
        vector = np.zeros(self._dimension)
        for gram, count in grams.items():
            code = zlib.crc32(gram.encode("utf-8", "surrogatepass"))
            vector[(code >> 1) % self._dimension] += (1 if code & 1 else -1) * count**0.5
        length = np.linalg.norm(vector)
        if length == 0:  # all n-grams cancelled out: any fixed direction will do
            vector[0] = length = 1.0
        return (vector / length).astype(np.float32)

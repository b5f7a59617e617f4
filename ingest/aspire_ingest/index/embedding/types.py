"""What goes into an embedder and what comes out of it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageInput:
    """One passage as an embedder reads it.

    `context` (title and path of headings) is put before `text` for the model alone. `spans` are
    the sentences of `text`: pairs of code-point offsets (start, end) into it.

    Raises:
        ValueError: a span does not lie inside the text.
    """

    text: str
    context: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse spans that would silently get the vector of something else."""
        for start, end in self.spans:
            if not 0 <= start <= end <= len(self.text):
                raise ValueError(f"span ({start}, {end}) is not inside {len(self.text)} characters")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmbeddedPassage:
    """The vectors of one passage, all of length one.

    `vector` has the shape (dimension,); `sentences` has the shape (spans, dimension), one row
    for each span of the input, in its order.
    """

    vector: NDArray[np.float32]
    sentences: NDArray[np.float32]


class Embedder(Protocol):
    """Turns passages and questions into vectors whose dot product says how near they are."""

    @property
    def name(self) -> str:
        """Model, revision of the weights and quantisation; part of the index fingerprint.

        Reading it loads no model.
        """
        ...

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        ...

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position in `inputs`, its vectors), each position once.

        The order is the engine's own (by length, as a rule); results come batch by batch, so that
        a caller can show progress and store what is done.

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of a query; its shape is (dimension,), its length one.

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        ...


def content_key(passage: PassageInput) -> str:
    """Give the SHA-256 (hexadecimal) over all that shapes the vectors: context, text and spans.

    Equal keys under one embedder name mean equal vectors: the key of the vector cache.
    """
    digest = hashlib.sha256()
    for part in (passage.context, passage.text):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little"))
        digest.update(encoded)
    digest.update(repr([(int(start), int(end)) for start, end in passage.spans]).encode())
    return digest.hexdigest()

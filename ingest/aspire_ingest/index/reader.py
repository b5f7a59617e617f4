"""Reading one published generation of the index, whatever stores its vectors.

`aspire_ingest.index.open_index` opens readers: `open_reader` for one question, `CurrentIndex` for a
process that lives on while new generations are published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from aspire_ingest.index.types import (
        Audience,
        Document,
        DocumentInfo,
        IndexManifest,
        Passage,
        ScoredPassageId,
    )

VectorBackend = Literal["exact", "chroma"]


class IndexReader(Protocol):
    """One generation, which never changes while it is open.

    All methods may be called from several threads at once. A generation that breaks under a reader
    raises `IndexAccessError`.
    """

    @property
    def manifest(self) -> IndexManifest:
        """What this generation is and when it was published."""
        ...

    def languages(self) -> tuple[str, ...]:
        """Languages of the passages present, the most frequent first."""
        ...

    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of every document, by `document_id`, in id order."""
        ...

    def document(self, document_id: str) -> Document:
        """The document with its text.

        Raises:
            KeyError: no document has this id.
        """
        ...

    def passages(self, passage_ids: Sequence[str], *, with_sentences: bool = True) -> list[Passage]:
        """The passages in the order asked for.

        Without their sentences and terms, which are empty then, they come ten times faster.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        ...

    def document_ids(self, passage_ids: Sequence[str]) -> list[str]:
        """The document of each passage, in the order asked for: far cheaper than the passages.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        ...

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in reading order; empty where it has none or is unknown."""
        ...

    def search_vectors(
        self,
        vector: NDArray[np.float32],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` passages nearest to a vector of shape (dimension,), by cosine, best first."""
        ...

    def search_words(
        self,
        terms: Mapping[str, float],
        *,
        language: str,
        audiences: frozenset[Audience],
        k: int,
    ) -> list[ScoredPassageId]:
        """The `k` best passages for analysed terms and their weights, by BM25, best first."""
        ...

    def vectors(self, passage_ids: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, shape (n, dimension), in the order asked for.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        ...

    def sentence_vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Unit vectors of each passage's sentences, shape (sentences, dimension), by passage id.

        Raises:
            KeyError: one of the ids is not in the index.
        """
        ...

    def document_frequency(self, term: str, language: str) -> int:
        """How many passages of the language hold an analysed term."""
        ...

    def passage_count(self, language: str) -> int:
        """How many passages of the language there are."""
        ...

    def nearest_terms(self, term: str, language: str, limit: int) -> list[str]:
        """Indexed terms spelt most like `term`, nearest first: the way back from a typo."""
        ...

    def terms_said_as(self, name: str, language: str, *, is_from_abroad: bool = False) -> list[str]:
        """Indexed terms that are said as a name in Latin letters, the commonest first."""
        ...

    def close(self) -> None:
        """Let go of the generation. Closing twice is allowed; using it afterwards is not."""
        ...

    def __enter__(self) -> Self:
        """Use as a context manager that closes at its end."""
        ...

    def __exit__(self, *exc: object) -> None:
        """Close."""
        ...

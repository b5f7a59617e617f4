"""What the core needs from outside, as small protocols stated where they are used."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.query import Query
from aspire_bot.answering.types import ScoredPassage


class QueryEmbedder(Protocol):
    """The half of an embedder that answering needs."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the unit vector of a query, shape (dimension,).

        Raises:
            EmbeddingError: the model cannot be loaded or run.
        """
        ...


class Reranker(Protocol):
    """An optional second stage that orders the first passages anew."""

    def rerank(self, query: Query, ranking: tuple[ScoredPassage, ...]) -> tuple[ScoredPassage, ...]:
        """Give the same passages in a better order, scores and ranks made anew."""
        ...

"""Passages and queries as vectors: the types here, one module per engine beside them."""

from aspire_ingest.index.embedding.types import (
    EmbeddedPassage,
    Embedder,
    PassageInput,
    content_key,
)

__all__ = ["EmbeddedPassage", "Embedder", "PassageInput", "content_key"]

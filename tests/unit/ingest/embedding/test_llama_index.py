import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr
from typing_extensions import override

from aspire_ingest.adapters.embedding import LlamaIndexEmbedding, ProviderEmbedder
from aspire_ingest.index.embedding import PassageInput
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.errors import EmbeddingError

TEXTS = ["joint research", "国際共同研究", ""]


class Remote(BaseEmbedding):
    """A provider whose answers are a function of the text."""

    _answer: Callable[[str], list[float]] = PrivateAttr()

    def __init__(self, answer: Callable[[str], list[float]]) -> None:
        super().__init__(model_name="remote")
        self._answer = answer

    @override
    def _get_query_embedding(self, query: str) -> list[float]:
        return self._answer("query " + query)

    @override
    def _get_text_embedding(self, text: str) -> list[float]:
        return self._answer(text)

    @override
    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._answer("query " + query)


def by_letters(text: str) -> list[float]:
    text.encode()  # as a client does: lone surrogates would fail here
    assert "\0" not in text
    assert text
    return [float(len(text)), float(text.count("e")), 1.0]


def test_our_embedder_serves_llama_index() -> None:
    ours = HashingEmbedder(64)
    theirs = LlamaIndexEmbedding(ours)

    vectors = theirs.get_text_embedding_batch(TEXTS)

    assert theirs.model_name == ours.name
    for position, embedded in ours.embed_passages([PassageInput(text=text) for text in TEXTS]):
        np.testing.assert_allclose(vectors[position], embedded.vector)
        np.testing.assert_allclose(theirs.get_text_embedding(TEXTS[position]), embedded.vector)
    np.testing.assert_allclose(theirs.get_query_embedding("why?"), ours.embed_query("why?"))
    np.testing.assert_allclose(
        asyncio.run(theirs.aget_query_embedding("why?")), ours.embed_query("why?")
    )


def test_a_provider_serves_us() -> None:
    embedder = ProviderEmbedder(Remote(by_letters), name="remote/letters")
    passage = PassageInput(context="Title", text="One here. Two there.", spans=((0, 9), (10, 20)))

    ((position, embedded),) = embedder.embed_passages([passage])

    assert (position, embedder.name, embedder.dimension) == (0, "remote/letters", 3)
    for found, text in zip(
        [embedded.vector, *embedded.sentences],
        ["Title\nOne here. Two there.", "One here.", "Two there."],
        strict=True,
    ):
        expected = np.array(by_letters(text))
        np.testing.assert_allclose(found, expected / np.linalg.norm(expected), rtol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(embedder.embed_query("why")), 1, rtol=1e-6)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\ud800b"])
def test_what_a_provider_cannot_take_is_not_sent(text: str) -> None:
    embedder = ProviderEmbedder(Remote(by_letters), name="remote/letters")

    ((_, embedded),) = embedder.embed_passages([PassageInput(text=text)])

    assert np.isfinite(embedded.vector).all()


def zero(_: str) -> list[float]:
    return [0.0, 0.0]


def infinite(_: str) -> list[float]:
    return [float("inf"), 1.0]


def ragged(text: str) -> list[float]:
    return [1.0] * (1 + len(text))


def unreachable(_: str) -> list[float]:
    raise ConnectionError("refused")


@pytest.mark.parametrize("answer", [zero, infinite, ragged, unreachable])
def test_a_provider_that_fails_is_named(answer: Callable[[str], list[float]]) -> None:
    embedder = ProviderEmbedder(Remote(answer), name="remote/broken")
    passage = PassageInput(text="one two", spans=((0, 3),))

    with pytest.raises(EmbeddingError, match="remote/broken"):
        list(embedder.embed_passages([passage]))


def test_errors_of_a_client_are_translated() -> None:
    class ClientError(Exception):
        pass

    def fail(_: str) -> list[float]:
        raise ClientError("quota")

    embedder = ProviderEmbedder(Remote(fail), name="remote/broken", errors=(ClientError,))

    with pytest.raises(EmbeddingError, match="quota"):
        embedder.embed_query("why?")

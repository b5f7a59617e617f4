"""Haystack's in-memory hybrid: BM25 and vectors, joined by reciprocal rank fusion."""

import importlib
import os
from collections.abc import Sequence
from typing import Any

from tests.evals.bench.peer_types import DEPTH, Material, Rank


def open_peer(material: Material) -> Rank:
    """Give it our passages with their vectors."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when it is imported
    haystack: Any = importlib.import_module("haystack")  # typed in part only
    stores: Any = importlib.import_module("haystack.document_stores.in_memory")
    retrievers: Any = importlib.import_module("haystack.components.retrievers.in_memory")
    joiners: Any = importlib.import_module("haystack.components.joiners")
    store = stores.InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            haystack.Document(
                id=passage.passage_id,
                content=text,
                embedding=vector.tolist(),
                meta={"document_id": passage.document_id},
            )
            for passage, text, vector in zip(
                material.passages, material.texts, material.vectors, strict=True
            )
        ]
    )
    words = retrievers.InMemoryBM25Retriever(store, top_k=DEPTH)
    vectors = retrievers.InMemoryEmbeddingRetriever(store, top_k=DEPTH)
    joiner = joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)

    def rank(question: str) -> Sequence[str]:
        embedding = material.embedder.embed_query(question).tolist()
        found = joiner.run(
            documents=[
                words.run(query=question)["documents"],
                vectors.run(query_embedding=embedding)["documents"],
            ]
        )
        return [str(document.meta["document_id"]) for document in found["documents"]]

    return rank

"""LanceDB's hybrid search: its own full-text index and vectors, by reciprocal rank fusion."""

import importlib
from collections.abc import Sequence
from typing import Any

from tests.evals.bench.peer_types import DEPTH, Material, Rank


def open_peer(material: Material) -> Rank:
    """Give it our passages with their vectors."""
    lancedb: Any = importlib.import_module("lancedb")  # typed in part only
    rerankers: Any = importlib.import_module("lancedb.rerankers")
    table = lancedb.connect(str(material.folder)).create_table(
        "passages",
        data=[
            {"vector": vector, "text": text, "document_id": passage.document_id}
            for passage, text, vector in zip(
                material.passages, material.texts, material.vectors, strict=True
            )
        ],
    )
    table.create_fts_index("text")
    queries: Any = importlib.import_module("lancedb.query")
    reranker = rerankers.RRFReranker()

    def rank(question: str) -> Sequence[str]:
        query = table.search(query_type="hybrid").vector(material.embedder.embed_query(question))
        words = queries.MatchQuery(question, "text")  # plain text: quotes would ask for phrases
        found = query.text(words).limit(DEPTH).rerank(reranker).to_list()
        return [str(row["document_id"]) for row in found]

    return rank

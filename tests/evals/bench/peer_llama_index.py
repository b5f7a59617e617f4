"""LlamaIndex with Chroma, as its quick start has it: the baseline a user would write."""

import importlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import llama_index.core
from chromadb.config import Settings
from llama_index.core import Document as LlamaDocument
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.vector_stores.chroma import (  # pyright: ignore[reportMissingTypeStubs] - as is
    ChromaVectorStore,
)
from tests.evals.bench.peer_types import DEPTH, Material, Rank

from aspire_ingest.adapters.embedding import LlamaIndexEmbedding


def open_peer(material: Material) -> Rank:
    """Let it split the documents with its defaults and store them in Chroma."""
    _lay_out_words(material.folder / "nltk")
    client = chromadb.PersistentClient(
        str(material.folder / "chroma"), settings=Settings(anonymized_telemetry=False)
    )
    store = ChromaVectorStore(chroma_collection=client.create_collection("quickstart"))
    documents = [
        LlamaDocument(
            text=document.text, doc_id=document.document_id, metadata={"title": document.info.title}
        )
        for document in material.documents
    ]
    # One branch of the declared type of `embed_model` is a name that LlamaIndex leaves open.
    index = VectorStoreIndex.from_documents(  # pyright: ignore[reportUnknownMemberType]
        documents,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=LlamaIndexEmbedding(material.embedder),
    )
    retriever = index.as_retriever(similarity_top_k=DEPTH)

    def rank(question: str) -> Sequence[str]:
        return [found.node.ref_doc_id or "" for found in retriever.retrieve(question)]

    return rank


def _lay_out_words(place: Path) -> None:
    """Copy the word lists that LlamaIndex ships to where it looks first.

    NLTK, which its splitter asks, refuses to read hard links, and uv installs packages as such.
    """
    shipped = Path(llama_index.core.__path__[0]) / "_static" / "nltk_cache"
    shutil.copytree(shipped, place)
    nltk: Any = importlib.import_module("nltk")  # no type stubs
    nltk.data.path.insert(0, str(place))

"""The index as LlamaIndex knows it: a `VectorStoreIndex` over the stored Chroma collection.

Anyone who knows LlamaIndex can query it, or build a query engine on it:

    with open_vector_store_index(home, embedder=embedder, language="en") as index:
        nodes = index.as_retriever(similarity_top_k=5).retrieve("Who can apply?")
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from llama_index.core.indices.vector_store import VectorStoreIndex
from llama_index.vector_stores.chroma import (  # pyright: ignore[reportMissingTypeStubs] - as is
    ChromaVectorStore,
)

from aspire_ingest.adapters.embedding import LlamaIndexEmbedding
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.index.errors import IndexMissingError
from aspire_ingest.index.generations.home import Home, hold_current
from aspire_ingest.index.generations.manifest import check_readable, read_manifest
from aspire_ingest.index.store.store import Partition
from aspire_ingest.index.text.analysis import ANALYSIS_VERSION
from aspire_ingest.index.types import Audience
from aspire_ingest.index.vectors.chroma_copy import CopiedChroma


@contextmanager
def open_vector_store_index(
    home: Path, *, embedder: Embedder, language: str, audience: Audience = "public"
) -> Generator[VectorStoreIndex]:
    """The passages of one language and audience, as LlamaIndex nodes with the same ids.

    A node carries the passage's text, its title, heading, URL and date as metadata, and its place
    in the document (`start_char_idx`, `end_char_idx`; `ref_doc_id` is the document's id). Changes
    made through LlamaIndex go to a private copy and are lost when the block ends.

    Raises:
        IndexMissingError: there is no index, or it has no passage of this language and audience.
        IndexMismatchError: the index was made with another embedder.
    """
    place = Home(home)
    number, hold = hold_current(place)
    try:
        folder = place.generation(number)
        check_readable(
            read_manifest(folder), embedder_name=embedder.name, analysis=ANALYSIS_VERSION
        )
        copied = CopiedChroma(place, folder)
    finally:
        hold.release()
    try:
        collection = copied.chroma.collection(Partition(language, audience))
        if collection is None:
            raise IndexMissingError(
                f"The index holds no {audience} passages in the language {language!r}."
            )
        # One branch of the declared type of `embed_model` is a name that LlamaIndex leaves open.
        yield VectorStoreIndex.from_vector_store(  # pyright: ignore[reportUnknownMemberType]
            ChromaVectorStore(chroma_collection=collection),
            embed_model=LlamaIndexEmbedding(embedder),
        )
    finally:
        copied.close()

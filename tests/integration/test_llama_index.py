"""LlamaIndex sees the passages we see: the same ids, in the same order, with text and metadata."""

from pathlib import Path

import pytest
from llama_index.core.schema import MetadataMode, QueryBundle, TextNode
from tests.small_index import DOCUMENTS, EMBEDDER, lent_chroma, publish

from aspire_ingest.adapters.llama_index import open_vector_store_index
from aspire_ingest.index import IndexMismatchError, IndexMissingError
from aspire_ingest.index.embedding.hashing import HashingEmbedder
from aspire_ingest.index.open_index import open_reader


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    publish(root, DOCUMENTS, open_chroma=lent_chroma)
    return root


@pytest.mark.parametrize(
    ("language", "query"),
    [("en", "Who may apply, and what does travel cost?"), ("ja", "会議はどこで開催されたか")],
)
def test_both_ways_give_the_same_passages(home: Path, language: str, query: str) -> None:
    with open_reader(home, embedder_name=EMBEDDER.name, vectors="exact") as reader:
        ours = reader.search_vectors(
            EMBEDDER.embed_query(query),
            language=language,
            audiences=frozenset({"public"}),
            k=10,
        )
        passages = reader.passages([entry.passage_id for entry in ours])
        infos = [reader.documents()[passage.document_id] for passage in passages]
    with open_vector_store_index(home, embedder=EMBEDDER, language=language) as index:
        retriever = index.as_retriever(similarity_top_k=10)
        found = retriever.retrieve(QueryBundle(query))
    assert len(ours) > 1
    assert [entry.node_id for entry in found] == [entry.passage_id for entry in ours]
    for entry, passage, info in zip(found, passages, infos, strict=True):
        node = entry.node
        assert isinstance(node, TextNode)
        assert node.get_content(MetadataMode.NONE) == passage.text
        assert (node.start_char_idx, node.end_char_idx) == (passage.start, passage.end)
        assert node.ref_doc_id == passage.document_id
        assert node.metadata["title"] == info.title
        assert node.metadata["source"] == info.source
        assert node.metadata["language"] == language
        assert node.metadata["heading"] == " > ".join(passage.heading)
        assert "url" not in node.metadata  # what is not known is absent


def test_nodes_can_be_filtered_by_their_metadata(home: Path) -> None:
    with open_vector_store_index(home, embedder=EMBEDDER, language="en") as index:
        found = index.as_retriever(
            similarity_top_k=10, vector_store_kwargs={"where": {"document_id": "call"}}
        ).retrieve("travel")
    assert {entry.node.ref_doc_id for entry in found} == {"call"}


def test_staff_passages_are_in_a_collection_of_their_own(home: Path) -> None:
    with open_vector_store_index(home, embedder=EMBEDDER, language="en", audience="staff") as index:
        found = index.as_retriever(similarity_top_k=10).retrieve("reserve")
    assert {entry.node.ref_doc_id for entry in found} == {"plan"}


def test_what_llama_index_changes_stays_its_own(home: Path) -> None:
    with open_vector_store_index(home, embedder=EMBEDDER, language="en") as index:
        index.insert_nodes([TextNode(id_="stranger", text="travel travel travel")])
        found = index.as_retriever(similarity_top_k=1).retrieve("travel travel travel")
        assert [entry.node_id for entry in found] == ["stranger"]
    with open_vector_store_index(home, embedder=EMBEDDER, language="en") as index:
        found = index.as_retriever(similarity_top_k=1).retrieve("travel travel travel")
        assert [entry.node_id for entry in found] != ["stranger"]
    assert list((home / "readers").iterdir()) == []


def test_what_is_not_there_is_refused(home: Path) -> None:
    with (
        pytest.raises(IndexMissingError, match="'fr'"),
        open_vector_store_index(home, embedder=EMBEDDER, language="fr"),
    ):
        pass
    with (
        pytest.raises(IndexMismatchError, match="ASPIRE_EMBEDDING"),
        open_vector_store_index(home, embedder=HashingEmbedder(32), language="en"),
    ):
        pass
    assert list((home / "readers").iterdir()) == []

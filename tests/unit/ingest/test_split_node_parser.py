import pytest

from aspire_ingest.index.types import Document, DocumentInfo
from aspire_ingest.split import split_document

pytest.importorskip("llama_index.core")

from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.schema import MetadataMode, TextNode

from aspire_ingest.adapters.node_parser import PassageNodeParser

TEXT = "# Handbook\n\nYes. No.\n\n## Money\n\nYes.\n\n## Staff? Yes.\n\nYes.\n"


def nodes_of(**metadata: str) -> list[TextNode]:
    document = LlamaDocument(text=TEXT, doc_id="handbook", metadata=metadata)
    nodes = PassageNodeParser().get_nodes_from_documents([document])
    assert all(isinstance(node, TextNode) for node in nodes)
    return [node for node in nodes if isinstance(node, TextNode)]


def test_nodes_are_our_passages() -> None:
    info = DocumentInfo(document_id="handbook", source="handbook", title="Handbook", language="en")
    passages = split_document(Document(info=info, text=TEXT))
    nodes = nodes_of(title="Handbook")
    assert [(n.node_id, n.text, n.start_char_idx, n.end_char_idx) for n in nodes] == [
        (p.passage_id, p.text, p.start, p.end) for p in passages
    ]
    assert [TEXT[n.start_char_idx : n.end_char_idx] for n in nodes] == [n.text for n in nodes]
    assert {n.ref_doc_id for n in nodes} == {"handbook"}


def test_metadata_names_title_heading_and_where_it_is_from() -> None:
    nodes = nodes_of(title="Handbook", url="https://example.org/h", published="2026-04-01")
    assert nodes[1].metadata == {
        "document_id": "handbook",
        "title": "Handbook",
        "heading": "Money",
        "source": "handbook",
        "url": "https://example.org/h",
        "published": "2026-04-01",
        "language": "en",
        "kind": "other",
        "audience": "public",
    }
    assert nodes[1].get_content(MetadataMode.EMBED) == "title: Handbook\nheading: Money\n\nYes."


def test_a_document_without_metadata_is_split_too() -> None:
    first, *_ = nodes_of()
    assert first.metadata["title"] == ""
    assert first.metadata["heading"] == "Handbook"


def test_it_serves_as_a_transformation() -> None:
    document = LlamaDocument(text=TEXT, doc_id="handbook")
    assert len(PassageNodeParser()([document])) == 3
    assert PassageNodeParser.class_name() == "PassageNodeParser"

"""Our splitter as LlamaIndex knows it; imported only where LlamaIndex is used.

    nodes = PassageNodeParser().get_nodes_from_documents(documents)

The nodes carry the ids, offsets and metadata that the stored index gives for the same text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, MetadataMode, NodeRelationship, TextNode
from llama_index.core.schema import Document as LlamaDocument

from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.types import Document, DocumentInfo, Passage
from aspire_ingest.split import split_document

HEADING_SEPARATOR = " > "
_FOR_MODELS = ("title", "heading")
"""Metadata that an embedder or a language model reads with the text; the rest is for people."""
_METADATA = ("source", "url", "published", "language", "kind", "edition", "audience")
_SHORT = 2_000
"""Characters that are enough to tell the language."""


class PassageNodeParser(NodeParser):
    """Splits LlamaIndex documents into passages: `node_id` is the passage's id.

    A document's id is its `doc_id`; `title`, `language` and the other names of `DocumentInfo` are
    taken from its metadata where they are.
    """

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex stores it."""
        return "PassageNodeParser"

    def _parse_nodes(
        self,
        nodes: Sequence[BaseNode],
        show_progress: bool = False,
        **kwargs: Any,
    ) -> list[BaseNode]:
        return [
            _node(parent, document.info, passage)
            for parent in nodes
            for document in (_document(parent),)
            for passage in split_document(document)
        ]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, LlamaDocument]
    ) -> list[BaseNode]:
        """Keep our offsets: LlamaIndex looks for the text again and takes its first likeness."""
        places = [
            (node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)
        ]
        processed = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, place in zip(processed, places, strict=True):
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = place
        return processed


def _document(parent: BaseNode) -> Document:
    """Read a LlamaIndex document as one of ours."""
    text = parent.get_content(metadata_mode=MetadataMode.NONE)
    metadata: Mapping[str, Any] = parent.metadata
    title = _text(metadata, "title") or _text(metadata, "file_name") or ""
    language = _text(metadata, "language") or detect_language(text[:_SHORT])
    info = DocumentInfo(
        document_id=parent.node_id,
        source=_text(metadata, "source") or _text(metadata, "file_path") or parent.node_id,
        title=title,
        language=language,
        url=_text(metadata, "url"),
        published=_text(metadata, "published"),
        edition=_text(metadata, "edition"),
    )
    return Document(info=info, text=text)


def _text(metadata: Mapping[str, Any], name: str) -> str | None:
    value = metadata.get(name)
    return str(value) if value not in (None, "") else None


def _node(parent: BaseNode, info: DocumentInfo, passage: Passage) -> TextNode:
    metadata = {
        "document_id": info.document_id,
        "title": info.title,
        "heading": HEADING_SEPARATOR.join(passage.heading),
    }
    for name in _METADATA:
        value = parent.metadata.get(name, getattr(info, name, None))
        if value is not None:
            metadata[name] = value
    hidden = [name for name in {**parent.metadata, **metadata} if name not in _FOR_MODELS]
    return TextNode(
        id_=passage.passage_id,
        text=passage.text,
        metadata=metadata,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        mimetype="text/markdown",
        excluded_embed_metadata_keys=hidden,
        relationships={NodeRelationship.SOURCE: parent.as_related_node_info()},
    )

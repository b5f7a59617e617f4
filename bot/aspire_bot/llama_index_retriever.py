"""Our retrieval as LlamaIndex knows it; the only module of the bot that imports it."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from aspire_bot.answering.types import Question, ScoredPassage
from aspire_bot.bootstrap import Assistant
from aspire_ingest.index import Audience


class AspireRetriever(BaseRetriever):
    """The bot's hybrid ranking, for any query engine or agent made with LlamaIndex.

    Nodes have the passage's id and text, its offsets in the document, and as metadata where it
    stands: `document_id`, `title`, `url`, `published`, `language`, `heading`.
    """

    def __init__(self, assistant: Assistant, *, k: int = 10, audience: Audience = "public") -> None:
        """Give the `k` best passages that this audience may see."""
        super().__init__()  # pyright: ignore[reportUnknownMemberType]  untyped in LlamaIndex
        self._assistant = assistant
        self._k = k
        self._audience: Audience = audience

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = Question(text=query_bundle.query_str, audience=self._audience)
        ranking = self._assistant.retrieve(question)[: self._k]
        return [NodeWithScore(node=_node(entry), score=entry.score) for entry in ranking]


def _node(entry: ScoredPassage) -> TextNode:
    passage, info = entry.passage, entry.document
    return TextNode(
        id_=passage.passage_id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document_id": info.document_id,
            "title": info.title,
            "url": info.url,
            "published": info.published,
            "language": info.language,
            "heading": " > ".join(passage.heading),
        },
    )

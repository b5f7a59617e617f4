"""A statement by hand as a model's only one: about a passage that is all of its document."""

from tests.memory_index import MemoryIndex

from aspire_bot.answering.checking import Decision, Statement, Verifier
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Document, DocumentInfo
from aspire_ingest.index.embedding.types import Embedder
from aspire_ingest.split import split_document
from aspire_training.support_data import Example


def decided_alone(one: Example, verifier: Verifier, embedder: Embedder) -> Decision:
    """Decide on a statement that cites the passage, all parts of it."""
    info = DocumentInfo(
        document_id=one.name, source=one.name, title=one.title, language=one.passage_language
    )
    document = Document(info=info, text=one.passage)
    index = MemoryIndex.from_documents([document], embedder, split=split_document)
    passages = [
        ScoredPassage(passage=passage, document=info, score=1.0, rank=rank)
        for rank, passage in enumerate(index.passages_of(one.name), start=1)
    ]
    return verifier.verify(
        Statement(text=one.statement, markers=tuple(range(1, len(passages) + 1))),
        passages,
        question=one.question,
        language=one.language,
        vectors=index,
    )

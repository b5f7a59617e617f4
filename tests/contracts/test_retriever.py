"""Our ranking through LlamaIndex is our ranking."""

import pytest

from aspire_bot.answering.types import Question
from aspire_bot.bootstrap import Assistant
from aspire_bot.llama_index_retriever import AspireRetriever

QUESTIONS = (
    "Who moderated the field meeting?",
    "領域会議の司会は誰ですか",
    "Which fields are there?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_llama_index_is_given_the_same_passages_in_the_same_order(
    assistant: Assistant, question: str
) -> None:
    ours = assistant.retrieve(Question(text=question))[:5]
    theirs = AspireRetriever(assistant, k=5).retrieve(question)
    assert [node.node_id for node in theirs] == [entry.passage.passage_id for entry in ours]
    assert [node.text for node in theirs] == [entry.passage.text for entry in ours]
    assert [node.score for node in theirs] == [entry.score for entry in ours]
    first = theirs[0].node.metadata
    assert first["document_id"] == ours[0].document.document_id
    assert first["url"] == ours[0].document.url


def test_documents_for_staff_are_given_to_staff_alone(assistant: Assistant) -> None:
    def seen(audience: str) -> set[str]:
        retriever = AspireRetriever(assistant, k=60, audience=audience)  # pyright: ignore[reportArgumentType]  parametrised
        with assistant.reader() as reader:
            documents = reader.documents()
        nodes = retriever.retrieve("What is for staff?")
        return {documents[node.node.metadata["document_id"]].audience for node in nodes}

    assert seen("public") == {"public"}
    assert "staff" in seen("staff")

"""What is kept of how an answer came about. Pure."""

from aspire_bot.answering.types import Answer
from aspire_bot.state.console.answer_traces import AnswerTrace, ReadPassage

_MOST_PASSAGES = 20


def trace_of(answer: Answer) -> AnswerTrace:
    """Give what staff are told of an answer besides its words."""
    return AnswerTrace(
        confidence=answer.confidence,
        certainty=answer.certainty,
        act=answer.act,
        questions=answer.questions,
        passages=tuple(
            ReadPassage(
                passage_id=one.passage.passage_id,
                document_id=one.document.document_id,
                title=one.document.title,
                rank=one.rank,
                score=round(one.score, 4),
            )
            for one in answer.ranking[:_MOST_PASSAGES]
        ),
        quotes=tuple((one.passage_id, one.quote) for one in answer.citations),
        failure=answer.trace.failure if answer.trace else None,
    )

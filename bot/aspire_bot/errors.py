"""Errors of answering; the tree is drawn in `aspire_ingest.index.errors`.

AnswerError
├─ RetrievalError
│  └─ RerankError
└─ GenerationError (retryable)

StateError (retryable)
"""

from aspire_ingest.index.errors import AspireError


class AnswerError(AspireError):
    """A question could not be answered, for a reason other than the documents."""


class RetrievalError(AnswerError):
    """The ranking could not be made."""


class RerankError(RetrievalError):
    """The reranking server did not answer, or not as it should; the ranking does without."""


class GenerationError(AnswerError):
    """The language model failed or ran out of time."""

    retryable = True


class StateError(AspireError):
    """What the bot keeps of its conversations cannot be read or written at the moment."""

    retryable = True

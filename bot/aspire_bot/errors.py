"""Errors of answering; the tree is drawn in `aspire_ingest.index.errors`.

AnswerError
├─ RetrievalError
│  └─ RerankError
├─ GenerationError (retryable)
└─ JudgeError
   └─ UnfitJudgeError

StateError (retryable)
"""

from typing import Literal

from aspire_ingest.index.errors import AspireError


class AnswerError(AspireError):
    """A question could not be answered, for a reason other than the documents."""


class RetrievalError(AnswerError):
    """The ranking could not be made."""


class RerankError(RetrievalError):
    """The reranking server did not answer, or not as it should; the ranking does without."""


FailureKind = Literal[
    "timeout",  # no word, or no end, in time
    "connection",  # cannot be reached, or hung up before a word
    "busy",  # asks to be asked later
    "server",  # failed on its side
    "refused",  # key, model or address are not accepted: nothing helps but the operator
    "unfit",  # this request is not accepted, for example too long
    "malformed",  # what came is no reply
    "flood",  # more came than any answer has
    "stopped",  # broke off after some words
    "empty",  # ended without a word
    "budget",  # the tokens allowed are used up
    "resting",  # not asked: it failed too often just now
]
"""Why a language model gave no answer, or not the whole of it; also a label of metrics."""

_FOR_GOOD = frozenset({"refused", "unfit", "budget"})


class GenerationError(AnswerError):
    """The language model failed or ran out of time.

    The message names the model and the status, never a key, a prompt or what the server said.
    `retryable` says whether asking again later can help; `retry_after_s` is the server's own word.
    """

    retryable = True

    def __init__(
        self, message: str, *, kind: FailureKind = "server", retry_after_s: float | None = None
    ) -> None:
        """Say what failed, in which way."""
        super().__init__(message)
        self.kind: FailureKind = kind
        self.retry_after_s = retry_after_s
        self.retryable = kind not in _FOR_GOOD


class JudgeError(AnswerError):
    """The judge of a second opinion did not answer, or not as it should; the rules stand alone.

    The message never holds a key, a quote or what the server said. `is_late` where the time was
    over.
    """

    def __init__(self, message: str, *, is_late: bool = False) -> None:
        """Say what failed."""
        super().__init__(message)
        self.is_late = is_late


class UnfitJudgeError(JudgeError):
    """What is asked is no judge: the operator must set another one."""


class StateError(AspireError):
    """What the bot keeps of its conversations cannot be read or written at the moment."""

    retryable = True

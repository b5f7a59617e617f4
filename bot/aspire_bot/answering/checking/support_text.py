"""What the support model is given of a statement and of a passage: the one place that decides it.

Training (`aspire_training`) and checking call the same functions. Nothing here knows a model.
"""

from dataclasses import dataclass
from typing import Protocol

from aspire_bot.answering.reader.encode import ReaderText

STATEMENT_TOKENS, PASSAGE_TOKENS = 160, 384
_STATEMENT, _PASSAGE = "query: ", "passage: "  # what multilingual-e5 was trained with
_MOST_OF_STATEMENT, _MOST_OF_QUESTION, _MOST_OF_TITLE = 600, 160, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReading:
    """What the model says of a statement beside a passage: log-odds that this one supports it."""

    log_odds: float


class SupportReader(Protocol):
    """Reads a statement beside a passage."""

    def read(self, source: ReaderText, statement: ReaderText) -> SupportReading:
        """Read a statement (`statement_text`) beside a passage (`source_text`).

        Raises:
            EmbeddingError: the model cannot be run.
        """
        ...


def statement_text(statement: str, question: str = "") -> ReaderText:
    """Give a statement, its place as the one span, and the question that it answers after it."""
    said = _line(statement)[:_MOST_OF_STATEMENT]
    asked = _line(question)[:_MOST_OF_QUESTION]
    span = (len(_STATEMENT), len(_STATEMENT) + len(said))
    return ReaderText(text=_STATEMENT + " / ".join(filter(None, (said, asked))), spans=(span,))


def source_text(title: str, text: str) -> ReaderText:
    """Give the sentences of a passage, a line each, under the title of their document."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return ReaderText(
        text=_PASSAGE + "\n".join(filter(None, (_line(title)[:_MOST_OF_TITLE], *lines)))
    )


def _line(text: str) -> str:
    return " ".join(text.split())

"""Answering questions from an index; knows nothing of Slack.

What goes in and what comes out is here; `pipeline.py` strings the steps together.
"""

from aspire_bot.answering.types import (
    Answer,
    Citation,
    Outcome,
    Question,
    ScoredPassage,
    Turn,
)

__all__ = ["Answer", "Citation", "Outcome", "Question", "ScoredPassage", "Turn"]

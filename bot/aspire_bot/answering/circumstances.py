"""Whose questions are answered, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aspire_bot.answering.clock import Clock
from aspire_ingest.index.reader import IndexReader


def no_suggestions(index: IndexReader, language: str) -> Sequence[str]:
    """Propose nothing."""
    del index, language
    return ()


_CLOCK = Clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Whose questions are answered, and when.

    `programme` is the name whose occasions are meant where a question about time names none;
    `contact` is named when the documents do not answer; `clock` says which day it is for whom asks:
    what is past, what is to come, which approved answers still hold.
    """

    programme: str = ""
    contact: str | None = None
    clock: Clock = _CLOCK
    suggestions: Callable[[IndexReader, str], Sequence[str]] = no_suggestions
    """Questions that an index answers surely, in a language: what a greeting proposes."""

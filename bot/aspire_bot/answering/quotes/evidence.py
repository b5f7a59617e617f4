"""A sentence that may answer, and what speaks for it."""

from dataclasses import dataclass

from aspire_bot.answering.coverage import Signals
from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One quotable sentence of a retrieved passage.

    `text` is the quote. `terms` are its analysed terms, its lead included. `score` orders
    evidence: the log-odds, calibrated, that it belongs to the answer.
    """

    sentence: Sentence
    text: str
    passage: ScoredPassage
    terms: frozenset[str]
    above: frozenset[str]
    """Terms of what stands above it: title, headings, the document's date and edition."""
    signals: Signals
    score: float
    reading: float | None = None
    """The reader's log-odds that it belongs to the answer; None where nothing read it."""
    passage_reading: float | None = None
    """The reader's log-odds that its passage answers at all."""

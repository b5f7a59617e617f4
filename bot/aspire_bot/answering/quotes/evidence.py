"""A sentence that may answer, and what speaks for it."""

from dataclasses import dataclass

from aspire_bot.answering.types import ScoredPassage
from aspire_ingest.index import DocumentInfo, Passage, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is measured of a sentence before anything reads it."""

    similarity: float
    """Cosine of sentence and question, above the low ones of its language; -0.5 to 1.5."""
    passage_similarity: float
    """The same of its whole passage."""
    passage_score: float
    """Score of its passage in the ranking, a reranker's say included; about 0 to 1."""
    covered: float
    """Weighted share of what the question itself names that the sentence (with its lead) names."""
    covered_around: float
    """Weighted share named by its passage, the headings and the title; follow-ups in full."""
    is_current: float
    """0 for an edition that a newer one replaces or that is not asked for, and for what is gone."""


_NOTHING_MEASURED = Signals(
    similarity=0.0,
    passage_similarity=0.0,
    passage_score=0.0,
    covered=0.0,
    covered_around=0.0,
    is_current=1.0,
)


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
    heading_terms: frozenset[str]
    """Terms of the title, the headings, and the document\'s date and edition."""
    signals: Signals
    score: float = 0.0
    reading: float | None = None
    """The reader's log-odds that it belongs to the answer; None where nothing read it."""
    passage_reading: float | None = None
    """The reader's log-odds that its passage answers at all."""
    compared: float | None = None
    """Its log-odds read side by side with the other best sentences; None where it was not."""


def unmeasured(passage: Passage, document: DocumentInfo, sentence: Sentence) -> Evidence:
    """Give a sentence of which nothing is measured, to be held against others."""
    return Evidence(
        sentence=sentence,
        text=quoted(passage, sentence),
        passage=ScoredPassage(passage=passage, document=document, score=0.0, rank=0),
        terms=sentence.terms,
        heading_terms=passage.context_terms,
        signals=_NOTHING_MEASURED,
    )


def place_of(one: Evidence) -> tuple[str, int]:
    """Give what a sentence is known by: its passage and where it begins in its document."""
    return one.passage.passage.passage_id, one.sentence.start


def quoted(passage: Passage, sentence: Sentence) -> str:
    """Give the words of one of the passage's sentences."""
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]

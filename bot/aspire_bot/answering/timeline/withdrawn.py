"""Days that a notice takes back: what it says in their place is told instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.answering.quotes.corrections import (
    correction_of,
    corrections_in,
    takes_back_itself,
)
from aspire_bot.answering.quotes.evidence import Evidence, unmeasured
from aspire_bot.answering.timeline.candidates import Candidate
from aspire_bot.answering.timeline.quotes import TimelineQuote, timeline_quote
from aspire_ingest.index.reader import IndexReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What notices of errors say, among the documents of some candidates."""

    found: Sequence[Candidate]
    notices: Sequence[Evidence]

    def in_force(
        self, quote: TimelineQuote, language: str, index: IndexReader
    ) -> TimelineQuote | None:
        """Give a quote, or what a notice says in the place of its day; None where that is nothing.

        A day that a notice names as the wrong one is told by nobody.
        """
        if quote.candidate.occasion is None:
            return quote
        said = unmeasured(quote.passage, quote.candidate.document, quote.sentence)
        day = f"d:{quote.candidate.last.isoformat()}"
        if takes_back_itself(said, day):
            return None
        correction = correction_of(said, day, self.notices)
        if correction is None:
            return quote
        name, sentence = correction.passage.document.document_id, correction.sentence
        for one in self.found:
            at = one.occasion.start if one.occasion else -1
            if one.document.document_id == name and sentence.start <= at < sentence.end:
                return timeline_quote(one, language, index)
        return None


def withdrawn_in(found: Sequence[Candidate], index: IndexReader) -> Withdrawn:
    """Look for what takes days back in the documents of some candidates."""
    documents = {one.document.document_id: one.document for one in found}
    notices = [
        one
        for name, info in documents.items()
        for passage in index.passages_of(name)
        for one in corrections_in(passage, info)
    ]
    return Withdrawn(found=found, notices=notices)

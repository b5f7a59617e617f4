"""Which quotes a model's words point at, where the words themselves do not pass. Pure."""

from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking import Decision
from aspire_bot.answering.linear import probability
from aspire_bot.answering.quotes.choose import Selection
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import Answer, ScoredPassage
from aspire_bot.answering.writing.relevance import LIKELY

_MOST = 3
"""Quotes in the place of words."""


def pointed_at(
    decisions: Sequence[Decision],
    rankings: Sequence[Sequence[Evidence]],
    passages: Sequence[ScoredPassage],
) -> Selection:
    """Choose, for each statement that fell, the best sentence of the passages that it cites.

    What fell may be a lie, or repeat what a document wants said: its words have no say in which
    sentence it is, which is the reader's likeliest. The selection is empty where no statement cites
    a passage with a likely one.
    """
    by_passage: dict[str, list[Evidence]] = {}
    for one in (one for ranking in rankings for one in ranking):
        by_passage.setdefault(one.passage.passage.passage_id, []).append(one)
    found: dict[tuple[str, int], Evidence] = {}
    for decision in decisions:
        names = [
            passages[number - 1].passage.passage_id
            for number in decision.statement.markers
            if decision.verdict == "dropped" and 1 <= number <= len(passages)
        ]
        cited = [one for name in names for one in by_passage.get(name, ())]
        best = max(cited, key=lambda one: one.score, default=None)
        if best is not None and probability(best.score) >= LIKELY:
            found.setdefault((best.passage.passage.passage_id, best.sentence.start), best)
    return Selection(evidence=tuple(found.values())[:_MOST])


def is_quoted(selection: Selection, quoted: Answer) -> bool:
    """Whether an answer quotes one of the sentences already."""
    spans = [(c.document.document_id, c.start, c.end) for c in quoted.citations]
    return any(touched for one in selection.evidence for touched in _touches(one, spans))


def _touches(one: Evidence, spans: Sequence[tuple[str, int, int]]) -> Iterator[bool]:
    name, sentence = one.passage.document.document_id, one.sentence
    for document_id, start, end in spans:
        yield document_id == name and start < sentence.end and sentence.start < end

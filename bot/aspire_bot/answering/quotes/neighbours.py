"""Chosen sentences with what stands around them, for who wants to see more. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from aspire_bot.answering.quotes.choose import Selection, leans
from aspire_bot.answering.quotes.evidence import Evidence, quoted
from aspire_ingest.index import Passage, Sentence

_MOST_CHARACTERS = 900
"""Of one passage; the sentence itself is always whole."""
_MOST_PASSAGES = 3


def with_neighbours(selection: Selection) -> Selection:
    """Give each passage of a selection once, as one quote: the sentence and those around it."""
    by_passage: dict[str, Evidence] = {}
    for one in selection.evidence:
        by_passage.setdefault(one.passage.passage.passage_id, one)
    wide = [_widened(one) for one in by_passage.values()]
    return Selection(evidence=tuple(wide[:_MOST_PASSAGES]))


def leaned_on(passage: Passage, siblings: Iterable[Passage]) -> str:
    """Give the sentence before a passage that begins with "It", "They", これ; else nothing.

    `siblings` are the passages of its document, which it may be among.
    """
    if not passage.sentences or not leans(quoted(passage, passage.sentences[0])):
        return ""
    before = [(one, s) for one in siblings for s in one.sentences if s.end <= passage.start]
    if not before:
        return ""
    holder, sentence = max(before, key=lambda found: found[1].end)
    return quoted(holder, sentence)


def _widened(one: Evidence) -> Evidence:
    passage = one.passage.passage
    sentences = passage.sentences
    low = high = sentences.index(one.sentence)
    while True:
        grown = [
            (first, last)
            for first, last in ((low, high + 1), (low - 1, high))
            if first >= 0
            and last < len(sentences)
            and sentences[last].end - sentences[first].start <= _MOST_CHARACTERS
        ]
        if not grown:
            break
        low, high = grown[0]
    whole = Sentence(start=sentences[low].start, end=sentences[high].end)
    return replace(one, sentence=whole, text=quoted(passage, whole))

"""Which passages a language model is shown: the best ones, of each part, within a budget. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from aspire_bot.answering.chat import estimated_tokens
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.types import ScoredPassage

MOST_PASSAGES = 12
MOST_TOKENS = 5_000
"""Of all passages together, as `estimated_tokens` counts them: rather too many than too few."""


def shown_passages(rankings: Sequence[Sequence[Evidence]]) -> list[ScoredPassage]:
    """Give the passages of the best sentences, best first; the first one however long it is.

    `rankings` are the sentences found for the question and each of its parts, best first: every
    part has its passages shown.
    """
    found: dict[str, ScoredPassage] = {}
    room = MOST_TOKENS
    for one in _in_turn(rankings):
        passage = one.passage.passage
        if passage.passage_id in found:
            continue
        room -= estimated_tokens(passage.text)
        if found and room < 0:
            break
        found[passage.passage_id] = one.passage
        if len(found) == MOST_PASSAGES:
            break
    return list(found.values())


def _in_turn(rankings: Iterable[Sequence[Evidence]]) -> Iterator[Evidence]:
    """The best of each first."""
    for row in zip_longest(*rankings):
        yield from (evidence for evidence in row if evidence is not None)

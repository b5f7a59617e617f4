"""What is said to each thing asked, and what is left open. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from aspire_bot.answering.linear import probability
from aspire_bot.answering.quotes.choose import Selection, says_the_same
from aspire_bot.answering.quotes.evidence import Evidence
from aspire_bot.answering.search.search import Finding

_LIKELY = 0.4
"""From this probability (0 to 1) on a sentence is taken to answer a part as well."""
_MOST_CHARACTERS = 700
"""Of all parts together; each part says one sentence at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is said, in its order; the questions that the documents leave open; how sure it is.

    `confidence` is that the documents answer, `sureness` that what is said does (0 to 1).
    """

    said: tuple[Selection, ...]
    unsaid: tuple[str, ...]
    confidence: float
    sureness: float


def settle(whole: Finding, parts: Sequence[Finding], threshold: float) -> Settled:
    """See to every part of a question.

    Where the search for each is sure of itself, that is what is said. Else the answer to the whole
    is, what a part's own search is sure of beside it, and the rest is named as left open. Where
    nothing is sure, there is nothing but the whole.
    """
    sure = [part for part in parts if part.confidence >= threshold]
    is_whole_sure = whole.confidence >= threshold
    if not parts or not (is_whole_sure or sure):
        return Settled(
            said=(whole.selection,),
            unsaid=(),
            confidence=whole.confidence,
            sureness=whole.sureness,
        )
    spoken = [whole] if is_whole_sure and len(sure) < len(parts) else []
    said = [whole.selection] if is_whole_sure and len(sure) < len(parts) else []
    unsaid: list[str] = []
    for part in parts:
        known = [evidence for selection in said for evidence in selection.evidence]
        if any(_speaks_to(part, evidence) for evidence in known):
            continue
        if part in sure:
            spoken.append(part)
            said += _beside(known, part.selection, _MOST_CHARACTERS // len(parts))
        else:
            unsaid.append(part.query.question.text)
    best = max(whole.confidence, *(part.confidence for part in parts))
    return Settled(
        said=tuple(said),
        unsaid=tuple(unsaid),
        confidence=best,
        sureness=min(one.sureness for one in spoken),
    )


def _beside(known: Sequence[Evidence], selection: Selection, most: int) -> list[Selection]:
    """What a selection adds to what is said, in about so many characters; a list stays whole."""
    new = [
        evidence
        for evidence in selection.evidence
        if not any(says_the_same(one, evidence) for one in known)
    ]
    is_whole = len(new) == len(selection.evidence)
    if is_whole and (selection.is_list or selection.differing):
        return [selection]
    while len(new) > 1 and sum(len(evidence.text) for evidence in new) > most:
        new.pop()
    is_list = selection.is_list and len(new) > 1
    return [Selection(evidence=tuple(new), is_list=is_list)] if new else []


def _speaks_to(part: Finding, said: Evidence) -> bool:
    """Whether what is said answers a part too: its own search would say the same, or likely."""
    if any(says_the_same(one, said) for one in part.selection.evidence):
        return part.sureness >= _LIKELY
    place = said.passage.passage.passage_id, said.sentence.start
    return any(
        (one.passage.passage.passage_id, one.sentence.start) == place
        for one in part.evidence
        if probability(one.score) >= _LIKELY
    )

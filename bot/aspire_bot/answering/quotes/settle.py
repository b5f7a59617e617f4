"""What is said to each thing asked, and what is left open. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aspire_bot.answering.linear import probability
from aspire_bot.answering.quotes.choose import PartSelection, Selection, says_the_same
from aspire_bot.answering.quotes.counts import asks_count, states_counts
from aspire_bot.answering.quotes.evidence import Evidence, place_of
from aspire_bot.answering.search.search import Bands, Finding

_LIKELY = 0.4
"""From this probability (0 to 1) on a sentence is taken to answer a part as well."""
_AS_GOOD = 1.0
"""Log-odds within which a sentence answers a part as well as its best one."""
_MOST_CHARACTERS = 700
"""Of all parts together; each part says one sentence at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is said, in its order; the questions that the documents leave open; how sure it is.

    `confidence` is that the documents answer, `sureness` that what is said does (0 to 1).
    """

    said: tuple[PartSelection, ...]
    unsaid: tuple[str, ...]
    confidence: float
    sureness: float


def one_or_several(
    parts: Sequence[Finding],
    find_whole: Callable[[], Finding],
    bands: Bands,
    *,
    are_several: bool = False,
) -> Sequence[Finding]:
    """Give what answers a sentence: each of the things it seems to ask, or the whole of it.

    `are_several`: whether its form says that it asks several things. Then a whole that says no more
    than the part that is answered is none: the other thing would be left out without a word.

    Where a part may be answered, but not surely, the sentence is likelier one question than
    several, unless the whole would leave out the document of a part that is surely answered. So it
    is where a part is not answered and the whole more surely than any. Of 135
    answerable development questions from which several things were read, what is said is then
    right for .79 and complete for .63, in 2.5 sentences; .74 and .59, in 3.4 sentences, if all are
    taken apart (counted by hand).
    """
    said = [part for part in parts if part.confidence >= bands.answer_from]
    sure = [part for part in said if bands.certainty(part.sureness) == "sure"]
    if said and len(sure) == len(parts):
        return parts
    whole = find_whole() if parts else None
    if whole is None or whole.confidence < bands.answer_from:
        return parts
    if len(sure) == len(said) and whole.sureness <= max((p.sureness for p in sure), default=0.0):
        return parts
    if are_several and sure and _says_no_more(whole, sure):
        return parts
    documents = {one.passage.document.document_id for one in whole.selection.basis}
    is_held = all(one.evidence[0].passage.document.document_id in documents for one in sure)
    return (whole,) if is_held else parts


def _says_no_more(whole: Finding, parts: Sequence[Finding]) -> bool:
    known = [evidence for part in parts for evidence in part.selection.evidence]
    return all(
        any(says_the_same(one, evidence) for one in known) for evidence in whole.selection.evidence
    )


def settle(findings: Sequence[Finding], find_whole: Callable[[], Finding], bands: Bands) -> Settled:
    """Say what was found for the one thing asked, or for each of several."""
    if len(findings) > 1:
        return _settle_parts(findings, bands.answer_from, find_whole)
    return _settle_one(findings[0])


def _settle_one(whole: Finding) -> Settled:
    return Settled(
        said=(PartSelection(selection=whole.selection),),
        unsaid=(),
        confidence=whole.confidence,
        sureness=whole.sureness,
    )


def _settle_parts(
    parts: Sequence[Finding], threshold: float, find_whole: Callable[[], Finding]
) -> Settled:
    """See to each of several things asked, under its own line.

    To what the search for it is not sure of, the search for all together may be; what neither is
    sure of is named as left open. Where nothing is, there is what all together give.
    """
    most = _MOST_CHARACTERS // len(parts)
    sure = [part for part in parts if part.confidence >= threshold]
    whole = find_whole() if len(sure) < len(parts) else None
    if whole and not (sure or any(_which_speaks(part, whole, threshold) for part in parts)):
        return _settle_one(whole)
    told: list[PartSelection] = []
    spoken: list[Finding] = []
    unsaid: list[str] = []
    for part in parts:
        ask = part.query.question.text
        known = [evidence for one in told for evidence in one.selection.evidence]
        is_told = _is_all_told if part in sure else _is_told
        at = next((n for n, one in enumerate(told) if is_told(part, one.selection)), None)
        # of editions or rows that are named, one may be said already
        is_more = part.selection.is_of_each and bool(_beside(known, part.selection, most))
        if at is not None and not is_more:
            told[at] = replace(told[at], asks=(*told[at].asks, ask))
            continue
        finding = part if part in sure else _which_speaks(part, whole, threshold)
        if finding is None and whole and _is_counted(part, sure, whole, threshold):
            finding = whole
        if finding is None:
            unsaid.append(ask)
            continue
        spoken.append(finding)
        if part not in sure and (at := _where_said(told, finding)) is not None:
            told[at] = replace(told[at], asks=(*told[at].asks, ask))
            continue
        told += [
            PartSelection(selection=new, asks=(ask,))
            for new in _beside(known, finding.selection, most)
        ]
    return Settled(
        said=tuple(told),
        unsaid=tuple(unsaid),
        confidence=max(one.confidence for one in (*parts, *([whole] if whole else ()))),
        sureness=min(one.sureness for one in spoken),
    )


def _which_speaks(part: Finding, whole: Finding | None, threshold: float) -> Finding | None:
    """The answer to all together, where that is sure and says something to this part."""
    if whole is None or whole.confidence < threshold:
        return None
    return whole if _is_told(part, whole.selection) else None


def _is_counted(part: Finding, sure: Sequence[Finding], whole: Finding, threshold: float) -> bool:
    """Whether a sentence that counts what another part asks for counts what this one does, too."""
    if whole.confidence < threshold or not asks_count(part.query.question.text):
        return False
    asking = [one for one in sure if asks_count(one.query.question.text)]
    best = max(whole.evidence, key=lambda one: one.score)
    said = [evidence for one in asking for evidence in one.selection.evidence]
    is_said = any(says_the_same(one, best) for one in said)
    return is_said and states_counts(best.text, len(asking) + 1)


def _where_said(told: Sequence[PartSelection], finding: Finding) -> int | None:
    """Where the best sentence of a finding is said already."""
    best = max(finding.selection.evidence, key=lambda one: one.score)
    return next(
        (
            at
            for at, one in enumerate(told)
            if any(says_the_same(known, best) for known in one.selection.evidence)
        ),
        None,
    )


def _is_told(part: Finding, said: Selection) -> bool:
    return any(_speaks_to(part, evidence) for evidence in said.evidence)


def _is_all_told(part: Finding, said: Selection) -> bool:
    """Whether what is said answers a part so well that nothing need be said beside it."""
    best = max(one.score for one in part.selection.evidence)
    good = [one for one in part.selection.evidence if best - one.score <= _AS_GOOD]
    if all(any(says_the_same(one, evidence) for evidence in said.evidence) for one in good):
        return part.sureness >= _LIKELY
    places = [place_of(evidence) for evidence in said.evidence]
    return len(good) == 1 and any(
        best - one.score <= _AS_GOOD
        and probability(one.score) >= _LIKELY
        and place_of(one) in places
        for one in part.evidence
    )


def _beside(known: Sequence[Evidence], selection: Selection, most: int) -> list[Selection]:
    """What a selection adds to what is said, in about so many characters; a list stays whole.

    What does not fit is what answers least: of a sentence and the one before it, that one.
    """
    new = [
        evidence
        for evidence in selection.evidence
        if not any(says_the_same(one, evidence) for one in known)
    ]
    is_whole = len(new) == len(selection.evidence)
    if is_whole and (selection.is_list or selection.differing):
        return [selection]
    while len(new) > 1 and sum(len(evidence.text) for evidence in new) > most:
        new.remove(min(new, key=lambda evidence: evidence.score))
    is_list = selection.is_list and len(new) > 1
    shown = Selection(
        evidence=tuple(new),
        is_list=is_list,
        has_sides=selection.has_sides,
        corrections=selection.corrections,
    )
    return [shown] if new else []


def _speaks_to(part: Finding, said: Evidence) -> bool:
    """Whether what is said answers a part too: its own search would say the same, or likely."""
    if any(says_the_same(one, said) for one in part.selection.evidence):
        return part.sureness >= _LIKELY
    return any(
        place_of(one) == place_of(said)
        for one in part.evidence
        if probability(one.score) >= _LIKELY
    )

"""Words that stand where a source has other words: one thing said in the place of another."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import Unit
from aspire_bot.answering.checking.sources import Line

_LONGEST_REPLACED = 4
_NEIGHBOURS = 2


def count_replaced(matcher: Matcher, lines: Sequence[Line], inside: int | None = None) -> int:
    """Count rows of words in whose place the source has others, which the statement leaves out."""
    units = matcher.statement.units
    count = 0
    for line in lines:
        if line.weight != 1:
            continue
        found = [matcher.places(at, line.reading) for at in range(len(units))]
        said = {n for places in found for n in places}
        for start, end in _runs_unsaid(matcher, found):
            if inside is not None and not start <= inside < end:
                continue
            left = found[start - 1] if start else (-1,)
            right = found[end] if end < len(units) else (len(line.reading.units),)
            count += any(
                0 < after - before - 1 <= _LONGEST_REPLACED
                and said.isdisjoint(range(before + 1, after))
                for before in left
                for after in right
            )
    return count


def share_in_order(matcher: Matcher, lines: Sequence[Line]) -> float:
    """Give the share of neighbouring words that are neighbours in a supporting line, too.

    One word of the line may stand between them. The greatest share of a line counts, from 0 to 1.
    """
    pairs = len(matcher.statement.units) - 1
    shares = (
        sum(
            any(0 < after - before <= _NEIGHBOURS for before in one for after in other)
            for one, other in pairwise(
                matcher.places(at, line.reading) for at in range(len(matcher.statement.units))
            )
        )
        / pairs
        for line in lines
        if line.weight == 1 and pairs > 0
    )
    return max(shares, default=0.0)


def replaced_names(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Unit]:
    """Give the names in whose very place each supporting sentence has something else.

    A name of the title may stand for "the programme" or "the meeting"; a person's may not. Nor is
    one replaced that stands there translated or abbreviated: 研究代表者, "the PI".
    """
    supporting = [line for line in lines if line.weight == 1]
    for at, unit in enumerate(matcher.statement.units):
        if unit.claim is None or unit.claim.kind != "name":
            continue
        if any(matcher.places(at, line.reading) for line in supporting):
            continue
        is_title = any(matcher.places(at, line.source.context) for line in supporting)
        is_translated = any(matcher.are_parts_in(unit, line.reading) for line in supporting)
        if (is_title or is_translated) and not unit.claim.is_person:
            continue
        if any(count_replaced(matcher, [line], at) for line in supporting):
            yield unit


def _runs_unsaid(matcher: Matcher, found: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Give the rows of words (first, behind the last) that a source does not say."""
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and not found[end] and _is_word(matcher.statement.units[end]):
            end += 1
        if end > at:
            yield at, end
        at = end + 1


def _is_word(unit: Unit) -> bool:
    return unit.claim is None or unit.claim.kind in ("contrast", "name")

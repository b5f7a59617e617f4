"""Words that stand where a source has other words: one thing said in the place of another."""

from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.sentence import Unit

_LONGEST_REPLACED = 4


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


def replaced_names(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Unit]:
    """Give the names in whose very place each supporting sentence has something else.

    A name of the title may stand for "the programme" or "the meeting"; a person's may not, nor one
    of a family of which the sentence has another member: LARCH for Rising Scientists, where it says
    LARCH for Leading Scientists under the title LARCH. Nor is one replaced that stands there
    translated or abbreviated: 研究代表者, "the PI".
    """
    supporting = [line for line in lines if line.weight == 1]
    for at, unit in enumerate(matcher.statement.units):
        if unit.claim is None or unit.claim.kind != "name":
            continue
        if any(matcher.places(at, line.reading) for line in supporting):
            continue
        is_title = any(_is_of_title(matcher, at, line) for line in supporting)
        is_translated = any(matcher.are_parts_in(unit, line.reading) for line in supporting)
        if (is_title or is_translated) and not unit.claim.is_person:
            continue
        if any(count_replaced(matcher, [line], at) for line in supporting):
            yield unit


def _is_of_title(matcher: Matcher, at: int, line: Line) -> bool:
    """Whether the title has a name: the whole of it where the sentence has one of its family."""
    parts = _parts(matcher.statement.units[at])
    named = [_parts(line.source.context.units[n]) for n in matcher.places(at, line.source.context)]
    if not named or any(parts <= one for one in named):
        return bool(named)
    units = line.reading.units
    said = {
        n
        for place in range(len(matcher.statement.units))
        for n in matcher.places(place, line.reading)
    }
    others = (_parts(unit) for n, unit in enumerate(units) if n not in said)
    return all(parts.isdisjoint(other) or parts <= other for other in others)


def _parts(unit: Unit) -> frozenset[str]:
    """The words of a name; none of anything else."""
    claim = unit.claim
    return frozenset(claim.parts if claim is not None and claim.kind == "name" else ())


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

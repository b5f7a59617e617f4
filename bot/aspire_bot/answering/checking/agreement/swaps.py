"""Two values or names beside two things: whether each is beside the thing of the other. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from aspire_bot.answering.checking.agreement.equality import Equality
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.sentence import Reading, Unit

_VALUES = ("amount", "date", "clock", "interval", "ordinal", "code")
_ROWS = 4

Beside = tuple[frozenset[int], frozenset[int]]
"""What stands beside the first value and beside the second: units of the statement."""


def swapped(matcher: Matcher, lines: Sequence[Line], equality: Equality) -> Iterator[int]:
    """Give the units of a statement, values or names, that have each other's place in a sentence.

    Where value and thing alternate in both, "18 minutes to present, 12 for questions" of "12
    minutes to present and 18 for questions", each value belongs to the thing at its side.
    """
    readings = [line.reading for line in lines if line.source.sentences[line.at].form != "row"]
    pairs = {pair for reading in readings for pair in _pairs(matcher, reading)}
    for pair in sorted(pairs):
        found = [_is_other_way_round(matcher, source, pair, equality) for source in readings]
        if True in found and False not in found:
            yield from pair


def _is_other_way_round(
    matcher: Matcher, source: Reading, pair: tuple[int, int], equality: Equality
) -> bool | None:
    """Whether a sentence has the values the other way round; None where that cannot be told."""
    places = _places(matcher, source, equality, pair)
    if places is None:
        return None
    things = _things(matcher, source, pair, places)
    said = _beside(matcher.statement, {at: n for n, at in enumerate(pair)}, {n: n for n in things})
    stated = _beside(
        source,
        {place: n for n, place in enumerate(places)},
        {place: n for n, place in things.items()},
    )
    if said is None or stated is None:
        return None
    is_straight = bool((said[0] & stated[0]) or (said[1] & stated[1]))
    is_crossed = bool(said[0] & stated[1]) and bool(said[1] & stated[0])
    return None if is_straight == is_crossed else is_crossed


def _pairs(matcher: Matcher, source: Reading) -> Iterator[tuple[int, int]]:
    """Two values of a kind in the statement, two names that it shares with a source."""
    kinds: dict[str, list[int]] = {}
    for at, unit in enumerate(matcher.statement.units):
        if unit.claim is None or unit.claim.is_former:
            continue
        if unit.claim.kind in _VALUES or _name_in(matcher, at, source) is not None:
            kinds.setdefault(unit.claim.kind, []).append(at)
    for found in kinds.values():
        keys = {unit.claim.key for at in found if (unit := matcher.statement.units[at]).claim}
        if len(found) == len(keys) == 2:
            yield found[0], found[1]


def _name_in(matcher: Matcher, at: int, source: Reading) -> int | None:
    """The one place where a source has a name of the statement."""
    claim = matcher.statement.units[at].claim
    if claim is None or claim.kind != "name":
        return None
    places = matcher.places(at, source)
    others = [source.units[place].claim for place in places]
    is_name = len(others) == 1 and others[0] is not None and others[0].kind == "name"
    return places[0] if is_name else None


def _places(
    matcher: Matcher, source: Reading, equality: Equality, pair: tuple[int, int]
) -> tuple[int, int] | None:
    """Where a source has both names, or both values and no other of their kind."""
    names = [_name_in(matcher, at, source) for at in pair]
    if names[0] is not None and names[1] is not None and names[0] != names[1]:
        return names[0], names[1]
    own = [matcher.statement.units[at].claim for at in pair]
    others = [
        (n, unit.claim)
        for n, unit in enumerate(source.units)
        if unit.claim and own[0] and unit.claim.kind == own[0].kind
    ]
    if len(others) != 2:
        return None
    found = [_only(claim, others, equality) for claim in own]
    if found[0] is None or found[1] is None or found[0] == found[1]:
        return None
    return found[0], found[1]


def _only(
    claim: Claim | None, others: Sequence[tuple[int, Claim]], equality: Equality
) -> int | None:
    places = [n for n, other in others if claim and equality.agree(claim, other)]
    return places[0] if len(places) == 1 else None


def _things(
    matcher: Matcher, source: Reading, pair: tuple[int, int], places: tuple[int, int]
) -> dict[int, int]:
    """What else the statement says that the source says in one place alone, with that place."""
    found: dict[int, int] = {}
    for at in range(len(matcher.statement.units)):
        stands = matcher.places(at, source) if at not in pair else ()
        if len(stands) == 1 and stands[0] not in places:
            found[at] = stands[0]
    # names and values are beside what is told of each, verbs may be of both
    told = {at: place for at, place in found.items() if _is_told(matcher.statement.units[at])}
    return told if len(told) > 1 else found


def _is_told(unit: Unit) -> bool:
    return unit.claim is not None and unit.claim.kind != "contrast"


def _beside(reading: Reading, values: dict[int, int], things: dict[int, int]) -> Beside | None:
    """Give what stands beside each value, where values and things take turns.

    A Japanese sentence ends with what it says of them all: 参加した.
    """
    order = sorted((*((at, True, n) for at, n in values.items()),
                    *((at, False, n) for at, n in things.items())))  # fmt: skip
    rows = [
        (is_value, [n for _, _, n in some])
        for is_value, some in groupby(order, key=lambda one: one[1])
    ]
    if reading.language == "ja" and len(rows) == _ROWS + 1 and rows[1][0]:
        rows = rows[:_ROWS]
    if len(rows) != _ROWS:
        return None
    found: dict[int, frozenset[int]] = {}
    for one, other in (rows[:2], rows[2:]):
        value, beside = (one, other) if one[0] else (other, one)
        found[value[1][0]] = frozenset(beside[1])
    return found[0], found[1]

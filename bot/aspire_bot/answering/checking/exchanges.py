"""Whether two things of a statement are said of each other's: each with what is the other's."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import Reading, Unit

_END = re.compile(
    r"[,、;；:。|(（]|\b(?:while|whereas|but|and|or|then)\b|一方|[がで]、|[でて](?=[、。])",
    re.IGNORECASE,
)

Place = tuple[int, int]
"""The place of a source, and of a unit or a clause in it."""


def are_exchanged(matcher: Matcher, sources: Sequence[Reading]) -> bool:
    """Whether two things stand with words that the sources say of the other one, and no others.

    "Italy leads A and Spain B" is exchanged in "Spain leads A and Italy B". What stands together
    is told by clauses. Only things that statement and sources name once are compared.
    """
    statement = matcher.statement
    found = {at: _places(matcher, at, sources) for at in range(len(statement.units))}
    times = Counter(place for places in found.values() for place in places)
    once = {
        at: p[0]
        for at, p in found.items()
        if len(p) == 1 and times[p[0]] == 1 and not _is_shared(statement, at, sources, p[0])
    }
    own = _clauses(statement)
    clauses = [_clauses(source) for source in sources]
    source_of = {at: (line, clauses[line][n]) for at, (line, n) in once.items()}
    return any(
        _are_alike(statement.units[one], statement.units[other])
        and own[one] != own[other]
        and source_of[one] != source_of[other]
        and _company(one, own, source_of) == {source_of[other]}
        and _company(other, own, source_of) == {source_of[one]}
        for one, other in combinations(once, 2)
    )


def _places(matcher: Matcher, at: int, sources: Sequence[Reading]) -> list[Place]:
    return [(line, n) for line, source in enumerate(sources) for n in matcher.places(at, source)]


def _clauses(reading: Reading) -> list[int]:
    """Give for each unit the number of its clause."""
    ends = [match.start() for match in _END.finditer(reading.text)]
    return [sum(end < unit.start for end in ends) for unit in reading.units]


def _is_shared(said: Reading, at: int, sources: Sequence[Reading], place: Place) -> bool:
    """Whether a thing begins both sentences, or is the verb that ends both: that of all clauses."""
    line, n = place
    last = len(said.units) - 1, len(sources[line].units) - 1
    return (at, n) == (0, 0) or (said.language == "ja" and (at, n) == last)


def _are_alike(one: Unit, other: Unit) -> bool:
    kinds = {unit.claim.kind if unit.claim else "name" for unit in (one, other)}
    return len(kinds) == 1


def _company(at: int, own: Sequence[int], source_of: Mapping[int, Place]) -> set[Place]:
    """Give the clauses of the sources that say what stands with a thing in its own clause."""
    return {place for n, place in source_of.items() if n != at and own[n] == own[at]}

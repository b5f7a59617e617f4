"""Whether a statement denies what its sources say, told by clauses: also across languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aspire_bot.answering.checking.clauses import clauses_of
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.operators import Turn
from aspire_bot.answering.checking.reading import HEAD, Reading
from aspire_bot.answering.checking.sources import Line
from aspire_bot.answering.checking.wordlists import LIGHT

_UNSURE: tuple[Turn, ...] = ("only", "except")
"""What says in one text what a denial says in another: only ten, not above ten."""

_LEAST = 2
"""How many words two groups of clauses must share to be held against each other."""
_PART = 2
"""A clause of a source of whose words the statement says one in so many may be what it means."""

Units = frozenset[int]
_NONE: Units = frozenset()
Link = tuple[int, int]
"""A clause of the statement and one of its sources, each by its number."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Its units, how often it denies, and whether it may in another way."""

    units: tuple[int, ...]
    denials: int
    is_unsure: bool


def denied_clauses(reading: Reading) -> list[Clause]:
    """Take a text apart into its clauses."""
    numbers = clauses_of(reading)
    found: list[Clause] = []
    for number in dict.fromkeys(numbers):
        units = tuple(n for n, one in enumerate(numbers) if one == number != HEAD)
        turns = [one.turn for one in reading.operators if one.reach and one.reach[0] in units]
        found.append(
            Clause(
                units=units,
                denials=turns.count("not"),
                is_unsure=any(turn in _UNSURE for turn in turns),
            )
        )
    return found


def contradicted(matcher: Matcher, lines: Sequence[Line]) -> Iterator[int]:
    """Give a unit of each clause of a statement that denies what it is taken from, or fails to.

    Clauses that say most of each other are held together. If one side denies and the other does
    not, one is wrong; words that exclude each other count as a denial.
    """
    own = denied_clauses(matcher.statement)
    stated = [(line, clause) for line in lines for clause in denied_clauses(line.reading)]
    shared = [[_shared(matcher, one, line.reading, other) for line, other in stated] for one in own]
    # of what stands around, only what says more of a clause than the support does
    supporting = [k for k, (line, _) in enumerate(stated) if line.weight == 1]
    for row in shared:
        most = max((len(row[k]) for k in supporting), default=0)
        row[:] = [n if k in supporting or len(n) > most else _NONE for k, n in enumerate(row)]
    for links in _groups(shared, [len(clause.units) for _, clause in stated]):
        said, others = sorted({c for c, _ in links}), sorted({k for _, k in links})
        if sum(max(len(shared[c][k]) for c in said) for k in others) < _LEAST:
            continue
        clauses = [own[c] for c in said] + [stated[k][1] for k in others]
        if any(one.is_unsure for one in clauses):
            continue
        opposite = any(
            _is_opposite(
                matcher, own[c], [(stated[k][0].reading, stated[k][1]) for x, k in links if x == c]
            )
            for c in said
        )
        # "neither A nor B" denies once or twice; what is wrong is wrong either way
        counts = sum(one.denials for one in clauses), sum(one.denials > 0 for one in clauses)
        if all((count + opposite) % 2 for count in counts):
            yield own[said[0]].units[0]


def _groups(shared: Sequence[Sequence[Units]], sizes: Sequence[int]) -> Iterator[set[Link]]:
    """Give the pairs of clauses, by number, that are each other's nearest, joined in groups.

    A clause of a source that says no more of one than another clause does is not meant.
    """
    links: set[Link] = set()
    for c, row in enumerate(shared):
        most = max(map(len, row), default=0)
        links |= {(c, k) for k, units in enumerate(row) if units and len(units) == most}
    for k, size in enumerate(sizes):
        most = max((len(row[k]) for row in shared), default=0)
        if most and most * _PART >= size:
            links |= {
                (c, k)
                for c, row in enumerate(shared)
                if len(row[k]) == most and not any(row[k] < other for other in row)
            }
    while links:
        group = {links.pop()}
        while found := {one for one in links if any(_touch(one, other) for other in group)}:
            group |= found
            links -= found
        yield group


def _touch(one: Link, other: Link) -> bool:
    return one[0] == other[0] or one[1] == other[1]


def _shared(matcher: Matcher, own: Clause, source: Reading, clause: Clause) -> Units:
    """Give the telling units of a clause that another one says."""
    units = matcher.statement.units
    return frozenset(
        at
        for at in own.units
        if not set(units[at].terms) & LIGHT
        and not set(matcher.places(at, source)).isdisjoint(clause.units)
    )


def _is_opposite(matcher: Matcher, own: Clause, others: Sequence[tuple[Reading, Clause]]) -> bool:
    """Whether the other clauses have the opposite of a word, and none of them the word."""
    stated = {
        claim.key
        for source, clause in others
        for n in clause.units
        if (claim := source.units[n].claim) is not None
    }
    said = [claim for at in own.units if (claim := matcher.statement.units[at].claim) is not None]
    keys = {claim.key for claim in said}
    return any(one.excludes & stated - keys and one.key not in stated for one in said)

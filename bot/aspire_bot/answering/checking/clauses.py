"""Whether things of a statement are said of what its sources say of another: told by clauses."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from aspire_bot.answering.checking.claims import Claim
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import HEAD, Reading, Unit, distance

_END = re.compile(
    r",(?!\d)|(?<!\d)/(?!\d)|(?<![やとは])、|[;；。|\n]|\b(?:while|whereas|but|and|or|then)\b|一方|[がで]、|[でて](?=[、。])",
    re.IGNORECASE,
)
_END_BEHIND_BRACKET = re.compile(r"(?<=[)）])(?:と|\s+and\b|\s+(?=\S+[:：]))")
_JOINS = re.compile(r"\s*(?:[,、・と＆&]|,?\s*(?:and|or)\b|や|及び|または)\s*")
_NEARER = 1.3
"""How much nearer two things must be to each other's company than to their own."""
_APART = 3.0
"""What the end of a clause adds to how far two things are from each other."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the sources: a sentence, a clause of it, and the unit that stands there.

    The head of a table's row is in no clause (-1): it belongs to all of its row.
    """

    line: int
    clause: int
    unit: int


class Clauses:
    """Knows in which clause of which sentence each thing of one statement is said."""

    def __init__(self, matcher: Matcher, sources: Sequence[Reading]) -> None:
        """Look for the units in the sentences that support the statement, and those around."""
        self._statement = matcher.statement
        self._sources = sources
        self._own = clauses_of(matcher.statement)
        numbers = [clauses_of(source) for source in sources]
        self._places = [
            [
                Place(line, numbers[line][n], n)
                for line, source in enumerate(sources)
                for n in matcher.places(at, source)
            ]
            for at in range(len(self._statement.units))
        ]
        self._numbers = numbers
        self._once = _named_once(self._places)
        self._alone = [
            _named_once([[p for p in places if p.line == line] for places in self._places])
            for line in range(len(sources))
        ]

    def misplaced(self) -> Iterator[Claim]:
        """Give the values in whose place the sources have another, of which nothing is said.

        In "A gets 5, B gets 8", 8 is misplaced where the statement says it of A alone: what stands
        with it stands elsewhere in that sentence, beside a value of its kind that is left out.
        """
        for at, unit in enumerate(self._statement.units):
            claim, lines = unit.claim, {p.line for p in self._places[at]}
            if claim is None or claim.kind == "contrast" or not lines:
                continue
            if all(self._is_misplaced(at, claim, line) for line in lines):
                yield claim

    def _is_misplaced(self, at: int, claim: Claim, line: int) -> bool:
        own = {p.clause for p in self._places[at] if p.line == line}
        # values that stand together may have changed places together: words tell where it belongs
        is_value = _is_value(self._unit(at))
        words = {
            n: p
            for n, p in self._alone[line].items()
            if not (is_value and _is_value(self._unit(n)))
        }
        company = self._company(at, words)
        return not any(clause in own for _, clause in company) and any(
            self._has_rival(at, claim, line, clause) for _, clause in company
        )

    def are_exchanged(self) -> bool:
        """Whether two things stand with what the sources say of the other one.

        "Italy leads A and Spain B" is exchanged in "Spain leads A and Italy B". Only things that
        statement and sources name once are compared: claims by what is nearest to them, of which
        words do not tell enough; words by all that stands in their clause.
        """
        units = self._statement.units
        telling = [at for at, place in self._once.items() if not self._is_shared(at, place)]
        return any(
            _are_alike(units[one], units[other])
            and not self._are_listed(one, other)
            and (
                self._are_crossed(one, other)
                if units[one].claim and units[other].claim
                else self._meet(one, other)
            )
            for one, other in combinations(telling, 2)
        )

    def _are_listed(self, one: int, other: int) -> bool:
        here, there = self._once[one], self._once[other]
        return (
            here.line == there.line
            and _are_listed(self._statement, one, other)
            and _are_listed(self._sources[here.line], here.unit, there.unit)
        )

    def _meet(self, one: int, other: int) -> bool:
        """Whether each of two things stands in a clause with what is said of the other alone."""
        here, there = self._once[one], self._once[other]
        return (
            self._own[one] != self._own[other]
            and self._company(one, self._once) == {(there.line, there.clause)}
            and self._company(other, self._once) == {(here.line, here.clause)}
            and (here.line, here.clause) != (there.line, there.clause)
        )

    def _company(self, at: int, once: Mapping[int, Place]) -> set[tuple[int, int]]:
        """Give the clauses of the sources that say what stands with a thing in its own clause.

        What is written in one with a person's name is that person's title, and tells nothing.
        """
        unit = self._statement.units[at]
        behind = unit.end if unit.claim and unit.claim.is_person else None
        return {
            (p.line, p.clause)
            for n, p in once.items()
            if n != at
            and self._own[n] == self._own[at]
            and p.clause != HEAD
            and self._statement.units[n].start != behind
        }

    def _are_crossed(self, one: int, other: int) -> bool:
        """Whether two things are nearer to what is said with the other than to their own."""
        here, there = self._once[one], self._once[other]
        is_near = _is_value(self._unit(one)) and _is_value(self._unit(other))
        straight = self._apart(one, here, there, is_near), self._apart(other, there, here, is_near)
        crossed = self._apart(one, there, here, is_near), self._apart(other, here, there, is_near)
        return straight[0] is not None is not straight[1] and (
            sum(filter(None, crossed)) * _NEARER < sum(filter(None, straight))
        )

    def _apart(self, at: int, place: Place, but: Place, is_near: bool) -> float | None:
        """How far the nearest thing is that is said at one place, not at another; else None.

        With `is_near` what is in the clause of both is said at the nearer one.
        """
        units = self._statement.units
        found = [
            distance(units[at], units[n]) + _APART * (self._own[at] != self._own[n])
            for n, other in self._once.items()
            if other not in (place, but) and self._is_with(other, place, but, is_near)
        ]
        return min(found, default=None)

    def _is_with(self, other: Place, place: Place, but: Place, is_near: bool) -> bool:
        """Whether a thing is said with one of two: in its sentence, its clause, or nearer to it."""
        if place.line != but.line:
            return other.line == place.line
        if place.clause != but.clause:
            return (other.line, other.clause) == (place.line, place.clause)
        units = self._sources[place.line].units
        return (
            is_near
            and other.line == place.line
            and distance(units[other.unit], units[place.unit])
            < (distance(units[other.unit], units[but.unit]))
        )

    def _is_shared(self, at: int, place: Place) -> bool:
        """Whether a thing begins both sentences, or is the verb that ends both: that of all."""
        said, source = self._statement, self._sources[place.line]
        last = len(said.units) - 1, len(source.units) - 1
        return (at, place.unit) == (0, 0) or (said.language == "ja" and (at, place.unit) == last)

    def _unit(self, at: int) -> Unit:
        return self._statement.units[at]

    def _has_rival(self, at: int, claim: Claim, line: int, clause: int) -> bool:
        """Whether a clause has a value for a claim's place that the claim's clause leaves out."""
        said = {
            p.unit
            for n, places in enumerate(self._places)
            for p in places
            if p.line == line and self._own[n] == self._own[at]
        }
        return any(
            self._numbers[line][n] == clause
            and n not in said
            and other.claim is not None
            and claim.competes_with(other.claim)
            for n, other in enumerate(self._sources[line].units)
        )


def _named_once(places: Sequence[Sequence[Place]]) -> dict[int, Place]:
    """Give a place of those things that statement and sources name in one clause alone."""
    times = Counter((p.line, p.unit) for some in places for p in some)
    return {
        at: some[0]
        for at, some in enumerate(places)
        if len({(p.line, p.clause) for p in some}) == 1
        and all(times[p.line, p.unit] == 1 for p in some)
    }


def clauses_of(reading: Reading) -> list[int]:
    """Give for each unit the number of its clause; what is in brackets belongs to what is before.

    A clause of one thing alone is part of a list, and goes with the next.
    """
    ends = sorted(
        match.end()
        for pattern in (_END, _END_BEHIND_BRACKET)
        for match in pattern.finditer(reading.text)
        if not _is_in_brackets(reading.text, match.start())
    )
    numbers = [sum(end <= unit.start for end in ends) for unit in reading.units]
    sizes = Counter(numbers)
    whole = sorted(number for number, size in sizes.items() if size > 1)
    joined = {
        number: next((n for n in whole if n >= number), whole[-1] if whole else 0)
        for number in sizes
    }
    return [
        HEAD if unit.bracket == HEAD else joined[number]
        for unit, number in zip(reading.units, numbers, strict=True)
    ]


def _is_in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) + text.count("（", 0, at) > text.count(")", 0, at) + text.count(
        "）", 0, at
    )


def _is_value(unit: Unit) -> bool:
    return unit.claim is not None and unit.claim.kind in ("amount", "date", "clock")


def _are_alike(one: Unit, other: Unit) -> bool:
    """Whether one could stand in the other's place: two words, two dates, yen for yen.

    A name that begins a sentence may have been read as a word.
    """
    kinds = {unit.claim.kind if unit.claim else "name" for unit in (one, other)}
    if len(kinds) > 1:
        return False
    if one.claim and other.claim and kinds == {"amount"}:
        return one.claim.unit == other.claim.unit
    return True


def _are_listed(reading: Reading, one: int, other: int) -> bool:
    """Whether two things stand in one list of names: their order says nothing."""
    first, last = sorted((one, other))
    units = reading.units[first : last + 1]
    return all(unit.claim and unit.claim.kind == "name" for unit in units) and all(
        _JOINS.fullmatch(reading.text, before.end, after.start) for before, after in pairwise(units)
    )

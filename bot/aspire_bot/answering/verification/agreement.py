"""Whether the claims of a statement are those of its sources, each in its own role.

A value that occurs in the source is not enough: it must be said of the same thing. Each claim is
therefore held against all values of its kind nearby: the one whose surroundings are most like
those of the claim must be its own value.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from aspire_bot.answering.verification.bounds import is_upper
from aspire_bot.answering.verification.claims import Claim
from aspire_bot.answering.verification.matching import Matcher, names_agree
from aspire_bot.answering.verification.reading import Reading, Unit, distance
from aspire_bot.answering.verification.sources import Line
from aspire_ingest.index.lexical.dates import DateMention
from aspire_ingest.index.lexical.units import CURRENCIES

Reason = Literal[
    "no_marker", "number", "amount", "date", "name", "negation", "modality", "direction", "unit",
    "coverage", "incomplete", "no_support", "link",
]  # fmt: skip

MARGIN = 1.2
"""How much better another value must fit to be the one that is meant."""
FOREIGN_MARGIN = 2.2
TWIN_MARGIN = 1.08
"""The same where the two values would change places."""
_ABOVE = 0.05
"""How well a value fits that only stands in the title, a heading or the document's date."""
_ABOVE_NAME = 0.15
_AS_WELL = 0.8
_LEAST = 0.03
_COUNTED = frozenset(("time", "age", "person", "project", "country", "field", "case", "article"))
_REASONS: dict[str, Reason] = {
    "amount": "number", "date": "date", "clock": "date", "ordinal": "number", "contact": "number",
    "code": "number", "name": "name", "contrast": "negation",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that a statement says and its sources do not, or say otherwise."""

    reason: Reason
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A value of a source, where it stands, and how well its surroundings fit a claim's."""

    claim: Claim
    line: Line
    unit: Unit
    fit: float


class Agreement:
    """Holds the claims of one statement against the lines chosen for it."""

    def __init__(self, matcher: Matcher, lines: Sequence[Line], given: Set[int]) -> None:
        """Take the lines that support and those around them.

        `given` are the statement's units that only repeat what the asker told of the own case.
        """
        self._matcher = matcher
        self._statement = matcher.statement
        self._lines = lines
        self._above = [line.source.context for line in lines if line.weight == 1]
        self._given = given

    def faults(self) -> tuple[Fault, ...]:
        """Say what does not agree; nothing where all does."""
        found: list[Fault] = []
        for at, unit in enumerate(self._statement.units):
            if unit.claim and (reason := self._reason(at, unit.claim)):
                found.append(Fault(reason=reason, said=self._statement.text[unit.start : unit.end]))
        return tuple(found)

    def _reason(self, at: int, claim: Claim) -> Reason | None:
        candidates = list(self._candidates(at, claim))
        own = [found for found in candidates if self._agrees(claim, found.claim)]
        others = [found for found in candidates if found not in own]
        if not own and claim.kind == "contrast":
            is_contrary = any(found.line.weight == 1 for found in others)
            return "negation" if is_contrary and not self._is_word_there(at) else None
        if not own:
            fit = self._fit_above(at, claim, others)
            if fit is None:
                return self._reason_of(claim, others)
        else:
            fit = max(found.fit for found in own)
            meant = [found for found in own if found.fit >= fit * _AS_WELL]
            if not any(self._bounds_agree(claim, found) for found in meant):
                return "direction"
        if own and claim.kind == "name" and self._is_beside_another(at, own):
            return "name"
        if own and self._is_said_twice(at, claim, own, others):
            return self._reason_of(claim, [])
        if own and any(found.line.weight == 1 for found in own):
            others = [x for x in others if x.claim.is_person == claim.is_person]
        return self._misplaced(at, claim, fit, others)

    def _is_said_twice(
        self, at: int, claim: Claim, own: Sequence[_Found], others: Sequence[_Found]
    ) -> bool:
        """Whether a value the source has once is said twice, and better said elsewhere.

        Another value of the source is left unsaid then, in whose place this one stands.
        """
        if claim.kind not in ("amount", "date") or len(own) != 1:
            return False
        twins = [
            n
            for n, unit in enumerate(self._statement.units)
            if n != at and unit.claim and unit.claim.key == claim.key
        ]
        if not any(self.fit(n, own[0].line, own[0].unit) > own[0].fit for n in twins):
            return False
        return any(
            found.line is own[0].line and self._claimed(at, found.claim) is None for found in others
        )

    def _is_beside_another(self, at: int, own: Sequence[_Found]) -> bool:
        """Whether a name in brackets stands behind another name than in all of its sources."""
        before = _before_brackets(self._statement, self._statement.units[at])
        if before is None or before.claim is None:
            return False
        holders = [_before_brackets(found.line.reading, found.unit) for found in own]
        claims = [unit.claim for unit in holders if unit and unit.claim]
        return len(claims) == len(own) and not any(
            self._agrees(before.claim, other) for other in claims
        )

    def _misplaced(
        self, at: int, claim: Claim, fit: float, others: Sequence[_Found]
    ) -> Reason | None:
        """Say whether another value stands where the claim should."""
        for other in others:
            rival, partner = other.fit, fit
            is_foreign = other.line.source.language != self._statement.language
            margin = FOREIGN_MARGIN if is_foreign else MARGIN
            twin = self._claimed(at, other.claim)
            if twin is not None and self._is_best_place(twin, other):
                back = self._best(twin, claim)
                forth = self._best(twin, other.claim)
                rival, partner = other.fit + back, fit + forth
                margin = margin if is_foreign else TWIN_MARGIN
            if rival > partner * margin + _LEAST:
                return self._reason_of(claim, [])
        return None

    def _candidates(self, at: int, claim: Claim) -> Iterator[_Found]:
        for line in self._lines:
            places = set(self._matcher.places(at, line.reading)) if claim.kind == "name" else set()
            for n, unit in enumerate(line.reading.units):
                other = unit.claim
                if n in places and (other is None or other.kind != "name"):
                    other = claim
                if (
                    other is not None
                    and (n in places or claim.competes_with(other) or claim.key == other.key)
                ) or (
                    other is not None
                    and claim.kind == other.kind == "amount"
                    and claim.value == other.value
                ):
                    yield _Found(claim=other, line=line, unit=unit, fit=self.fit(at, line, unit))
                elif (
                    other is not None
                    and claim.kind == other.kind
                    and claim.kind in ("date", "name")
                ):
                    if self._agrees(claim, other):
                        yield _Found(
                            claim=other, line=line, unit=unit, fit=self.fit(at, line, unit)
                        )

    def fit(self, at: int, line: Line, unit: Unit) -> float:
        """Say how alike the surroundings of the statement's unit and of a source's unit are."""
        own = self._statement.units[at]
        total = here = there = 0.0
        for n, neighbour in enumerate(self._statement.units):
            if n == at:
                continue
            near = 1 / (1 + distance(neighbour, own))
            here += near * near
            units = (line.reading.units[p] for p in self._matcher.places(n, line.reading))
            apart = [distance(other, unit) for other in units if other is not unit]
            if apart:
                far = 1 / (1 + min(apart))
                there += far * far
                total += near * far
        # a place in the thick of things is not to win for that alone
        return total / max(here, there) ** 0.5 * line.weight if total else 0.0

    def _best(self, at: int, claim: Claim) -> float:
        """How well a value (not the one claimed there) would fit in the place of another claim."""
        fits = [
            self.fit(at, line, unit)
            for line in self._lines
            for unit in line.reading.units
            if unit.claim and self._agrees(claim, unit.claim)
        ]
        return max(fits, default=0.0)

    def _is_best_place(self, at: int, found: _Found) -> bool:
        """Whether another claim of the statement is meant by this very value of the source."""
        claim = self._statement.units[at].claim
        fits = {
            (line, unit): self.fit(at, line, unit)
            for line in self._lines
            for unit in line.reading.units
            if claim and unit.claim and self._agrees(claim, unit.claim)
        }
        return fits.get((found.line, found.unit), 0.0) >= max(fits.values(), default=0.0) * 0.9

    def _claimed(self, at: int, claim: Claim) -> int | None:
        """Which other unit of the statement claims this value."""
        for n, unit in enumerate(self._statement.units):
            if (
                n != at
                and unit.claim
                and unit.claim.kind == claim.kind
                and self._agrees(unit.claim, claim)
            ):
                return n
        return None

    def _agrees(self, claim: Claim, other: Claim) -> bool:
        if claim.kind != other.kind:
            return claim is other
        if claim.kind == "amount":
            return claim.value == other.value and _units_agree(claim, other)
        if claim.kind == "date" and claim.date and other.date:
            return self._dates_agree(claim.date, other.date)
        if claim.kind == "name":
            return names_agree(claim, other)
        return claim.key == other.key

    def _dates_agree(self, said: DateMention, stated: DateMention) -> bool:
        if said.is_fiscal_year != stated.is_fiscal_year:
            # "in 2026" is often said of 2026年度
            is_year = self._is_foreign() and said.month is stated.month is None
            return is_year and said.year == stated.year
        if said.day is not None and said.day != stated.day:
            return False
        if said.month is not None and said.month != stated.month:
            return False
        if said.year is None or said.year == stated.year:
            return True
        return stated.year is None and said.year in self._years()

    def _years(self) -> set[int | None]:
        readings = [*(line.reading for line in self._lines), *self._above]
        return {c.date.year for r in readings for c in r.claims if c.date}

    def _bounds_agree(self, claim: Claim, found: _Found) -> bool:
        said, stated = claim.bound, found.claim.bound
        if said == stated or claim.kind not in ("amount", "date", "clock"):
            return True
        if said is None and stated is not None:
            return any(is_upper(hint) == is_upper(stated) for hint in claim.hints)
        if stated is None and said is not None:
            hints = found.claim.hints
            return any(is_upper(hint) == is_upper(said) for hint in hints)
        is_foreign = found.line.source.language != self._statement.language
        return bool(said and stated and is_foreign and is_upper(said) == is_upper(stated))

    def _fit_above(self, at: int, claim: Claim, others: Sequence[_Found]) -> float | None:
        """How well a claim fits that no line holds but the title, or the asker, does."""
        if claim.kind in ("date", "name", "ordinal", "code", "amount"):
            for reading in self._above:
                if any(c.kind == claim.kind and self._agrees(claim, c) for c in reading.claims):
                    is_thing = claim.kind == "name" and not claim.is_person
                    return _ABOVE_NAME if is_thing else _ABOVE
        if claim.kind == "name" and not claim.is_person and self._is_word_there(at):
            is_here = any(
                self._matcher.are_parts_in(self._statement.units[at], line.reading)
                for line in self._lines
                if line.weight == 1
            )
            return max([_ABOVE_NAME, *(found.fit for found in others if is_here)])
        if claim.kind == "amount" and claim.value == 1 and self._is_foreign():
            is_other = any(found.claim.value == 1 for found in others)
            return None if is_other else 1.0  # one is often not said in the other language
        return _ABOVE if at in self._given else None

    def _is_foreign(self) -> bool:
        return any(line.source.language != self._statement.language for line in self._lines)

    def _is_word_there(self, at: int) -> bool:
        """Whether the words of a name stand in the lines or above, written small or apart."""
        unit = self._statement.units[at]
        readings: list[Reading] = [*(line.reading for line in self._lines), *self._above]
        if unit.claim is None or unit.claim.kind != "name":
            return any(self._matcher.is_among(unit, reading.terms()) for reading in readings)
        return any(self._matcher.are_parts_in(unit, reading) for reading in readings)

    def _reason_of(self, claim: Claim, others: Sequence[_Found]) -> Reason:
        if claim.kind == "amount":
            if any(other.claim.value == claim.value for other in others):
                return "unit"
            return "amount" if claim.unit in CURRENCIES else "number"
        return _REASONS[claim.kind]


def _before_brackets(reading: Reading, unit: Unit) -> Unit | None:
    """Give the name right before the brackets that a unit stands in."""
    if not unit.bracket:
        return None
    outside = [one for one in reading.units if not one.bracket and one.end <= unit.start]
    holder = outside[-1] if outside else None
    return holder if holder and holder.claim and holder.claim.kind == "name" else None


def _units_agree(claim: Claim, other: Claim) -> bool:
    """Whether the units are one; what is counted may be left unsaid, a measure may not be added."""
    if claim.unit == other.unit or claim.unit is None:
        return True
    return other.unit is None and claim.unit in _COUNTED

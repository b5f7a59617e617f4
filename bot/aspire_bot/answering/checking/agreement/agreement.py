"""Whether the claims of a statement are those of its sources, each in its own role.

A value that occurs in the source is not enough: it must be said of the same thing. Each claim is
therefore held against all values of its kind nearby: the one whose surroundings are most like
those of the claim must be its own value.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from aspire_bot.answering.checking.agreement.equality import COUNTED, Equality
from aspire_bot.answering.checking.agreement.evidence_rows import without_lent_cells
from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.checking.agreement.former import holds
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.surroundings import (
    Surroundings,
    before_brackets,
    change_places,
)
from aspire_bot.answering.checking.agreement.swaps import swapped
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.claims import Claim
from aspire_bot.answering.checking.claims.rates import rates_part
from aspire_bot.answering.checking.claims.sentence import Reading, Unit
from aspire_ingest.index.text.units import CURRENCIES

MARGIN = 1.2
"""How much better another value must fit to be the one that is meant."""
FOREIGN_MARGIN = 2.2
ROW_MARGIN = 1.05
"""The same between the cells of a row: their headers tell them apart exactly."""
TWIN_MARGIN = 1.08
"""The same where the two values would change places."""
_ABOVE = 0.05
"""How well a value fits that only stands in the title, a heading or the document's date."""
_ABOVE_NAME = 0.15
_AS_WELL = 0.8
_LEAST = 0.03
_FEW, _SMALL = 2, 12
_FIRST_JA = re.compile(r"初(?!旬)|はじめ(?=て|の)|始め(?=て|の)")
_EACH = re.compile(r"\b(?:single|each|every|per)\b|ごと|毎に|当たり|あたり|につき")
_REASONS: dict[str, Reason] = {
    "amount": "number", "date": "date", "clock": "date", "interval": "number",
    "ordinal": "number", "contact": "number",
    "code": "number", "name": "name", "contrast": "negation",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A value of a source, where it stands, and how well its surroundings fit a claim's."""

    claim: Claim
    line: Line
    unit: Unit
    fit: float


class Agreement:
    """Holds the claims of one statement against the lines chosen for it."""

    def __init__(
        self,
        matcher: Matcher,
        surroundings: Surroundings,
        lines: Sequence[Line],
        given: Set[int],
    ) -> None:
        """Take the lines that support and those around them.

        `given` are the statement's units that only repeat what the asker told of the own case.
        """
        self._matcher = matcher
        self._statement = matcher.statement
        self._lines = without_lent_cells(matcher, lines)
        self._above = [line.source.context for line in lines if line.weight == 1]
        self._given = given
        self._surroundings = surroundings
        self._is_foreign = any(x.source.language != self._statement.language for x in lines)
        readings = [*(line.reading for line in lines), *self._above]
        years = {c.date.year for r in readings for c in r.claims if c.date and c.date.year}
        self._equality = Equality(frozenset(years), is_foreign=self._is_foreign)

    def faults(self) -> tuple[Fault, ...]:
        """Say what does not agree; nothing where all does."""
        found: list[Fault] = []
        others = frozenset(swapped(self._matcher, self._lines, self._equality))
        for at, unit in enumerate(self._statement.units):
            if unit.claim is None:
                continue
            reason = self._reason(at, unit.claim)
            if reason is None and at in others:
                reason = self._reason_of(unit.claim, [])
            if reason is not None:
                said = self._statement.text[unit.start : unit.end]
                found.append(
                    Fault(reason=reason, said=said, is_turned=self._is_turned(unit.claim, reason))
                )
        return tuple(found)

    def _is_turned(self, claim: Claim, reason: Reason) -> bool:
        """Whether a word has its contrary in the sources, or an amount is without its bound."""
        if reason == "bound":
            return claim.kind == "amount" and claim.bound is None and not self._is_foreign
        return reason == "negation"

    def _reason(self, at: int, claim: Claim) -> Reason | None:
        candidates = list(self._candidates(at, claim))
        own = [
            found
            for found in candidates
            if self._agrees(claim, found.claim) and holds(self._statement, at, found.claim)
        ]
        others = [
            found
            for found in candidates
            if found not in own and (claim.is_former or not found.claim.is_former)
        ]
        if own:
            return self._reason_of_own(at, claim, own, others)
        if claim.kind == "contrast":
            return self._contrary(at, others)
        is_bare = claim.kind == "interval" and claim.value is None and not candidates
        if at in self._given or is_bare:
            return None
        fit = None if self._is_former(claim, candidates) else self._fit_above(at, claim, others)
        if fit is None:
            return self._reason_of(claim, candidates)
        return self._misplaced(at, claim, fit, others)

    def _reason_of_own(
        self, at: int, claim: Claim, own: Sequence[_Found], others: Sequence[_Found]
    ) -> Reason | None:
        """Say what is wrong with a value that the sources have."""
        if all(found.claim.is_former for found in own):
            others = []  # what was before: what holds now is no rival
        others = [found for found in others if not rates_part(claim.per, found.claim.per)]
        if all(rates_part(claim.per, found.claim.per) for found in own):
            return "unit"
        bound = self._bound(claim, own)
        return bound if bound == "direction" else self._place(at, claim, own, others) or bound

    def _contrary(self, at: int, others: Sequence[_Found]) -> Reason | None:
        """Say whether the sources have the contrary of a word, and not the word."""
        is_contrary = not _is_denied(self._statement, self._statement.units[at])
        is_contrary &= any(
            found.line.weight == 1 and not _is_denied(found.line.reading, found.unit)
            for found in others
        )
        return "negation" if is_contrary and not self._is_word_there(at) else None

    def _is_former(self, claim: Claim, candidates: Sequence[_Found]) -> bool:
        """Whether a name is only there as one that holds no more."""
        return claim.kind == "name" and any(
            found.line.weight == 1 and self._agrees(claim, found.claim) for found in candidates
        )

    def _bound(self, claim: Claim, own: Sequence[_Found]) -> Reason | None:
        """Say whether the value is bounded the other way where it fits best, or otherwise."""
        fit = max(found.fit for found in own)
        meant = [found for found in own if found.fit >= fit * _AS_WELL]
        if any(self._equality.bounds_agree(claim, found.claim) for found in meant):
            return None
        opposite = (
            self._equality.are_opposite(claim, found.claim) and self._denies_alike(found.line)
            for found in meant
        )
        return "direction" if all(opposite) else "bound"

    def _denies_alike(self, line: Line) -> bool:
        """Whether a sentence denies as the statement does: over 50 none is, up to 50 all are."""
        counts = [
            sum(one.turn == "not" for one in reading.operators)
            for reading in (self._statement, line.reading)
        ]
        return counts[0] % 2 == counts[1] % 2

    def _place(
        self, at: int, claim: Claim, own: Sequence[_Found], others: Sequence[_Found]
    ) -> Reason | None:
        """Say whether a value of the sources stands where another one should."""
        if claim.kind == "name" and self._is_beside_another(at, own):
            return "name"
        if self._is_said_twice(at, claim, own, others):
            return self._reason_of(claim, [])
        if any(found.line.weight == 1 for found in own):
            others = [x for x in others if x.claim.is_person == claim.is_person]
            # a bare number beside months is none of months; beside projects it may be of these
            if claim.unit and claim.unit not in COUNTED:
                others = [x for x in others if x.claim.unit]
        return self._misplaced(at, claim, max(found.fit for found in own), others)

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
        if not any(self._surroundings.fit(n, own[0].line, own[0].unit) > own[0].fit for n in twins):
            return False
        return any(
            found.line is own[0].line and self._claimed(at, found.claim) is None for found in others
        )

    def _is_beside_another(self, at: int, own: Sequence[_Found]) -> bool:
        """Whether a name in brackets stands behind another name than in all of its sources."""
        before = before_brackets(self._statement, self._statement.units[at])
        if before is None or before.claim is None:
            return False
        holders = [before_brackets(found.line.reading, found.unit) for found in own]
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
            margin, least = (FOREIGN_MARGIN if is_foreign else MARGIN), _LEAST
            if other.line.source.sentences[other.line.at].form == "row":
                margin, least = ROW_MARGIN, 0.0
            twin = self._claimed(at, other.claim)
            if twin is not None and self._is_best_place(twin, other):
                if not is_foreign and self._change_places(at, twin):
                    return self._reason_of(claim, [])
                back = self._best(twin, claim)
                forth = self._best(twin, other.claim)
                rival, partner = other.fit + back, fit + forth
                margin = margin if is_foreign else TWIN_MARGIN
            if rival > partner * margin + least:
                return self._reason_of(claim, [])
        return None

    def _change_places(self, at: int, twin: int) -> bool:
        """Whether two values of one source sentence have each other's grammatical place."""
        pair = (self._statement.units[at], self._statement.units[twin])
        for line in self._lines:
            found = [
                [u for u in line.reading.units if u.claim and self._agrees(one.claim, u.claim)]
                for one in pair
                if one.claim
            ]
            if line.weight == 1 and [len(units) for units in found] == [1, 1]:
                return change_places(
                    self._statement, pair, line.reading, (found[0][0], found[1][0])
                )
        return False

    def _candidates(self, at: int, claim: Claim) -> Iterator[_Found]:
        """The values of the lines that are the claim's, or could stand in its place."""
        for line in self._lines:
            is_name = claim.kind == "name"
            places = self._matcher.places(at, line.reading) if is_name else ()
            for n, unit in enumerate(line.reading.units):
                other = unit.claim
                if n in places and (other is None or other.kind != "name"):
                    other = claim  # the name is written small there
                is_rival = not unit.is_header and other and self._may_compete(claim, other)
                if other is not None and (n in places or is_rival):
                    fit = self._surroundings.fit(at, line, unit)
                    yield _Found(claim=other, line=line, unit=unit, fit=fit)

    def _may_compete(self, claim: Claim, other: Claim) -> bool:
        if claim.kind != other.kind:
            is_count = {claim.kind, other.kind} == {"amount", "interval"}
            return self._agrees(claim, other) or (is_count and claim.value == other.value)
        is_value = claim.kind == "amount" and claim.value == other.value
        return is_value or claim.competes_with(other) or self._agrees(claim, other)

    def _best(self, at: int, claim: Claim) -> float:
        """How well a value (not the one claimed there) would fit in the place of another claim."""
        fits = [
            self._surroundings.fit(at, line, unit)
            for line in self._lines
            for unit in line.reading.units
            if unit.claim and self._agrees(claim, unit.claim)
        ]
        return max(fits, default=0.0)

    def _is_best_place(self, at: int, found: _Found) -> bool:
        """Whether another claim of the statement is meant by this very value of the source."""
        claim = self._statement.units[at].claim
        fits = {
            (line, unit): self._surroundings.fit(at, line, unit)
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
        return self._equality.agree(claim, other)

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
        if self._is_foreign and self._is_first_in_words(claim):
            return 1.0
        if claim.kind == "amount" and claim.value == 1 and self._is_foreign:
            is_other = any(found.claim.value == 1 for found in others)
            return None if is_other else 1.0  # one is often not said in the other language
        return None

    def _is_first_in_words(self, claim: Claim) -> bool:
        """Whether it is a "first" that Japanese says without a number: 初年度, 最初の."""
        return claim.key == "nth:1" and any(
            line.weight == 1 and _FIRST_JA.search(line.reading.text) for line in self._lines
        )

    def _is_word_there(self, at: int) -> bool:
        """Whether the words of a name stand in the lines or above, written small or apart."""
        unit = self._statement.units[at]
        readings: list[Reading] = [*(line.reading for line in self._lines), *self._above]
        if unit.claim is None or unit.claim.kind != "name":
            return any(self._matcher.is_among(unit, reading.terms()) for reading in readings)
        return any(self._matcher.are_parts_in(unit, reading) for reading in readings)

    def _reason_of(self, claim: Claim, others: Sequence[_Found]) -> Reason:
        if self._only_counts(claim, others):
            return "count"
        if claim.kind == "amount":
            if any(other.claim.value == claim.value for other in others):
                return "unit"
            return "amount" if claim.unit in CURRENCIES else "number"
        return _REASONS[claim.kind]

    def _speaks_of_each(self) -> bool:
        """Whether the sources speak of one of many: a single project, 課題ごと."""
        return any(
            line.weight == 1 and _EACH.search(line.reading.text.casefold()) for line in self._lines
        )

    def _only_counts(self, claim: Claim, others: Sequence[_Found]) -> bool:
        """Whether it counts one or two in words where no source counts such things otherwise.

        "If the two arms each get one" of "if both arms receive it".
        """
        if claim.kind != "amount" or claim.value is None or claim.value > _FEW:
            return False
        said = self._statement.text[claim.start : claim.end]
        if claim.value == 1 and not any(map(str.isdigit, said)) and self._speaks_of_each():
            return True
        is_counted = any(
            found.claim.value is not None
            and found.claim.value <= _SMALL
            and found.claim.unit in (None, claim.unit)
            for found in others
        )
        return not any(map(str.isdigit, said)) and not is_counted


def _is_denied(reading: Reading, unit: Unit) -> bool:
    """Whether a text says that it is not so: "not early" is no contrary of "late"."""
    return any(
        one.turn == "not" and reading.units[one.reach[0]] is unit
        for one in reading.operators
        if one.reach
    )

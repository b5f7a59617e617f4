"""Whether a statement denies, demands, allows and limits what its source does, and nothing else."""

import re
from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking.agreement.faults import Fault, Reason
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.surroundings import Surroundings
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.former_names import may_be_of_before
from aspire_bot.answering.checking.claims.operators import Operator, Turn
from aspire_bot.answering.checking.claims.sentence import Reading

_REASONS: dict[Turn, Reason] = {
    "not": "negation", "except": "negation", "must": "modality", "may": "modality",
    "should": "modality", "plan": "modality", "only": "modality", "all": "modality",
    "some": "modality",
}  # fmt: skip
_MUST_BE_SAID: tuple[Turn, ...] = ("not", "except", "may", "plan", "some")
"""What a statement may not leave out where it says the word that is turned."""
_STANDS_FOR: dict[Turn, tuple[Turn, ...]] = {
    "may": ("may", "should", "plan"),
    "plan": ("plan", "may", "should", "must"),
    "some": ("some", "may", "only"),
}
_MUST_BE_KNOWN: tuple[Turn, ...] = ("not", "except", "must", "may", "should", "only", "plan")
"""What a statement may not add."""
_LOOSE: tuple[Turn, ...] = ("only", "must", "may", "should", "plan", "some", "except")
"""What languages put in so different places that its object says little across them."""
_CONTRARY: dict[Turn, Turn] = {"must": "may", "may": "must"}
_PURPOSE = re.compile(
    r"\b(?:goals?|objectives?|purposes?|aims?|mission)\b|目的|目標|狙い|ねらい", re.IGNORECASE
)
"""A source that speaks of goals says what somebody aims to do."""
_AHEAD = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) to (?!date\b))|予定|(?<!てい)(?:ます|する|行う|開く)。?$"
)
"""What will be is planned."""
_BESIDE = 6
_BEST, _ABOUT_BEST = 0.95, 0.8
_EXCLUDES: dict[Turn, Turn] = {"all": "some", "some": "all"}


class Polarity:
    """Holds the turning words of one statement against the lines that support it."""

    def __init__(self, matcher: Matcher, surroundings: Surroundings, lines: Sequence[Line]) -> None:
        """Take the lines that support and those around them: a word may be meant in either."""
        self._matcher = matcher
        self._statement = matcher.statement
        self._lines = lines
        self._surroundings = surroundings

    def faults(self) -> tuple[Fault, ...]:
        """Say which turning words do not agree; nothing where all do."""
        return tuple(dict.fromkeys((*self._added(), *self._left_out())))

    def _added(self) -> Iterator[Fault]:
        for operator in self._statement.operators:
            turn = operator.turn
            if (turn in _MUST_BE_KNOWN and not self._is_said(operator)) or (
                turn in _EXCLUDES and self._is_said_as(operator, _EXCLUDES[turn])
            ):
                yield self._fault(
                    operator, self._statement.text, is_turned=self._is_thing_said(operator)
                )
        yield from self._uneven()

    def _uneven(self) -> Iterator[Fault]:
        """Two denials of one thing are not one denial of it, nor is one none."""
        for at in range(len(self._statement.units)):
            found = [] if self._is_former(at) else self._best_occurrences(at)
            if not found or any(self._is_foreign(line) for line, _ in found):
                continue
            if all(self._is_of_before(at, line, place) for line, place in found):
                continue
            own = self._denials(self._statement, at)
            counts = [len(self._denials(line.reading, place)) for line, place in found]
            if own and all(self._is_value_denied(line.reading, place) for line, place in found):
                continue
            if all(count % 2 != len(own) % 2 for count in counts) and not self._is_turned_aside(at):
                said = self._statement.units[at]
                text = self._statement.text[said.start : said.end]
                yield Fault(reason="negation", said=text, is_turned=True)

    def _is_of_before(self, at: int, line: Line, place: int) -> bool:
        """Whether a source's name holds no more, and the statement says what was before."""
        claim, unit = line.reading.units[place].claim, self._statement.units[at]
        is_former = claim is not None and claim.is_former
        return is_former and may_be_of_before(self._statement.text, unit.start, unit.end)

    def _is_value_denied(self, reading: Reading, at: int) -> bool:
        """Whether a value or name stands by a denial: of what nothing comes, nothing is given."""
        claim = reading.units[at].claim
        return (
            claim is not None
            and claim.kind != "contrast"
            and any(one.turn == "not" and at in one.reach for one in reading.operators)
        )

    def _is_turned_aside(self, at: int) -> bool:
        """Whether a denial of the statement that stands elsewhere may be meant for this thing.

        "No approval is needed" denies the approval, "approval is not needed" the need.
        """
        return any(
            at in operator.reach[1:]
            and (
                not self._is_denied_there(operator.reach[0]) or self._is_one(at, operator.reach[0])
            )
            for operator in self._statement.operators
            if operator.turn == "not"
        ) or any(
            place in operator.reach[1:] and not self._matches(operator.reach[0], line)
            for line, place in self._best_occurrences(at)
            for operator in line.reading.operators
            if operator.turn == "not"
        )

    def _is_one(self, at: int, other: int) -> bool:
        """Whether two words are one in the sources: an upper limit is a ceiling."""
        return self._best_occurrences(at) == self._best_occurrences(other)

    def _is_denied_there(self, at: int) -> bool:
        return any(self._denials(line.reading, place) for line, place in self._best_occurrences(at))

    def _matches(self, place: int, line: Line) -> bool:
        """Whether the statement says the thing at a place of a source."""
        return any(
            place in self._matcher.places(at, line.reading)
            for at in range(len(self._statement.units))
        )

    def _denials(self, reading: Reading, at: int) -> list[Operator]:
        return [one for one in reading.operators if one.turn == "not" and at in one.reach[:1]]

    def _is_said(self, operator: Operator) -> bool:
        """Whether a source turns the same thing alike; anything, where it has no such thing."""
        supporting = [line for line in self._lines if line.weight == 1]
        if operator.turn == "plan" and any(
            _PURPOSE.search(x.reading.text) or _AHEAD.search(x.reading.text) for x in supporting
        ):
            return True
        if self._is_denied_there_too(operator, supporting):
            return True
        if any(map(self._is_foreign, supporting)) and operator.turn in _LOOSE:
            turns = {
                o.turn
                for line in supporting
                for o in line.reading.operators
                if o.turn != operator.turn or self._is_alike(operator, o, line)
            }
            return (
                operator.turn in turns
                or operator.turn not in _CONTRARY
                or _CONTRARY[operator.turn] not in turns
            )
        for at in operator.reach:
            found = self._best_occurrences(at, _ABOUT_BEST)
            if found:  # the nearest thing that the sources say too decides
                return any(
                    place in o.reach and self._is_alike(operator, o, line)
                    for line, place in found
                    for o in line.reading.operators
                )
        # the thing may have another name, across languages and in other words
        return any(
            self._is_alike(operator, other, line)
            for line in supporting
            for other in line.reading.operators
            if self._is_foreign(line) or not any(self._matches(n, line) for n in other.reach[:1])
        )

    def _is_denied_there_too(self, operator: Operator, lines: Sequence[Line]) -> bool:
        """Whether what denies needs no like, or has one that its words do not lead to."""
        if _is_denied(operator, self._statement) and any(map(_denies, lines)):
            return True  # what nobody can do is not done
        if any(map(self._is_former, operator.reach)):
            return True  # "instead of ten": values are held against values
        return operator.turn == "not" and self._denies_as_often(lines)

    def _is_former(self, at: int) -> bool:
        claim = self._statement.units[at].claim
        return claim is not None and claim.is_former and claim.kind != "name"

    def _denies_as_often(self, lines: Sequence[Line]) -> bool:
        """Whether sources in another language deny as many things: which, their words hide."""
        if not lines or not all(map(self._is_foreign, lines)):
            return False
        stated = [one for line in lines for one in line.reading.operators if one.turn == "not"]
        own = [one for one in self._statement.operators if one.turn == "not"]
        return len(stated) == len(own)

    def _is_alike(self, operator: Operator, other: Operator, line: Line) -> bool:
        """Whether a source's operator is that of the statement: "cannot" is no "can"."""
        is_denied = _is_denied(operator, self._statement)
        return other.turn == operator.turn and _is_denied(other, line.reading) == is_denied

    def _is_foreign(self, line: Line) -> bool:
        return line.source.language != self._statement.language

    def _is_said_as(self, operator: Operator, other: Turn) -> bool:
        """Whether a source turns the same thing the other way, and nowhere this way."""
        places = [found for at in operator.reach[:1] for found in self._occurrences(at)]
        return any(self._turns_at(line, other, n) for line, n in places) and not any(
            self._turns_at(line, operator.turn, n) for line, n in places
        )

    def _fault(self, operator: Operator, text: str, *, is_turned: bool) -> Fault:
        said = text[operator.start : operator.end]
        return Fault(reason=_REASONS[operator.turn], said=said, is_turned=is_turned)

    def _is_thing_said(self, operator: Operator) -> bool:
        """Whether a supporting sentence says the very thing that is turned."""
        found = (one for at in operator.reach[:1] for one in self._best_occurrences(at))
        return any(line.weight == 1 for line, _ in found)

    def _left_out(self) -> Iterator[Fault]:
        supporting = [line for line in self._lines if line.weight == 1]
        denies_as_often = self._denies_as_often(supporting)
        for line in self._lines:
            is_foreign = self._is_foreign(line)
            for operator in line.reading.operators:
                if is_foreign and (operator.turn in _LOOSE or line.weight < 1):
                    continue
                if _is_denied(operator, line.reading) and self._denies_too():
                    continue
                if operator.turn == "not" and denies_as_often:
                    continue
                if operator.turn in _MUST_BE_SAID and self._is_left_out(line, operator):
                    yield self._fault(operator, line.reading.text, is_turned=line.weight == 1)

    def _denies_too(self) -> bool:
        return any(one.turn == "not" for one in self._statement.operators)

    def _is_left_out(self, line: Line, operator: Operator) -> bool:
        """Whether the statement says the thing that a source turns, but does not turn it."""
        if not operator.reach:
            return False
        turned = operator.reach[0]
        saying = [
            at
            for at in range(len(self._statement.units))
            if any(one.source is line.source and one.at == line.at and n == turned
                   for one, n in self._best_occurrences(at))
        ]  # fmt: skip
        if not saying or all(self._is_of_before(at, line, turned) for at in saying):
            return False
        stands_for = _STANDS_FOR.get(operator.turn, (operator.turn,))
        own = [one for one in self._statement.operators if one.turn in stands_for]
        if any(set(saying) & set(one.reach) for one in own):
            return False
        others = [at for at in self._saying(line, operator.reach) if at not in saying]
        return not any(set(others) & set(one.reach) for one in own)

    def _saying(self, line: Line, reach: Sequence[int]) -> list[int]:
        return [
            at
            for at in range(len(self._statement.units))
            if set(self._matcher.places(at, line.reading)) & set(reach)
        ]

    def _turns_at(self, line: Line, turn: Turn, place: int) -> bool:
        return any(o.turn == turn and place in o.reach for o in line.reading.operators)

    def _occurrences(self, at: int) -> list[tuple[Line, int]]:
        return [
            (line, place)
            for line in self._lines
            for place in self._matcher.places(at, line.reading)
        ]

    def _best_occurrences(self, at: int, share: float = _BEST) -> list[tuple[Line, int]]:
        """Where a word of the statement stands in the sources, as far as its surroundings tell."""
        found = self._occurrences(at)
        if len(found) < 2:
            return found
        fits = [self._surroundings.fit(at, line, line.reading.units[n]) for line, n in found]
        return [one for one, fit in zip(found, fits, strict=True) if fit >= max(fits) * share]


def _is_denied(operator: Operator, reading: Reading) -> bool:
    """Whether it is what nobody may do: "cannot", できません."""
    return operator.turn == "may" and any(
        one.turn == "not" and operator.start - _BESIDE <= one.start <= operator.end + _BESIDE
        for one in reading.operators
    )


def _denies(line: Line) -> bool:
    return any(one.turn == "not" for one in line.reading.operators)

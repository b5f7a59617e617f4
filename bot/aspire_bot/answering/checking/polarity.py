"""Whether a statement denies, demands, allows and limits what its source does, and nothing else."""

import re
from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking.faults import Fault, Reason
from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.operators import Operator, Turn
from aspire_bot.answering.checking.reading import Reading
from aspire_bot.answering.checking.sources import Line
from aspire_bot.answering.checking.surroundings import Surroundings

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
_DENIALS: tuple[Turn, ...] = ("not", "except")
"""What a statement may not add."""
_CONTRARY: dict[Turn, tuple[Turn, ...]] = {
    "must": ("may", "should", "plan"), "should": ("must",), "may": ("must",),
}  # fmt: skip
"""What a statement may not say where its sources say the other; a rule says it without a word."""
_PURPOSE = re.compile(
    r"\b(?:goals?|objectives?|purposes?|aims?|mission)\b|目的|目標|狙い|ねらい", re.IGNORECASE
)
"""A source that speaks of goals says what somebody aims to do."""
_SCHEDULED = re.compile(r"予定|見込|plan|expect|schedul")
"""What a source only announces may be said to be planned."""
_LIMITS: tuple[Turn, ...] = ("only", "not", "except", "must")
_CONDITION = re.compile(
    r"\b(?:if|once|unless|until|when|provided|condition|after)\b|場合|とき|条件|限|ば、|たら", re.I
)
"""Sources with one of these say of some cases alone what they say: "only" adds nothing then."""
_LOOSE: tuple[Turn, ...] = ("only", "must", "may", "should", "plan", "some")
"""What languages put in so different places that its object says little across them."""
_CLAUSE = re.compile(
    r"[,、;；。|]|\b(?:but|while|although|though|because|whereas|and)\b|が、|ただし", re.IGNORECASE
)
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
            if (
                (turn in _DENIALS and not self._is_said(operator))
                or (turn == "only" and not self._is_limited())
                or (turn == "plan" and not self._is_planned(operator))
                or any(self._is_said_as(operator, other) for other in _CONTRARY.get(turn, ()))
                or (turn in _EXCLUDES and self._is_said_as(operator, _EXCLUDES[turn]))
            ):
                yield self._fault(operator, self._statement.text)
        yield from self._uneven()

    def _uneven(self) -> Iterator[Fault]:
        """Two denials of one thing are not one denial of it, nor is one none."""
        for at in range(len(self._statement.units)):
            found = self._best_occurrences(at)
            if not found or any(self._is_foreign(line) for line, _ in found):
                continue
            own = self._denials(self._statement, at)
            counts = [len(self._denials(line.reading, place)) for line, place in found]
            if all(count % 2 != len(own) % 2 for count in counts) and not self._is_turned_aside(at):
                said = self._statement.units[at]
                text = self._statement.text[said.start : said.end]
                yield Fault(reason="negation", said=text)

    def _is_turned_aside(self, at: int) -> bool:
        """Whether a denial of the statement that stands elsewhere may be meant for this thing.

        "No approval is needed" denies the approval, "approval is not needed" the need.
        """
        return (
            self._denies_by_another_name()
            or any(
                at in operator.reach[1:] and not self._is_denied_there(operator.reach[0])
                for operator in self._statement.operators
                if operator.turn == "not"
            )
            or any(
                place in operator.reach[1:] and not self._says_plainly(operator.reach[0], line)
                for line, place in self._best_occurrences(at)
                for operator in line.reading.operators
                if operator.turn == "not"
            )
        )

    def _denies_by_another_name(self) -> bool:
        """Whether it denies something that the sources name otherwise: 未定, undecided."""
        return any(
            operator.turn == "not" and operator.reach and not self._occurrences(operator.reach[0])
            for operator in self._statement.operators
        )

    def _is_denied_there(self, at: int) -> bool:
        return any(self._denials(line.reading, place) for line, place in self._best_occurrences(at))

    def _says_plainly(self, place: int, line: Line) -> bool:
        """Whether the statement says the thing at a place of a source, and denies nothing by it."""
        denied = {at for one in self._statement.operators if one.turn == "not" for at in one.reach}
        return any(
            place in self._matcher.places(at, line.reading)
            for at in range(len(self._statement.units))
            if at not in denied
        )

    def _denials(self, reading: Reading, at: int) -> list[Operator]:
        return [one for one in reading.operators if one.turn == "not" and at in one.reach[:1]]

    def _is_said(self, operator: Operator) -> bool:
        """Whether a source denies the same thing; anything, where the thing has another name."""
        found = self._best_occurrences(operator.reach[0], _ABOUT_BEST) if operator.reach else []
        own = [(line, place) for line, place in found if not self._is_foreign(line)]
        if own:
            return any(self._turns_at(line, operator.turn, place) for line, place in own)
        if operator.turn == "except" and "not" in self._turns():
            return True  # all but the last year; the last year does not count
        return operator.turn in self._turns()

    def _is_limited(self) -> bool:
        """Whether the sources say what they say of some cases alone."""
        texts = (line.reading.text for line in self._supporting())
        return any(turn in self._turns() for turn in _LIMITS) or any(map(_CONDITION.search, texts))

    def _is_planned(self, operator: Operator) -> bool:
        said = self._statement.text[operator.start : operator.end].lower()
        texts = (line.reading.text for line in self._supporting())
        return (
            _SCHEDULED.match(said) is not None
            or not self._turns().isdisjoint(_STANDS_FOR["plan"])
            or any(map(_PURPOSE.search, texts))
        )

    def _supporting(self) -> list[Line]:
        return [line for line in self._lines if line.weight == 1]

    def _turns(self) -> set[Turn]:
        return {one.turn for line in self._supporting() for one in line.reading.operators}

    def _is_foreign(self, line: Line) -> bool:
        return line.source.language != self._statement.language

    def _is_said_as(self, operator: Operator, other: Turn) -> bool:
        """Whether a source turns the same thing the other way, and nowhere this way."""
        if operator.turn in _CONTRARY and any(map(self._is_foreign, self._supporting())):
            return other in (turns := self._turns()) and operator.turn not in turns
        places = [found for at in operator.reach[:1] for found in self._occurrences(at)]
        return any(self._turns_at(line, other, n) for line, n in places) and not any(
            self._turns_at(line, operator.turn, n) for line, n in places
        )

    def _fault(self, operator: Operator, text: str) -> Fault:
        return Fault(reason=_REASONS[operator.turn], said=text[operator.start : operator.end])

    def _left_out(self) -> Iterator[Fault]:
        for line in self._lines:
            is_foreign = self._is_foreign(line)
            for operator in line.reading.operators:
                if is_foreign and (operator.turn in _LOOSE or line.weight < 1):
                    continue
                if operator.turn in _MUST_BE_SAID and self._is_left_out(line, operator):
                    yield self._fault(operator, line.reading.text)

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
        if not saying:
            return operator.turn == "not" and self._is_of_what_is_denied(line, operator)
        stands_for = _STANDS_FOR.get(operator.turn, (operator.turn,))
        own = [one for one in self._statement.operators if one.turn in stands_for]
        if any(set(saying) & set(one.reach) for one in own):
            return False
        if operator.turn == "not" and self._denies_by_another_name():
            return False
        others = [at for at in self._saying(line, operator.reach) if at not in saying]
        return not any(set(others) & set(one.reach) for one in own)

    def _is_of_what_is_denied(self, line: Line, operator: Operator) -> bool:
        """Whether a statement that denies nothing takes most of its words from a denied clause."""
        if line.weight < 1 or {"not", "except", "only"} & {
            one.turn for one in self._statement.operators
        }:
            return False
        text, units = line.reading.text, line.reading.units
        start = max((m.end() for m in _CLAUSE.finditer(text, 0, operator.start)), default=0)
        stop = next((m.start() for m in _CLAUSE.finditer(text, operator.end)), len(text))
        said = [
            [start <= units[place].start < stop for place in places]
            for at in range(len(self._statement.units))
            if (places := self._matcher.places(at, line.reading))
        ]
        return sum(map(any, said)) * 2 > len(said)

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

"""What a statement says that one sentence of its sources plainly denies, whatever else is alike.

Two sides of one sentence ("A may, but B may not") are alike in nearly all words, and so are what
must be and what need not be: how much a sentence says of a statement tells neither apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from aspire_bot.answering.checking.agreement.faults import Fault
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.former_names import is_former_name, may_be_of_before
from aspire_bot.answering.checking.claims.operators import Operator
from aspire_bot.answering.checking.claims.sentence import Reading

_BETWEEN_SIDES = re.compile(
    r"(?<=[ぁ-ん])(?:が|けれども|けど|ものの|一方(?:で)?)、|;"
    r"|,? (?:but|while|whereas|though|although) "
)
_BETWEEN_PIECES = re.compile(
    r"(?<=[ぁ-ん])(?:が|けれども|けど|ものの|一方(?:で)?|で|て|し)?、"
    r"|;|, | (?:but|while|whereas|though) "
)
_COMPARED = re.compile(
    r"\b(?:unlike|than|compared|like|as well as|both)\b|以外|違|異な|より|比べ|同様|同じ",
    re.IGNORECASE,
)
_SHORT = 2
"""Words of a second side that only names another thing: "but students may not"."""
_REQUEST = re.compile(
    r"(?:て|(?<!ない)で|[ごお][一-龥ぁ-ん]{1,6})(?:ください|下さい)|お願い(?:し|いた)|\bplease\b",
    re.IGNORECASE,
)
_BESIDE = 8


def contradictions(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Give what the supporting lines deny."""
    supporting = [
        line for line in lines if line.weight == 1 and line.source.sentences[line.at].form != "row"
    ]
    yield from _left_behind(matcher, supporting)
    yield from _not_demanded(matcher, supporting)
    yield from _other_side(matcher, supporting)


def _left_behind(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Words for what was before: "French" of "from French to English"."""
    own = matcher.statement
    former = {at for at in range(len(own.units)) if _is_former(own, at)}
    for at, unit in enumerate(own.units):
        if unit.claim is not None or at in former:
            continue
        places = [(line, place) for line in lines for place in matcher.places(at, line.reading)]
        is_left = bool(places) and all(_is_former(line.reading, place) for line, place in places)
        if is_left and (former or not may_be_of_before(own.text, unit.start, unit.end)):
            yield _plain(own, unit.start, unit.end)


def _is_former(reading: Reading, at: int) -> bool:
    unit = reading.units[at]
    return is_former_name(reading.text, unit.start, unit.end)


def _not_demanded(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """What a statement says need not be, and a sentence demands of the same things."""
    own = matcher.statement
    for operator in own.operators:
        if not _is_freeing(operator, own):
            continue
        for line in lines:
            if any(one.turn == "not" for one in line.reading.operators):
                continue
            said = {place for at in operator.reach for place in matcher.places(at, line.reading)}
            demanded = {
                place for one in line.reading.operators if one.turn == "must" for place in one.reach
            }
            if said & demanded or (said and _REQUEST.search(line.reading.text)):
                yield _plain(own, operator.start, operator.end)
                return


def _is_freeing(operator: Operator, reading: Reading) -> bool:
    """Whether it says that something need not be: "not required", 必要はない, なくてもよい."""
    is_denied = any(
        one.turn == "not" and operator.start - _BESIDE <= one.start <= operator.end + _BESIDE
        for one in reading.operators
    )
    is_free = operator.turn == "may" and reading.text.startswith("なく", operator.start)
    return is_denied and (operator.turn == "must" or is_free)


def _other_side(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """What is said of the one thing said of the other, in either direction."""
    for line in lines:
        cuts = [*_BETWEEN_SIDES.finditer(line.reading.text)]
        if len(cuts) == 1 and line.reading.language == matcher.statement.language:
            sides = _Sides(matcher, line.reading, cuts[0].start())
            for start, end in _pieces(matcher.statement.text):
                if sides.are_crossed(start, end):
                    yield _plain(matcher.statement, start, end)
                    return


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _BETWEEN_PIECES.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


class _Sides:
    """A sentence of two sides, and where the words of a statement stand on them."""

    def __init__(self, matcher: Matcher, reading: Reading, cut: int) -> None:
        self._matcher, self._reading, self._cut = matcher, reading, cut
        words = [(unit.start >= cut, term) for unit in reading.units for term in unit.terms]
        both = {term for side, term in words if not side} & {term for side, term in words if side}
        self._own = [
            place for place, unit in enumerate(reading.units) if not both.intersection(unit.terms)
        ]
        self._denied = [
            _is_denied(one for one in reading.operators if (one.start >= cut) == is_second)
            for is_second in (False, True)
        ]

    def are_crossed(self, start: int, end: int) -> bool:
        """Whether a piece of the statement says of one side what is told of the other."""
        statement = self._matcher.statement
        units = [at for at, one in enumerate(statement.units) if start <= one.start < end]
        places = {place for at in units for place in self._matcher.places(at, self._reading)}
        told = [sides.pop() for at in units if len(sides := self._sides_of(at, places)) == 1]
        if not told or 2 * len(places) < len(units):
            return False  # of what it says too little is said here
        is_denied = _is_denied(one for one in statement.operators if start <= one.start < end)
        if self._denied[0] != self._denied[1]:
            second = [place for place in self._own if self._is_second(place)]
            if len(second) <= _SHORT:
                return self._denied[second[:1] != [] and second[0] in places] != is_denied
            if len(set(told)) == 1:
                return self._denied[told[0]] != is_denied
        is_apart = len(told) > 1 and told[0] not in told[1:]
        return is_apart and not _COMPARED.search(statement.text[start:end])

    def _sides_of(self, at: int, said: set[int]) -> set[bool]:
        """The sides on which a word stands alone, with the word before it: "student members"."""
        return {
            self._is_second(place)
            for place in self._matcher.places(at, self._reading)
            if place in self._own and (not self._is_told_apart(place) or place - 1 in said)
        }

    def _is_told_apart(self, place: int) -> bool:
        """Whether the word right before it, on its side alone, may tell it from others."""
        if place - 1 not in self._own or self._reading.language != "en":
            return False
        units = self._reading.units
        return self._reading.text[units[place - 1].end : units[place].start] == " "

    def _is_second(self, place: int) -> bool:
        return self._reading.units[place].start >= self._cut


def _is_denied(operators: Iterable[Operator]) -> bool:
    return sum(one.turn == "not" for one in operators) % 2 == 1


def _plain(reading: Reading, start: int, end: int) -> Fault:
    return Fault(reason="negation", said=reading.text[start:end], is_turned=True, is_plain=True)

"""What a statement says that one sentence of its sources plainly denies, whatever else is alike.

Two sides of one sentence ("A may, but B may not") are alike in nearly all words, and so are what
must be and what need not be: how much a sentence says of a statement tells neither apart.
"""

import re
from collections.abc import Iterator, Sequence

from aspire_bot.answering.checking.agreement.faults import Fault
from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.former_names import is_former_name, may_be_of_before
from aspire_bot.answering.checking.claims.operators import Operator
from aspire_bot.answering.checking.claims.rates import how_often, rates_part
from aspire_bot.answering.checking.claims.sentence import Reading

_BETWEEN_SIDES = re.compile(
    r"(?<=[ぁ-ん])(?:が|けれども|けど|ものの|一方(?:で)?)、|;"
    r"|,? (?:but|while|whereas|though|although) "
)
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
    yield from _another_time(matcher, supporting)
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


def _another_time(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """Every month for every year."""
    said = how_often(matcher.statement.text)
    stated = [how_often(line.reading.text) for line in lines]
    if said and any(stated) and all(rates_part(said, one) for one in stated if one):
        yield _plain(matcher.statement, 0, len(matcher.statement.text))


def _other_side(matcher: Matcher, lines: Sequence[Line]) -> Iterator[Fault]:
    """What is denied of the one thing, and said of the other, said the other way round."""
    own = matcher.statement
    is_denied = _is_denied(own.operators)
    for line in lines:
        reading = line.reading
        cuts = [*_BETWEEN_SIDES.finditer(reading.text)]
        if len(cuts) != 1 or reading.language != own.language:
            continue
        cut = cuts[0].start()
        denied = [
            _is_denied(one for one in reading.operators if (one.start >= cut) == is_second)
            for is_second in (False, True)
        ]
        sides = {reading.units[place].start >= cut for place in _told_once(matcher, reading, cut)}
        if denied[0] != denied[1] and len(sides) == 1 and denied[sides.pop()] != is_denied:
            yield _plain(own, 0, len(own.text))
            return


def _told_once(matcher: Matcher, reading: Reading, cut: int) -> Iterator[int]:
    """The places of what the statement says that stand on one side only."""
    for at in range(len(matcher.statement.units)):
        places = matcher.places(at, reading)
        if len({reading.units[place].start >= cut for place in places}) == 1:
            yield from places


def _is_denied(operators: Iterator[Operator] | Sequence[Operator]) -> bool:
    return sum(one.turn == "not" for one in operators) % 2 == 1


def _plain(reading: Reading, start: int, end: int) -> Fault:
    return Fault(reason="negation", said=reading.text[start:end], is_turned=True, is_plain=True)

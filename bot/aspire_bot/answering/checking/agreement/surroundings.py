"""How alike the surroundings of two things are: which of two values is the one that is meant."""

import re

from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.sentence import Reading, Unit, distance

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:\w+\s){0,2}?\w+(?:ed|en|wn|ught|ld|ne|de|ut)\sby\b"
)
_PARTICLE = re.compile(r"[^、。はがをにでと]{0,6}([はがをにでと])")


class Surroundings:
    """Compares places of one statement with places of its sources."""

    def __init__(self, matcher: Matcher) -> None:
        """Take the statement and what finds its words."""
        self._matcher = matcher
        self._statement = matcher.statement
        self._kept: dict[tuple[int, int, int], float] = {}

    def fit(self, at: int, line: Line, unit: Unit) -> float:
        """Say how alike they are: 0 where they share nothing.

        Words near both count most. It is an inner product of nearnesses, so that no place fits
        better than the one that a statement was taken from.
        """
        key = (at, id(line.reading), unit.start)
        if key not in self._kept:
            self._kept[key] = self._fit(at, line.reading, unit)
        return self._kept[key] * line.weight

    def _fit(self, at: int, source: Reading, unit: Unit) -> float:
        own = self._statement.units[at]
        total = here = there = 0.0
        for n, neighbour in enumerate(self._statement.units):
            if n == at:
                continue
            near = 1 / (1 + distance(neighbour, own))
            here += near * near
            units = (source.units[place] for place in self._matcher.places(n, source))
            apart = [distance(other, unit) for other in units if other is not unit]
            if apart:
                far = 1 / (1 + min(apart))
                there += far * far
                total += near * far
        # a place in the thick of things is not to win for that alone
        return total / max(here, there) ** 0.5 if total else 0.0


def change_places(
    said: Reading, pair: tuple[Unit, Unit], stated: Reading, others: tuple[Unit, Unit]
) -> bool:
    """Whether two things have each other's place in the grammar of a sentence of their language.

    Japanese marks the places by particles, English by order, which a passive turns around.
    """
    if said.language == "ja":
        own = tuple(_particle(said, unit) for unit in pair)
        other = tuple(_particle(stated, unit) for unit in others)
        return None not in own and own[0] != own[1] and own == (other[1], other[0])
    if bool(_PASSIVE.search(said.text)) != bool(_PASSIVE.search(stated.text)):
        return False
    return _frame(said, pair) == _frame(stated, (others[1], others[0]))


def _particle(reading: Reading, unit: Unit) -> str | None:
    match = _PARTICLE.match(reading.text, unit.end)
    return {"が": "は"}.get(match[1], match[1]) if match else None


def _frame(reading: Reading, pair: tuple[Unit, Unit]) -> list[str] | None:
    """Give the words between and around two things, in order, the things numbered."""
    first = min(reading.units.index(unit) for unit in pair)
    last = max(reading.units.index(unit) for unit in pair)
    names = {id(pair[0]): "0", id(pair[1]): "1"}
    around = reading.units[max(0, first - 1) : last + 2]
    return [names.get(id(unit)) or unit.terms[0] for unit in around]


def before_brackets(reading: Reading, unit: Unit) -> Unit | None:
    """Give the name right before the brackets that a unit stands in."""
    if unit.bracket < 1:
        return None
    outside = [one for one in reading.units if not one.bracket and one.end <= unit.start]
    holder = outside[-1] if outside else None
    return holder if holder and holder.claim and holder.claim.kind == "name" else None

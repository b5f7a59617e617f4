"""Whether a statement says of one thing what its sources say of another one nearby."""

from collections.abc import Sequence

from aspire_bot.answering.checking.matching import Matcher
from aspire_bot.answering.checking.reading import Reading
from aspire_bot.answering.checking.sources import Line
from aspire_bot.answering.checking.wordlists import LIGHT


def is_of_another(matcher: Matcher, lines: Sequence[Line]) -> bool:
    """Whether what a statement begins with stands elsewhere in the passage, in another's place.

    "The archive is open" from "The library is open. The archive is new.": what says most of it
    begins with a thing that it does not name, and its own stands in another sentence.
    """
    said = {id(line): _said(matcher, line) for line in lines if line.weight == 1}
    main = max((x for x in lines if x.weight == 1), key=lambda x: said[id(x)])
    first = _first(matcher.statement)
    if first is None or any(
        place >= _begin(main.reading) or reading is main.source.context
        for reading in (main.reading, main.source.context)
        for place in matcher.places(first, reading)
    ):
        return False
    begins = _first(main.reading)
    if begins is None or any(
        begins in matcher.places(at, main.reading) for at in range(len(matcher.statement.units))
    ):
        return False
    sentences = range(len(main.source.sentences))
    return any(matcher.places(first, main.source.reading(at)) for at in sentences)


def _said(matcher: Matcher, line: Line) -> int:
    return sum(bool(matcher.places(at, line.reading)) for at in range(len(matcher.statement.units)))


def _begin(reading: Reading) -> int:
    """Give the first unit behind the line that leads a list in."""
    start = reading.text.rfind("\n") + 1
    return sum(unit.start < start for unit in reading.units)


def _first(reading: Reading) -> int | None:
    """Give what a text begins with, if it is a word or a name that says something."""
    at = _begin(reading)
    if at >= len(reading.units):
        return None
    unit = reading.units[at]
    is_thing = unit.claim is None or unit.claim.kind == "name"
    return at if is_thing and not set(unit.terms) & LIGHT else None

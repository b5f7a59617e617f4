"""Rows of a table that together stand for a statement, and those that only lend a cell. Pure."""

from collections.abc import Sequence

from aspire_bot.answering.checking.agreement.sources import Line
from aspire_bot.answering.checking.agreement.word_match import Matcher
from aspire_bot.answering.checking.claims.rows import cells_of

_HEAD = -1
_SPEAKS_OF_IT = 2


def without_lent_cells(matcher: Matcher, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out rows of which a statement says one cell alone beside a row of which it says more.

    "Considine works in Liverpool" of "Considine | Limerick" and "Penrose | Liverpool": the second
    row is not spoken of. Where it says one cell of each, it may list them.
    """
    rows = [line for line in lines if line.source.sentences[line.at].form == "row"]
    said = {id(line): _cells_said(matcher, line) for line in rows}
    if max(said.values(), default=0) < _SPEAKS_OF_IT:
        return tuple(lines)
    return tuple(line for line in lines if said.get(id(line), _SPEAKS_OF_IT) >= _SPEAKS_OF_IT)


def _cells_said(matcher: Matcher, line: Line) -> int:
    """Count the cells of which a statement says something, what heads the row among them."""
    reading = line.reading
    cells = [one.cell for one in cells_of(reading.text)]
    places = {n for at in range(len(matcher.statement.units)) for n in matcher.places(at, reading)}
    units = [reading.units[n] for n in places if not reading.units[n].is_header]
    found = {
        at
        for unit in units
        for at, (start, end) in enumerate(cells)
        if start <= unit.start and unit.end <= end
    }
    return len(found) + any(unit.bracket == _HEAD for unit in units)

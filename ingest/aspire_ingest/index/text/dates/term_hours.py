"""The hours at which a term begins and ends, with the zones that are said of them. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from aspire_ingest.index.text.dates import term_words as words
from aspire_ingest.index.text.dates.date_spans import DateSpan
from aspire_ingest.index.text.dates.dated_text import DatedText, cell_of
from aspire_ingest.index.text.dates.hours import hour_beside, only_hour, only_zone
from aspire_ingest.index.text.dates.zones import zone_key
from aspire_ingest.index.types import Hour, Occasion

_A_DAY = len("2026-01-14")
_WITH_HOURS = {"opening", "deadline"}


def with_hours(
    text: DatedText, span: DateSpan, bounds: tuple[int, int], term: Occasion, zone: str
) -> Occasion:
    """Give a term with the hours that the sentence of its date, `bounds`, says of its ends.

    `zone` is what the document calls the zone of all its times.
    """
    if len(term.last) < _A_DAY or not _WITH_HOURS & set(term.kinds):
        return term
    if span.first != span.last:
        first, last = _of_window(text.folded, span, bounds)
    else:
        hour = hour_beside(text.folded, span.start, span.end, *bounds)
        if hour is None and _is_only_date(text, bounds):
            hour = only_hour(text.folded, *bounds)
        first, last = (None, hour) if "deadline" in term.kinds else (hour, None)
    cell = cell_of(text, span.start, bounds[0])
    header = cell.header if cell else ""
    said = only_zone(text.folded, *bounds) or only_zone(header, 0, len(header)) or zone
    return replace(
        term,
        opens=_zoned(first, said) if "opening" in term.kinds else None,
        closes=_zoned(last, said) if "deadline" in term.kinds else None,
    )


def _of_window(
    folded: str, span: DateSpan, bounds: tuple[int, int]
) -> tuple[Hour | None, Hour | None]:
    """The hours of both ends; one that stands between is of the side of "to" on which it is."""
    first = hour_beside(folded, span.start, span.first.end, bounds[0], span.last.start)
    last = hour_beside(folded, span.last.start, span.end, span.first.end, bounds[1])
    if first is None or last is None or first.start != last.start:
        return first, last
    is_of_last = words.WINDOW_SIGN.search(folded, span.first.end, last.start)
    return (None, last) if is_of_last else (first, None)


def _is_only_date(text: DatedText, bounds: tuple[int, int]) -> bool:
    return sum(bounds[0] <= start < bounds[1] for start in text.starts) == 1


def _zoned(hour: Hour | None, said: str) -> Hour | None:
    """An hour with its zone, which may be said elsewhere."""
    if hour is None or hour.zone_said or not said:
        return hour
    return replace(hour, zone=zone_key(said), zone_said=said)


def with_hours_of(term: Occasion, ends: Sequence[Occasion]) -> Occasion:
    """Give a window with the hours that are said where its ends are said alone."""
    opens = [one.opens for one in ends if one.opens and one.first == term.first]
    closes = [one.closes for one in ends if one.closes and one.last == term.last]
    return replace(
        term,
        opens=term.opens or next(iter(opens), None),
        closes=term.closes or next(iter(closes), None),
    )

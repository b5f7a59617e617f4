"""The moments at which terms begin and are over. Pure.

A term with an hour is over after its hour in its own zone; one without counts its days whole. Where
no zone is said, it is Japan's: who asks from elsewhere sees the same call open or closed.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from aspire_ingest.index.text.dates.date_spans import first_day, last_day
from aspire_ingest.index.text.dates.zones import zone_info
from aspire_ingest.index.types import Hour, Occasion

DEFAULT_ZONE = "Asia/Tokyo"
_LAST_MINUTE = 59
"""23:59 is meant with all of its seconds."""


def opens_at(term: Occasion) -> datetime:
    """Give the moment from which on a term runs."""
    return _moment(datetime.combine(first_day(term.first), time()), term.opens)


def closes_at(term: Occasion) -> datetime:
    """Give the last moment of a term."""
    day = datetime.combine(last_day(term.last), time())
    if term.closes is None:
        return _moment(day + timedelta(days=1, microseconds=-1), None)
    is_whole_minute = term.closes.minutes % 60 == _LAST_MINUTE
    rest = timedelta(minutes=1, microseconds=-1) if is_whole_minute else timedelta(0)
    return _moment(day, term.closes) + rest


def has_opened(term: Occasion, now: datetime) -> bool:
    """Whether a term runs already, or ran; `now` is an aware moment."""
    return opens_at(term) <= now


def has_closed(term: Occasion, now: datetime) -> bool:
    """Whether a term is over; `now` is an aware moment."""
    return closes_at(term) < now


def _moment(day: datetime, hour: Hour | None) -> datetime:
    zone = zone_info(hour.zone) if hour and hour.zone else ZoneInfo(DEFAULT_ZONE)
    return (day + timedelta(minutes=hour.minutes if hour else 0)).replace(tzinfo=zone)

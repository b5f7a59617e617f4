"""When a schedule comes due: every so long, or by the five fields of cron. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.sources import read_duration

_FIELDS = (
    ("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7),
)  # fmt: skip
_NAMES = {
    "month": (
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        1,
    ),
    "weekday": (["sun", "mon", "tue", "wed", "thu", "fri", "sat"], 0),
}
_FARTHEST = timedelta(days=366 * 5)
_LEAST = timedelta(minutes=1)


class Schedule(Protocol):
    """Says when to run next."""

    def after(self, moment: datetime) -> datetime:
        """The first moment of the schedule after another."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after the same time."""

    interval: timedelta

    def after(self, moment: datetime) -> datetime:
        """One interval later."""
        return moment + self.interval


@dataclass(frozen=True, slots=True)
class Cron:
    """By minute, hour, day, month and weekday, in the time zone of the moments asked about."""

    allowed: tuple[frozenset[int], ...]
    is_any_day: bool
    is_any_weekday: bool

    def after(self, moment: datetime) -> datetime:
        """The next whole minute that fits.

        Raises:
            ConfigError: none does within years, as for 30 February.
        """
        here = moment.replace(second=0, microsecond=0) + _LEAST
        end = here + _FARTHEST
        minutes, hours, _, months, _ = self.allowed
        while here < end:
            if here.month not in months or not self._fits_day(here):
                here = (here + timedelta(days=1)).replace(hour=0, minute=0)
            elif here.hour not in hours:
                here = (here + timedelta(hours=1)).replace(minute=0)
            elif here.minute not in minutes:
                here += _LEAST
            else:
                return here
        raise ConfigError("The cron schedule never comes due; check its day and month")

    def _fits_day(self, here: datetime) -> bool:
        # as in cron: where both are restricted, either is enough
        day = here.day in self.allowed[2]
        weekday = here.isoweekday() % 7 in self.allowed[4]
        if self.is_any_day or self.is_any_weekday:
            return day and weekday
        return day or weekday


def read_schedule(*, every: str | None, cron: str | None) -> Schedule:
    """Read a schedule as a person writes it; every six hours where nothing is said.

    Raises:
        ConfigError: it cannot be read, or both are given.
    """
    if every and cron:
        raise ConfigError("Give --every or --cron, not both")
    if cron:
        return read_cron(cron)
    try:
        interval = read_duration(every or "6h")
    except ValueError as error:
        raise ConfigError(f"--every: {error}") from error
    if interval < _LEAST:
        raise ConfigError("--every: less than a minute is no way to treat a site")
    return Every(interval)


def read_cron(text: str) -> Cron:
    """Read the five fields of cron: numbers, names, ranges, lists and steps.

    Raises:
        ConfigError: it is none; the message names the field.
    """
    parts = text.lower().split()
    if len(parts) != len(_FIELDS):
        raise ConfigError(
            f"--cron: {text!r} has {len(parts)} fields, not five: minute hour day month weekday"
        )
    allowed = [
        _field(part, name, low, high)
        for part, (name, low, high) in zip(parts, _FIELDS, strict=True)
    ]
    allowed[4] = frozenset(day % 7 for day in allowed[4])
    return Cron(tuple(allowed), parts[2].startswith("*"), parts[4].startswith("*"))


def _field(text: str, name: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        span, slash, step_text = part.partition("/")
        step = int(step_text) if step_text.isdecimal() else 0
        first, dash, last = span.partition("-")
        begin = low if span == "*" else _number(first, name)
        end = high if span == "*" or (slash and not dash) else _number(last or first, name)
        if begin is None or end is None or not low <= begin <= end <= high or (slash and step < 1):
            raise ConfigError(f"--cron: {text!r} is no {name} ({low} to {high})")
        found.update(range(begin, end + 1, step or 1))
    return frozenset(found)


def _number(text: str, name: str) -> int | None:
    names, first = _NAMES.get(name, ([], 0))
    if text in names:
        return names.index(text) + first
    return int(text) if text.isdecimal() and len(text) < 3 else None

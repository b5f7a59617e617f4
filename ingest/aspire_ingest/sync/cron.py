"""When a schedule comes due: every so long, or by the five fields of cron. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cronsim import CronSim, CronSimError

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.web.sources import read_duration

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

    text: str

    def after(self, moment: datetime) -> datetime:
        """The next whole minute that fits.

        Raises:
            ConfigError: none does within decades, as for 30 February.
        """
        try:
            return next(CronSim(self.text, moment))
        except (StopIteration, OverflowError) as error:
            raise ConfigError(
                "The cron schedule never comes due; check its day and month"
            ) from error


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
    fields = text.split()
    if len(fields) != 5:  # with six, CronSim would read seconds
        raise ConfigError(
            f"--cron: {text!r} has {len(fields)} fields, not five: minute hour day month weekday"
        )
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ConfigError(f"--cron: {text!r} is no schedule ({error})") from error
    return Cron(text)

"""Which day it is for whom asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from aspire_bot.answering.types import Question

DEFAULT_TIMEZONE = "Asia/Tokyo"


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def known_timezone(name: str) -> str:
    """Give the name back.

    Raises:
        ValueError: no time zone is called so.
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        meant = nearest_timezone(name) or "Asia/Tokyo"
        raise ValueError(f"{name!r} is no time zone; one is called {meant}") from error
    return name


def nearest_timezone(name: str) -> str | None:
    """Give the zone that was probably meant: `asia/tokyo`, `Tokyo` and `Asia/Tokio` are near one.

    Abbreviations such as `JST` are near none: several zones share some.
    """
    known = sorted(available_timezones())
    wanted = name.strip().replace(" ", "_").casefold()
    for zone in known:
        if wanted and wanted in (zone.casefold(), zone.rpartition("/")[2].casefold()):
            return zone
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Days as askers see them, never as the server does.

    `timezone` is the IANA name of the zone of whoever does not say theirs; `now` gives an aware
    moment.
    """

    timezone: str = DEFAULT_TIMEZONE
    now: Callable[[], datetime] = utc_now

    def moment_of(self, question: Question) -> datetime:
        """Give the moment at which a question was asked, in the zone of its asker."""
        moment = question.asked_at or self.now()
        return moment.astimezone(ZoneInfo(question.timezone or self.timezone))

    def day_of(self, question: Question) -> date:
        """Give the day on which a question was asked, where its asker is."""
        return self.moment_of(question).date()

    def today(self) -> date:
        """Give the day for what nobody asked."""
        return self.now().astimezone(ZoneInfo(self.timezone)).date()

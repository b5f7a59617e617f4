"""Which day it is for whom asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

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
        raise ValueError(f"{name!r} is no time zone; one is called Asia/Tokyo") from error
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Days as askers see them, never as the server does.

    `timezone` is the IANA name of the zone of whoever does not say theirs; `now` gives an aware
    moment.
    """

    timezone: str = DEFAULT_TIMEZONE
    now: Callable[[], datetime] = utc_now

    def day_of(self, question: Question) -> date:
        """Give the day on which a question was asked, where its asker is."""
        moment = question.asked_at or self.now()
        return moment.astimezone(ZoneInfo(question.timezone or self.timezone)).date()

    def today(self) -> date:
        """Give the day for what nobody asked."""
        return self.now().astimezone(ZoneInfo(self.timezone)).date()

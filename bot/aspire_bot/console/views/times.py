"""Times as pages show them. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def ago(at: datetime, now: datetime, words: Mapping[str, str]) -> str:
    """Say how long ago a moment is: in minutes, hours or days, whichever reads best."""
    since = max(now - at, timedelta(0))
    if since < _HOUR:
        return words["minutes"].format(int(since.total_seconds() // 60))
    if since < 2 * _DAY:
        return words["hours"].format(int(since / _HOUR))
    return words["days"].format(int(since / _DAY))


def shown(at: datetime, timezone: str) -> str:
    """Write a moment as `2026-11-29 09:30`, in a zone."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def text_shown(text: str, timezone: str) -> str:
    """Write a moment that `aspire-ingest` names (`2026-11-29T09:30:00+09:00`) as `shown` does.

    What is no moment with a zone stands as it is.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return shown(at, timezone) if at.tzinfo else text


def run_shown(name: str, timezone: str) -> str:
    """Write the name of a run (`20261129T003000.123Z-sync`) as its moment and its command."""
    moment, dash, command = name.partition("-")
    at = text_shown(moment, timezone)
    return f"{at} {command}" if dash and at != moment else name


def day_of(at: datetime, timezone: str) -> str:
    """Write the day of a moment as `2026-11-29`, in a zone."""
    return at.astimezone(ZoneInfo(timezone)).date().isoformat()

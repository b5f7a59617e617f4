"""In which zone a person keeps their time, as their Slack has it."""

import threading
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aspire_bot.slack.platform.web import SlackCallError, SlackWeb

GOOD_FOR_S = 60.0
"""Who changes it wants it to count; and where Slack could not say, it is asked again."""
MOST_KEPT = 5000


class TimeZones:
    """Knows people's zones, asked of Slack at most once a minute for each; safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody known; `clock` gives seconds."""
        self._clock = clock
        self._kept: dict[tuple[str, str], tuple[float, str | None]] = {}
        self._lock = threading.Lock()

    def of(self, web: SlackWeb, user: str) -> str | None:
        """Give a person's zone by its IANA name; None where Slack does not name a real one."""
        key, now = (web.team, user), self._clock()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and now - kept[0] < GOOD_FOR_S:
            return kept[1]
        zone = _ask(web, user)
        with self._lock:
            self._kept.pop(key, None)
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))  # the one that was asked for longest ago
            self._kept[key] = (now, zone)
        return zone


def _ask(web: SlackWeb, user: str) -> str | None:
    try:
        named = web.user(user).get("tz")
    except SlackCallError:
        return None
    if not isinstance(named, str) or not named:
        return None
    try:
        ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return named

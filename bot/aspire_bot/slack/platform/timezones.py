"""The time zones of the people who ask, as Slack knows them."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from aspire_bot.answering.clock import known_timezone
from aspire_bot.slack.platform.web import SlackCallError, SlackWeb

_MOST = 10_000
_KNOWN_S = 3600.0
"""Seconds for which a zone is taken as known: people travel."""
_UNKNOWN_S = 60.0
"""The same of one that Slack did not say: no question waits for Slack's troubles twice."""


class Timezones:
    """Zones by workspace and person, looked up when they first ask. Safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nobody yet; `clock` gives seconds."""
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[float, str | None]] = OrderedDict()
        self._lock = Lock()

    def of(self, web: SlackWeb, user: str) -> str | None:
        """Give the IANA name of a person's zone; None where Slack says none that is one."""
        key, now = (web.team, user), self._clock()
        with self._lock:
            until, zone = self._known.get(key, (float("-inf"), None))
        if now < until:
            return zone
        zone = _asked_of_slack(web, user)
        with self._lock:
            self._known[key] = (now + (_KNOWN_S if zone else _UNKNOWN_S), zone)
            self._known.move_to_end(key)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return zone


def _asked_of_slack(web: SlackWeb, user: str) -> str | None:
    try:
        said = web.user(user).get("tz")
        return known_timezone(said) if isinstance(said, str) and said else None
    except (SlackCallError, ValueError):  # an answer by the day of the settings is better than none
        return None

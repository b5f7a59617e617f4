"""Keeping to Slack's rates before Slack has to say so.

A bucket holds `burst` calls and refills at `per_s`; each is counted where Slack counts it: posts
for each channel, the others for each workspace. See docs.slack.dev/apis/web-api/rate-limits:
Tier 2 is 20 a minute, Tier 3 is 50, Tier 4 is 100, posting 1 a second in a channel; Slack bears
with short bursts beyond, without saying how far. Where it does not, its Retry-After is heeded.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Act = Literal["post", "whisper", "start", "stop", "append", "update"]
"""`whisper` is what one person alone is shown; Slack does not count it as a post."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls a second in the long run, and at once after a rest."""

    per_s: float
    burst: int


RATES: Mapping[Act, Rate] = {
    "post": Rate(1.0, 1),
    "whisper": Rate(100 / 60, 20),
    "start": Rate(20 / 60, 8),
    "stop": Rate(20 / 60, 8),
    "append": Rate(100 / 60, 20),
    # Sixty questions at once end in some fifty updates: a large burst and a slower refill have the
    # last answered in 25 s, where an even 50 a minute takes 36 s. Any minute holds 77 at most.
    "update": Rate(42 / 60, 35),
}
_MOST_BUCKETS = 10_000


class Pacer:
    """Token buckets, safe for several threads."""

    def __init__(
        self, rates: Mapping[Act, Rate] = RATES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with full buckets; `clock` gives seconds."""
        self._rates = rates
        self._clock = clock
        self._levels: dict[tuple[Act, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def reserve(self, act: Act, place: str, *, max_wait_s: float = 0.0) -> float | None:
        """Take a place in the queue for a call: seconds to wait before it, None where too long.

        Without a place taken (None) nothing is used up.
        """
        rate = self._rates[act]
        with self._lock:
            now = self._clock()
            level = self._level(act, place, now)
            wait_s = max(0.0, (1.0 - level) / rate.per_s)
            if wait_s > max_wait_s:
                return None
            if len(self._levels) >= _MOST_BUCKETS:
                self._forget_full(now)
            self._levels[act, place] = (level - 1.0, now)
            return wait_s

    def reserve_now(self, needed: Sequence[tuple[Act, str]]) -> bool:
        """Take a place for each of several calls, all of which can be made now, or for none."""
        with self._lock:
            now = self._clock()
            levels = {each: self._level(*each, now) for each in needed}
            if any(level < 1.0 for level in levels.values()):
                return False
            for each, level in levels.items():
                self._levels[each] = (level - 1.0, now)
            return True

    def wait_s(self, act: Act, place: str) -> float:
        """Say how long a call would have to wait now."""
        with self._lock:
            level = self._level(act, place, self._clock())
        return max(0.0, (1.0 - level) / self._rates[act].per_s)

    def _level(self, act: Act, place: str, now: float) -> float:
        rate = self._rates[act]
        level, since = self._levels.get((act, place), (float(rate.burst), now))
        return min(float(rate.burst), level + (now - since) * rate.per_s)

    def _forget_full(self, now: float) -> None:
        for act, place in list(self._levels):
            if self._level(act, place, now) >= self._rates[act].burst:
                del self._levels[act, place]

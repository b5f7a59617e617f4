"""Slack's rates: how many calls of a method it takes, and when it says 429.

From https://docs.slack.dev/apis/web-api/rate-limits. Slack promises the sustained figures and
tolerates short bursts without saying how long; here the burst is fixed, so that a test can tell.
"""

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aspire_bot.local_slack.wire import RefusedError

WINDOW_S = 60.0
POSTS_PER_S = 1.0
POSTS_AT_ONCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many calls of a method in any minute in a workspace, `burst` more being tolerated."""

    per_minute: int
    burst: int

    @property
    def most(self) -> int:
        """The calls that any one minute may hold."""
        return self.per_minute + self.burst


TIER_1 = Rate(per_minute=1, burst=29)  # room to reconnect as often as a test cuts the socket off
TIER_2 = Rate(per_minute=20, burst=10)
TIER_3 = Rate(per_minute=50, burst=30)
TIER_4 = Rate(per_minute=100, burst=50)
SPECIAL = Rate(per_minute=600, burst=0)


@dataclass(slots=True)
class Rates:
    """Counts calls and refuses those over their rate, with the seconds to wait."""

    clock: Callable[[], float] = time.monotonic
    is_enforced: bool = True
    rejected: Counter[str] = field(default_factory=Counter[str])
    """How many calls of each method got a 429."""
    _calls: dict[tuple[str, str], deque[float]] = field(
        default_factory=dict[tuple[str, str], deque[float]]
    )
    _posts: dict[tuple[str, str], tuple[float, float]] = field(
        default_factory=dict[tuple[str, str], tuple[float, float]]
    )

    def take(self, method: str, rate: Rate, team: str) -> None:
        """Count a call of a method; raises `RefusedError` where its minute is full."""
        if not self.is_enforced:
            return
        now = self.clock()
        calls = self._calls.setdefault((method, team), deque[float]())
        while calls and calls[0] <= now - WINDOW_S:
            calls.popleft()
        if len(calls) >= rate.most:
            self._refuse(method, team, calls[0] + WINDOW_S - now)
        calls.append(now)

    def take_post(self, method: str, team: str, channel: str) -> None:
        """Count a post to a channel: one a second, five at once after a rest."""
        if not self.is_enforced:
            return
        now = self.clock()
        level, since = self._posts.get((team, channel), (float(POSTS_AT_ONCE), now))
        level = min(float(POSTS_AT_ONCE), level + (now - since) * POSTS_PER_S)
        if level < 1.0:
            self._posts[team, channel] = (level, now)
            self._refuse(method, channel, (1.0 - level) / POSTS_PER_S)
        self._posts[team, channel] = (level - 1.0, now)

    def _refuse(self, method: str, where: str, wait_s: float) -> None:
        self.rejected[method] += 1
        seconds = max(1, math.ceil(wait_s))
        raise RefusedError("ratelimited", where, is_breach=False, retry_after_s=seconds)

"""How the index and its sources do, asked of `aspire-ingest` and kept for a minute."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aspire_bot.curator import IndexStatus
from aspire_bot.slack.curating.ports import Curator

_GOOD_FOR_S = 60.0


@dataclass(slots=True)
class RecentStatus:
    """Asks at most once a minute, however often the inbox is opened."""

    clock: Callable[[], float] = time.monotonic
    _kept: tuple[float, IndexStatus] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, curator: Curator) -> IndexStatus:
        """Give how the index does.

        Raises:
            AspireError: it cannot be found out.
        """
        with self._lock:
            if self._kept is None or self.clock() - self._kept[0] > _GOOD_FOR_S:
                self._kept = (self.clock(), curator.status())
            return self._kept[1]

    def forget(self) -> None:
        """Ask anew the next time: something was changed."""
        with self._lock:
            self._kept = None

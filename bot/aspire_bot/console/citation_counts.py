"""How often each document is cited, counted over the kept answers and kept for a while."""

import threading
import time
from collections.abc import Callable, Mapping

from aspire_bot.state.database.database import Database
from aspire_bot.state.usage import citation_counts

_GOOD_FOR_S = 300.0


class CitationCounts:
    """Counts anew every five minutes at most: it reads all kept answers."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        """Count nothing yet."""
        self._database, self._clock = database, clock
        self._lock = threading.Lock()
        self._kept: tuple[float, Mapping[str, int]] | None = None

    def by_document(self) -> Mapping[str, int]:
        """Give how many answers cite each document, by its id; those that none cites are left."""
        with self._lock:
            if self._kept is None or self._clock() - self._kept[0] > _GOOD_FOR_S:
                self._kept = (self._clock(), citation_counts(self._database))
            return self._kept[1]

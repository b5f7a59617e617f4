"""How often somebody may ask: counted in this process, in windows that slide."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

_MOST_KNOWN = 10_000
_ONE_SITE = 64
"""Leading bits of an IPv6 address that a site is given; it chooses the others as it likes."""


def site_of(address: str) -> str:
    """Give what of a client's address it cannot choose; what is no address as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), _ONE_SITE), strict=False))


class RateLimit:
    """At most `most` times in `per_s` seconds for each name."""

    def __init__(
        self, most: int, per_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Know nobody yet."""
        self._most, self._per_s, self._clock = most, per_s, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, name: str) -> bool:
        """Count a try; False where there were too many of late, and then it does not count."""
        now = self._clock()
        with self._lock:
            times = self._times.setdefault(name, deque())
            self._times.move_to_end(name)
            while len(self._times) > _MOST_KNOWN:
                self._times.popitem(last=False)
            while times and times[0] <= now - self._per_s:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True

"""Bounds on what an HTTP client of a model's provider may do, set through httpx's own hooks.

The providers' libraries speak through httpx, and so through the guarded transport. None has a
deadline for a whole reply or a limit on its size: a line without an end would be gathered for as
long as it comes.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx

from aspire_bot.answering.limits import Deadline
from aspire_ingest.index.transport.guarded_transport import GuardedTransport, Policy

MOST_BYTES = 4 * 2**20
"""Of one reply, with all its wrapping: some 300 bytes for each token."""
_TAIL_BYTES = 4_096
_CONNECT_S = 5.0
_LONGEST_RETRY_S = 3_600.0


class CutOffError(Exception):
    """A reply was left unread: it took too long, was too long, or nobody waits for it."""


@dataclass(slots=True)
class Exchange:
    """One question to a server: its bounds, and what was seen of the reply."""

    deadline: Deadline
    most_bytes: int = MOST_BYTES
    status: int | None = None
    retry_after_s: float | None = None
    is_streamed: bool = True
    """Whether the reply comes in events; a server that cannot do so sends one JSON object."""
    cut_off: Literal["late", "flood", "packed"] | None = None
    is_wanted: bool = True
    received: int = 0
    tail: bytes = b""
    """The last that came: it tells whether the reply is whole."""
    _response: httpx.Response | None = None

    def note(self, response: httpx.Response) -> None:
        """Remember a reply and what its head says."""
        self._response = response
        self.status = response.status_code
        self.retry_after_s = _seconds(response.headers.get("Retry-After"))
        kind = str(response.headers.get("Content-Type", ""))
        self.is_streamed = not kind.startswith("application/json")

    def hang_up(self) -> None:
        """Close a reply that may not have been read to its end: its server can stop, too.

        The libraries do so only when their objects are collected some day. For the thread that
        reads alone.
        """
        if self._response is not None:
            self._response.close()

    def pass_on(self, part: bytes) -> bytes:
        """Let a part of the body through.

        Raises:
            CutOffError: no more of it is to be read.
        """
        self.received += len(part)
        if self.received > self.most_bytes:
            self.cut_off = "flood"
        elif self.deadline.is_over:
            self.cut_off = "late"
        if self.cut_off or not self.is_wanted:
            raise CutOffError
        self.tail = (self.tail + part)[-_TAIL_BYTES:]
        return part


class HttpGuard:
    """Makes HTTP clients whose every reply is bounded by the exchange of the thread that reads it.

    Redirections are not followed: where a prompt goes is where it was sent. Within the private
    network no proxy of the environment is used, for it may be outside.
    """

    def __init__(self, make_client: Callable[..., Any], *, is_outside: bool) -> None:
        """Make clients for one server, of a class with the arguments of `httpx.Client`."""
        self._local = threading.local()
        self._make_client = make_client
        self._is_outside = is_outside
        self._clients: list[Any] = []

    def options(self) -> dict[str, Any]:  # arguments of httpx.Client, which are of many types
        """Give the arguments of an `httpx.Client`."""
        return {
            "event_hooks": {"request": [self._on_request], "response": [self._on_response]},
            "transport": GuardedTransport(Policy(allow=None, uses_proxies=self._is_outside)),
            "trust_env": self._is_outside,
            "follow_redirects": False,
        }

    def client(self) -> Any:  # of the class that the provider's library wants
        """Give a client, which is closed with the guard."""
        client = self._make_client(**self.options())
        self._clients.append(client)
        return client

    def close(self) -> None:
        """Close the clients and their connections."""
        for client in self._clients:
            client.close()

    @contextmanager
    def watching(self, exchange: Exchange) -> Generator[None]:
        """Bound the requests of this thread until the block ends."""
        self._local.exchange = exchange
        try:
            yield
        finally:
            self._local.exchange = None

    def _current(self) -> Exchange | None:
        return getattr(self._local, "exchange", None)

    def _on_request(self, request: httpx.Request) -> None:
        exchange = self._current()
        if exchange is not None:
            # Packed, a few bytes can become gigabytes after they were counted.
            request.headers["Accept-Encoding"] = "identity"
            # A wait for one part of the reply; `pass_on` sees to the reply as a whole.
            wait_s = max(0.01, exchange.deadline.remaining_s())
            waits = dict.fromkeys(("read", "write", "pool"), wait_s)
            request.extensions["timeout"] = {**waits, "connect": min(wait_s, _CONNECT_S)}

    def _on_response(self, response: httpx.Response) -> None:
        exchange = self._current()
        if exchange is None:
            return
        exchange.note(response)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            exchange.cut_off = "packed"
            raise CutOffError
        unbounded = response.iter_raw

        def bounded(chunk_size: int | None = None) -> Iterator[bytes]:
            for part in unbounded(chunk_size):
                yield exchange.pass_on(part)

        response.iter_raw = bounded  # every other way to read it goes through this one


def _seconds(value: str | None) -> float | None:
    """Read `Retry-After`: seconds or a date; None where it is neither."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = moment.timestamp() - time.time()
    return min(max(0.0, seconds), _LONGEST_RETRY_S) if seconds == seconds else None  # noqa: PLR0124  NaN

"""Connections for httpcore: to the address that was checked, each wait within one deadline."""

import ipaddress
import selectors
import socket
import ssl
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from aspire_ingest.index.transport.addresses import Address, AllowList
from aspire_ingest.index.transport.lookup import UnknownHostError, check, look_up

_MOST_ADDRESSES = 4
"""Of one host that are tried: a machine without IPv6 is told of such addresses, too."""


class DeadlineError(httpx.TimeoutException):
    """The time for the whole exchange is over."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The moment by which an exchange has to be over, on the monotonic clock; None: never."""

    moment: float | None = None

    @classmethod
    def after(cls, seconds: float) -> "Ending":
        """That many seconds from now."""
        return cls(time.monotonic() + seconds)

    def at_most(self, timeout_s: float | None) -> float | None:
        """Give the seconds that a step may wait, more than 0.

        Raises:
            DeadlineError: no time is left.
        """
        if self.moment is None:
            return timeout_s
        left = self.moment - time.monotonic()
        if left <= 0:
            raise DeadlineError("timed out")
        return left if timeout_s is None else min(timeout_s, left)


NEVER = Ending()


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to hosts at addresses that may be reached; a name is looked up once.

    The socket gets the number, so a name that changes its mind (DNS rebinding) gains nothing.
    """

    def __init__(self, allow: AllowList | None, ending: Ending, *, called: str = "") -> None:
        """Check by `allow`; None: any address. Errors call the host `called` before its name."""
        self._allow, self._ending, self._called = allow, ending, called

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # httpcore's alias is not public
    ) -> httpcore.NetworkStream:
        """Connect; see `httpcore.NetworkBackend`.

        Raises:
            RefusedAddressError: the host is at an address that must not be reached.
            UnknownHostError: it has no address.
            httpx.ConnectError, httpx.ConnectTimeout: nobody answers there.
        """
        del local_address, socket_options
        addresses = self._look_up(host, port, self._ending.at_most(timeout))
        if self._allow is not None:
            check(host, port, addresses, self._allow)
        failure = OSError("no address")
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                sock = _connected(address, port, self._ending.at_most(timeout))
            except OSError as error:
                failure = error
            else:
                return SocketStream(sock, self._ending, host)
        kind = httpx.ConnectTimeout if isinstance(failure, TimeoutError) else httpx.ConnectError
        reason = failure.strerror or failure
        raise kind(f"cannot connect to {self._called}{host}:{port} ({reason})") from failure

    def _look_up(self, host: str, port: int, timeout_s: float | None) -> tuple[Address, ...]:
        try:
            return look_up(host, port, timeout_s)
        except UnknownHostError as error:
            if not self._called:
                raise
            raise UnknownHostError(
                f"{self._called}{host} is not known; check HTTP_PROXY and HTTPS_PROXY"
            ) from error


class SocketStream(httpcore.NetworkStream):
    """A connected socket, plain or with TLS; no wait outlasts the deadline."""

    def __init__(self, sock: socket.socket, ending: Ending, host: str) -> None:
        """Take the socket over; `host` is its name in errors."""
        self._sock, self._ending, self._host = sock, ending, host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for the next bytes; none at the end."""
        self._sock.settimeout(self._ending.at_most(timeout))
        with self._faults(httpx.ReadTimeout, httpx.ReadError):
            return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._sock.settimeout(self._ending.at_most(timeout))
        with self._faults(httpx.WriteTimeout, httpx.WriteError):
            self._sock.sendall(buffer)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Make it secure; the certificate has to be that of `server_hostname`."""
        name = server_hostname or self._host
        self._sock.settimeout(self._ending.at_most(timeout))
        try:
            secure = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise httpx.ConnectError(
                f"the certificate of {name} is not valid: {error.verify_message}"
            ) from error
        except OSError as error:
            self.close()
            self._ending.at_most(None)
            reason = error.strerror or error
            raise httpx.ConnectError(f"no secure connection to {name} ({reason})") from error
        return SocketStream(secure, self._ending, name)

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection: whether it uses TLS, or was closed over there."""
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        if info == "is_readable":
            with selectors.DefaultSelector() as selector:
                selector.register(self._sock, selectors.EVENT_READ)
                return bool(selector.select(0))
        return None

    @contextmanager
    def _faults(
        self, late: type[httpx.TimeoutException], broken: type[httpx.NetworkError]
    ) -> Generator[None]:
        try:
            yield
        except OSError as error:
            self._ending.at_most(None)  # where both limits end together, the deadline is named
            kind = late if isinstance(error, TimeoutError) else broken
            raise kind(str(error) or type(error).__name__) from error


def _connected(address: Address, port: int, timeout_s: float | None) -> socket.socket:
    is_six = isinstance(address, ipaddress.IPv6Address)
    sock = socket.socket(socket.AF_INET6 if is_six else socket.AF_INET, socket.SOCK_STREAM)
    try:
        # not create_connection: that would go through the name lookup again
        sock.settimeout(timeout_s)
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        sock.close()
        raise
    return sock

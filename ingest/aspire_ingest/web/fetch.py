"""Fetching one URL within bounds: time, size, redirects, and no private addresses.

The address that was checked is the address that is connected to: a name is looked up once for each
hop, and the socket gets the number, so a name that changes its mind in between (DNS rebinding)
gains nothing. Environment proxies are not used, they would look names up themselves.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.web.addresses import Address, AllowList, is_public
from aspire_ingest.web.types import MEBIBYTE, Fetched, FetchOptions, Validators

USER_AGENT = "aspire-ingest/0.1 (document indexing for aspire-bot)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5"


@dataclass(slots=True)
class _Deadline:
    """Counts down the whole fetch; closes the socket in use when time is up."""

    url: str
    options: FetchOptions
    ends: float = field(init=False)
    is_over: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.options.total_timeout_s

    def left_s(self) -> float:
        """Seconds left, more than 0.

        Raises:
            LoadError: none is left.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise self.error()
        return left

    def error(self) -> LoadError:
        """The error of a fetch that took too long."""
        return LoadError(
            self.url, f"no full answer within {self.options.total_timeout_s:g} s; try later"
        )


def fetch(
    url: str, options: FetchOptions | None = None, *, validators: Validators | None = None
) -> Fetched:
    """Get a URL; with validators only if it changed since they were given.

    Raises:
        FetchError: the server answers with an error status.
        LoadError: the scheme or an address is refused, a limit is met, the server does not
            answer.
        ConfigError: the allow list cannot be read.
    """
    options = options or FetchOptions()
    allow = AllowList.parse(options.allow)
    deadline = _Deadline(url, options)
    here = url
    for _ in range(options.max_redirects + 1):
        parts = _checked(url, here)
        answer = _get(url, parts, allow, deadline, validators or Validators())
        if isinstance(answer, Fetched):
            return answer
        here = urljoin(urlunsplit(parts), answer)
    raise LoadError(
        url, f"redirects more than {options.max_redirects} times; give its last address"
    )


def _checked(url: str, here: str) -> SplitResult:
    """Split an address that may be fetched, its path and host in ASCII.

    Raises:
        LoadError: it is no plain http(s) address.
    """
    via = "" if here == url else f"redirects to {here[:200]!r}, which "
    if any(ord(character) < 0x20 or character in "\x7f\\" for character in here):
        raise LoadError(url, f"{via}holds control characters; check the address")
    try:
        parts = urlsplit(here.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise LoadError(url, f"{via}is no valid address") from error
    if parts.scheme not in ("http", "https"):
        raise LoadError(url, f"{via}is refused: only http and https addresses are fetched")
    if not host:
        raise LoadError(url, f"{via}has no host; check the address")
    if parts.username is not None or parts.password is not None:
        raise LoadError(url, f"{via}is refused: it carries a user name or password")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port is None else f"{shown}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return SplitResult(parts.scheme, netloc, path, query, "")


def _get(
    url: str, parts: SplitResult, allow: AllowList, deadline: _Deadline, validators: Validators
) -> Fetched | str:
    """One hop: the answer, or where it redirects to."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(url, host, port, allow, deadline)
    sock = _connect(url, parts, address, port, deadline)
    connection = _Pinned(host, port, sock)
    watchdog = threading.Timer(max(0.0, deadline.ends - time.monotonic()), _shut, (sock, deadline))
    watchdog.daemon = True
    watchdog.start()
    try:
        target = urlunsplit(("", "", parts.path, parts.query, ""))
        connection.putrequest("GET", target, skip_accept_encoding=True)
        for name, value in (
            ("User-Agent", USER_AGENT),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
            ("If-None-Match", validators.etag),
            ("If-Modified-Since", validators.last_modified),
        ):
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as response:
            return _read_answer(url, urlunsplit(parts), response, deadline)
    except (OSError, http.client.HTTPException, ValueError) as error:
        limit = deadline.options.read_timeout_s
        # where both limits end together, chance would say which one is named
        is_both = isinstance(error, TimeoutError) and limit >= deadline.options.total_timeout_s
        if deadline.is_over or is_both:
            raise deadline.error() from error
        if isinstance(error, TimeoutError):
            raise LoadError(url, f"the server sent nothing for {limit:g} s; try later") from error
        raise LoadError(url, f"the connection broke ({error or type(error).__name__})") from error
    finally:
        watchdog.cancel()
        connection.close()


def _resolve(url: str, host: str, port: int, allow: AllowList, deadline: _Deadline) -> str:
    """Look the host up, once, and check every address it has.

    Raises:
        LoadError: the name is unknown, or one of its addresses is refused.
    """
    found: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            found.put(error if isinstance(error, OSError) else OSError(str(error)))

    # getaddrinfo takes no timeout, so it runs where it can be left behind
    threading.Thread(target=look_up, daemon=True).start()
    try:
        names = found.get(timeout=min(deadline.left_s(), deadline.options.connect_timeout_s))
    except Empty:
        raise LoadError(url, f"the name {host} could not be looked up in time") from None
    if isinstance(names, OSError) or not names:
        raise LoadError(url, f"the host {host} is not known; check the address")
    addresses: list[Address] = [ipaddress.ip_address(name) for name in names]
    for address in addresses:
        if not (is_public(address) or allow.allows(host, port, address)):
            raise LoadError(
                url,
                f"{host} is at the private or reserved address {address}: refused; an operator "
                "can allow it with ASPIRE_FETCH_ALLOW",
            )
    return str(addresses[0])


class _Pinned(http.client.HTTPConnection):
    """A connection over a socket that is already connected."""

    def __init__(self, host: str, port: int, sock: socket.socket) -> None:
        super().__init__(host, port)
        self.sock = sock

    def connect(self) -> None:
        """Refuse: a second connection would look the name up again."""
        raise http.client.NotConnected("the server closed the connection")


def _connect(
    url: str, parts: SplitResult, address: str, port: int, deadline: _Deadline
) -> socket.socket:
    options = deadline.options
    host = parts.hostname or ""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # not create_connection: that would go through the name lookup again
        sock.settimeout(min(options.connect_timeout_s, deadline.left_s()))
        sock.connect((address, port))
    except OSError as error:
        sock.close()
        reason = error.strerror or error
        raise LoadError(url, f"cannot connect to {host}:{port} ({reason})") from error
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        sock.settimeout(min(options.read_timeout_s, deadline.left_s()))
    except ssl.SSLCertVerificationError as error:
        sock.close()
        raise LoadError(
            url, f"the certificate of {host} is not valid: {error.verify_message}"
        ) from error
    except OSError as error:
        sock.close()
        raise LoadError(
            url, f"no secure connection to {host} ({error.strerror or error})"
        ) from error
    except LoadError:
        sock.close()
        raise
    return sock


def _shut(sock: socket.socket, deadline: _Deadline) -> None:
    """End a connection from the watchdog's thread: whoever waits on it wakes up."""
    deadline.is_over = True
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _read_answer(
    url: str, here: str, response: http.client.HTTPResponse, deadline: _Deadline
) -> Fetched | str:
    headers = response.headers
    location = headers.get("Location")
    if response.status in _REDIRECTS and location:
        return location.encode("latin-1", "replace").decode("utf-8", "replace")
    is_unmodified = response.status == http.client.NOT_MODIFIED
    if response.status != http.client.OK and not is_unmodified:
        phrase = http.client.responses.get(response.status, "")
        at = "" if here == url else f" at {here}"
        raise FetchError(
            url,
            f"the server answered {response.status} {phrase}{at}".rstrip(),
            status=response.status,
            retry_after_s=_seconds(headers.get("Retry-After", "")),
        )
    body = b"" if is_unmodified else _read_body(url, response, headers, deadline)
    return Fetched(
        url=here,
        body=body,
        media_type=headers.get_content_type() if "Content-Type" in headers else None,
        charset=headers.get_content_charset(),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        is_unmodified=is_unmodified,
    )


def _seconds(value: str) -> float | None:
    """`Retry-After` where it is a number; as a date it is not worth the trouble."""
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 7 else None


def _read_body(
    url: str, response: http.client.HTTPResponse, headers: Message, deadline: _Deadline
) -> bytes:
    limit = deadline.options.max_bytes
    too_large = LoadError(url, f"the page is over the limit of {limit / MEBIBYTE:g} MB")
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > limit:
        raise too_large
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise LoadError(url, f"the server sent an encoding that was not asked for ({encoding})")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in encoding else None
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        deadline.left_s()
        try:
            body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise LoadError(url, "the server sent a damaged gzip body; try later") from error
        if len(body) > limit:
            raise too_large
    if deadline.is_over:
        raise deadline.error()
    if response.length:
        raise LoadError(url, "the page broke off before its end; try later")
    if unpack is not None and not unpack.eof:
        raise LoadError(url, "the page broke off before its end; try later")
    return bytes(body)

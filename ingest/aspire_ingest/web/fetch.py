"""Fetching one URL within bounds: time, size, redirects, and no private addresses.

Each hop goes through the guarded transport, which connects to the address that it checked, or asks
the proxy of the environment for a host that it checked.
"""

from email.message import Message
from http import HTTPStatus
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import httpx

from aspire_ingest.errors import FetchError, LoadError
from aspire_ingest.index.transport.addresses import AllowList
from aspire_ingest.index.transport.body import (
    BrokenOffError,
    DamagedBodyError,
    TooLargeError,
    read_body,
)
from aspire_ingest.index.transport.guarded_transport import PROXY, GuardedTransport, Policy
from aspire_ingest.index.transport.network import DeadlineError, Ending
from aspire_ingest.web.types import MEBIBYTE, Fetched, FetchOptions, Validators

USER_AGENT = "aspire-ingest/0.1 (document indexing for aspire-bot)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5"
_NO_RESPONSE = "disconnected without sending a response"
"""How httpcore says it, in words of its own that are no part of its interface."""


def fetch(
    url: str, options: FetchOptions | None = None, *, validators: Validators | None = None
) -> Fetched:
    """Get a URL; with validators only if it changed since they were given.

    Raises:
        FetchError: the server answers with an error status.
        LoadError: the scheme or an address is refused, a limit is met, the server or the proxy
            does not answer.
        ConfigError: the allow list cannot be read, or the environment names no usable proxy.
    """
    options = options or FetchOptions()
    policy = Policy(
        allow=AllowList.parse(options.allow),
        uses_proxies=True,
        ending=Ending.after(options.total_timeout_s),
    )
    here = url
    for _ in range(options.max_redirects + 1):
        parts = _checked(url, here)
        answer = _get(url, urlunsplit(parts), policy, options, validators or Validators())
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
    url: str, here: str, policy: Policy, options: FetchOptions, validators: Validators
) -> Fetched | str:
    """One hop: the answer, or where it redirects to."""
    transport = GuardedTransport(policy)
    try:
        response = transport.handle_request(_request(here, options, validators))
        try:
            return _read_answer(url, here, response, options)
        finally:
            response.close()
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise LoadError(url, _reason(error, options)) from error
    except TooLargeError as error:
        limit = options.max_bytes / MEBIBYTE
        raise LoadError(url, f"the page is over the limit of {limit:g} MB") from error
    except BrokenOffError as error:
        raise LoadError(url, "the page broke off before its end; try later") from error
    except DamagedBodyError as error:
        raise LoadError(url, f"the server sent {error}; try later") from error
    finally:
        transport.close()


def _request(here: str, options: FetchOptions, validators: Validators) -> httpx.Request:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "If-None-Match": validators.etag,
        "If-Modified-Since": validators.last_modified,
    }
    timeout = httpx.Timeout(options.read_timeout_s, connect=options.connect_timeout_s)
    return httpx.Request(
        "GET",
        here,
        # latin-1 gives back to a server the very bytes that it sent as its validators
        headers=[
            (name.encode(), value.encode("latin-1", "replace"))
            for name, value in headers.items()
            if value is not None
        ],
        extensions={"timeout": timeout.as_dict()},
    )


def _reason(error: Exception, options: FetchOptions) -> str:
    """Say what went wrong on the way, for people."""
    if isinstance(error, DeadlineError):
        return f"no full answer within {options.total_timeout_s:g} s; try later"
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
        return str(error)
    if isinstance(error, httpx.TimeoutException):
        return f"the server sent nothing for {options.read_timeout_s:g} s; try later"
    if _NO_RESPONSE in str(error):
        return "the connection broke (Remote end closed connection without response)"
    return f"the connection broke ({error or type(error).__name__})"


def _read_answer(
    url: str, here: str, response: httpx.Response, options: FetchOptions
) -> Fetched | str:
    status, headers = response.status_code, response.headers
    location = headers.get("Location")
    if status in _REDIRECTS and location:
        return location.encode(headers.encoding, "replace").decode("utf-8", "replace")
    is_unmodified = status == HTTPStatus.NOT_MODIFIED
    if status != HTTPStatus.OK and not is_unmodified:
        raise FetchError(
            url,
            f"the server answered {status} {_phrase(status)}{_way(url, here, response)}".rstrip(),
            status=status,
            retry_after_s=_seconds(headers.get("Retry-After", "")),
        )
    kind = _content_type(headers)
    return Fetched(
        url=here,
        body=b"" if is_unmodified else read_body(response, options.max_bytes),
        media_type=kind.get_content_type() if "Content-Type" in headers else None,
        charset=kind.get_content_charset(),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        is_unmodified=is_unmodified,
    )


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def _way(url: str, here: str, response: httpx.Response) -> str:
    """How the answer came, where that is not plain: a proxy may have given it itself."""
    at = "" if here == url else f" at {here}"
    proxy: str | None = response.extensions.get(PROXY)
    return f"{at} (through the proxy {proxy})" if proxy else at


def _content_type(headers: httpx.Headers) -> Message:
    message = Message()
    message["Content-Type"] = headers.get("Content-Type", "")
    return message


def _seconds(value: str) -> float | None:
    """`Retry-After` where it is a number; as a date it is not worth the trouble."""
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 7 else None

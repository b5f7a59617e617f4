"""The transport of every HTTP client here: addresses, proxies, certificates and time are bounded.

Redirects are not followed by a transport: each hop is a request of its own, and checked as one.
"""

import os
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import httpcore
import httpx

from aspire_ingest.index.transport.addresses import AllowList
from aspire_ingest.index.transport.lookup import check_for_proxy
from aspire_ingest.index.transport.network import NEVER, CheckedBackend, Ending
from aspire_ingest.index.transport.proxies import as_core, place_of, port_of, proxy_for

PROXY = "proxy"
"""The extension of a response that names the proxy through which it came, as `host:port`."""
_REFUSED_BY_PROXY = 407
_CORE_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one client may reach, and how."""

    allow: AllowList | None
    """Exceptions to "public addresses only"; None: the operator named the server, any address."""
    uses_proxies: bool
    """Whether the proxies of the environment are used."""
    ending: Ending = NEVER


class GuardedTransport(httpx.BaseTransport):
    """Sends requests as a policy has it; safe for several threads."""

    def __init__(self, policy: Policy) -> None:
        """Open no connection yet."""
        self._policy = policy
        self._pools: dict[tuple[str, bool], httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the response's body is still to be read.

        Raises:
            httpx.TransportError: no response came; its words hold neither headers nor a body.
            RefusedAddressError: the host is at an address that must not be reached.
            DeadlineError: the time for the whole exchange is over.
            ConfigError: the environment names a proxy that cannot be used.
        """
        proxy = proxy_for(request.url) if self._policy.uses_proxies else None
        if proxy is not None:
            self._check_for_proxy(request)
        url = request.url
        core = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=cast("httpx.SyncByteStream", request.stream),
            extensions=request.extensions,
        )
        with _translated(proxy):
            response = self._pool(proxy, is_secure=url.scheme == "https").handle_request(core)
        extensions = dict(cast("dict[str, object]", response.extensions))
        if proxy is not None:
            extensions[PROXY] = place_of(proxy)
            if response.status == _REFUSED_BY_PROXY:
                response.close()
                raise httpx.ProxyError(_refusal(proxy, "407 Proxy Authentication Required"))
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _check_for_proxy(self, request: httpx.Request) -> None:
        if self._policy.allow is None:
            return
        wait_s: float | None = request.extensions.get("timeout", {}).get("connect")
        url = request.url
        host = url.raw_host.decode("ascii").strip("[]")
        wait_s = self._policy.ending.at_most(wait_s)
        check_for_proxy(host, port_of(url), wait_s, self._policy.allow)

    def _pool(self, proxy: httpx.URL | None, *, is_secure: bool) -> httpcore.ConnectionPool:
        key = ("" if proxy is None else str(proxy), is_secure)
        pool = self._pools.get(key)
        if pool is None:
            # the operator named the proxy, so any address of it will do; which addresses may be
            # reached through it was checked before (_check_for_proxy)
            allow, called = (self._policy.allow, "") if proxy is None else (None, "the proxy ")
            made = httpcore.ConnectionPool(
                ssl_context=_trusted() if is_secure else None,
                proxy=None if proxy is None else as_core(proxy),
                max_connections=None,
                network_backend=CheckedBackend(allow, self._policy.ending, called=called),
            )
            pool = self._pools.setdefault(key, made)
        return pool


class _Body(httpx.SyncByteStream):
    """The body of a response, with httpx's errors."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _translated(None):
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@contextmanager
def _translated(proxy: httpx.URL | None) -> Generator[None]:
    """Pass errors of httpcore on as those of httpx, which have the same names."""
    try:
        yield
    except httpcore.ProxyError as error:
        said = str(error) if proxy is None else _refusal(proxy, str(error).strip())
        raise httpx.ProxyError(said) from error
    except _CORE_ERRORS as error:
        kind = cast("type[httpx.TransportError]", getattr(httpx, type(error).__name__))
        raise kind(str(error)) from error


def _refusal(proxy: httpx.URL, said: str) -> str:
    told = f"the proxy {place_of(proxy)} refuses it ({said}); "
    if said.startswith("407"):
        return told + "put its user and password into HTTP_PROXY and HTTPS_PROXY"
    return told + "have the proxy allow the host, or except it with NO_PROXY"


def _trusted() -> ssl.SSLContext:
    return _certificates(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _certificates(file: str | None, folder: str | None) -> ssl.SSLContext:
    """The authorities to trust: those of httpx and of the system, or those of the environment."""
    del file, folder  # both functions below read them; here they are the key
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context

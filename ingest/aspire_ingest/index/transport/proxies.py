"""Which proxy the environment names for an address: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`."""

import ipaddress
from contextlib import suppress
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from aspire_ingest.index.errors import ConfigError


def proxy_for(url: httpx.URL) -> httpx.URL | None:
    """Find the proxy for an address; None where it is reached directly.

    Raises:
        ConfigError: the proxy's address cannot be read.
    """
    named = getproxies()
    found = named.get(url.scheme) or named.get("all")
    if not found or _is_direct(url.host, url.port, named.get("no", "")):
        return None
    variable = f"{url.scheme.upper()}_PROXY"
    try:
        proxy = httpx.URL(found if "://" in found else f"http://{found}")
    except (httpx.InvalidURL, ValueError) as error:  # its words may hold the password
        raise ConfigError(f"{variable} is no address of a proxy") from error
    if proxy.scheme != "http" or not proxy.host:
        raise ConfigError(f"{variable} must be http://HOST:PORT: no other kind of proxy is used")
    return proxy


def place_of(proxy: httpx.URL) -> str:
    """Name a proxy without its user and password: `host:port`."""
    host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    return f"{host}:{port_of(proxy)}"


def port_of(url: httpx.URL) -> int:
    """The port that an address means."""
    return url.port or (443 if url.scheme == "https" else 80)


def as_core(proxy: httpx.URL) -> httpcore.Proxy:
    """Give a proxy as httpcore takes it: its user and password go to the proxy alone."""
    auth = (unquote(proxy.username), unquote(proxy.password)) if proxy.username else None
    target = httpcore.URL(
        scheme=proxy.raw_scheme, host=proxy.raw_host, port=port_of(proxy), target=b"/"
    )
    return httpcore.Proxy(url=target, auth=auth)


def _is_direct(host: str, port: int | None, exceptions: str) -> bool:
    if proxy_bypass(host if port is None else f"{host}:{port}"):
        return True
    with suppress(ValueError):
        address = ipaddress.ip_address(host)
        for entry in exceptions.split(","):
            with suppress(ValueError):  # a name, for which the line above is there
                if address in ipaddress.ip_network(entry.strip(), strict=False):
                    return True
    return False

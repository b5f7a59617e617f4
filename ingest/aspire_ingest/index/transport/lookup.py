"""Looking a host name up: once, in bounded time, and every address it has is checked."""

import ipaddress
import socket
import threading
from contextlib import suppress
from queue import Empty, SimpleQueue

import httpx

from aspire_ingest.index.transport.addresses import Address, AllowList, is_private_name, is_public


class UnknownHostError(httpx.ConnectError):
    """No address is known for a host name, or none was told in time."""


class RefusedAddressError(httpx.ConnectError):
    """A host is at an address that must not be reached."""


def look_up(host: str, port: int, timeout_s: float | None) -> tuple[Address, ...]:
    """Give the addresses of a host, in the order of the system.

    Raises:
        UnknownHostError: there is none, or none was told within `timeout_s`.
    """
    with suppress(ValueError):
        return (ipaddress.ip_address(host),)
    found: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            found.put(error if isinstance(error, OSError) else OSError(str(error)))

    # getaddrinfo takes no timeout, so it runs where it can be left behind
    threading.Thread(target=ask, daemon=True).start()
    try:
        names = found.get(timeout=timeout_s)
    except Empty:
        raise UnknownHostError(f"the name {host} could not be looked up in time") from None
    if isinstance(names, OSError) or not names:
        raise UnknownHostError(f"the host {host} is not known; check the address")
    return tuple(dict.fromkeys(ipaddress.ip_address(name) for name in names))


def check(host: str, port: int, addresses: tuple[Address, ...], allow: AllowList) -> None:
    """Check where a host is: one private address among public ones is enough to refuse.

    Raises:
        RefusedAddressError: it is at an address that is neither public nor allowed.
    """
    for address in addresses:
        if not (is_public(address) or allow.allows(host, port, address)):
            raise RefusedAddressError(
                f"{host} is at the private or reserved address {address}: refused; an operator "
                "can allow it with ASPIRE_FETCH_ALLOW"
            )


def check_for_proxy(host: str, port: int, timeout_s: float | None, allow: AllowList) -> None:
    """Check a host that a proxy is about to be asked for.

    Behind a proxy a machine often knows no names of the internet. The proxy then looks the name
    up, so that only names of private networks can be refused here.

    Raises:
        RefusedAddressError: its name or one of its addresses is private and not allowed.
    """
    if allow.names(host, port):
        return
    try:
        addresses = look_up(host, port, timeout_s)
    except UnknownHostError:
        if is_private_name(host):
            raise RefusedAddressError(
                f"{host} is a name of a private network: refused; an operator can allow it with "
                "ASPIRE_FETCH_ALLOW"
            ) from None
        return
    check(host, port, addresses, allow)

"""No test reaches the network: sockets connect on this machine only, names are not looked up."""

import ipaddress
import socket
from collections.abc import Generator

import pytest


class NetworkBlockedError(AssertionError):
    """A test tried to leave this machine."""


def _is_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Generator[None]:
    """Let sockets connect to loopback alone, and let no name be looked up but `localhost`."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    getaddrinfo = socket.getaddrinfo

    def check(address: object) -> None:
        if isinstance(address, tuple) and not _is_here(address[0]):  # pyright: ignore[reportUnknownArgumentType]  # an address is what the socket's family has it
            raise NetworkBlockedError(f"tests stay on this machine; asked for {address!r}")

    def guarded_connect(self: socket.socket, address: object) -> None:
        check(address)
        connect(self, address)  # pyright: ignore[reportArgumentType]  # as above

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        check(address)
        return connect_ex(self, address)  # pyright: ignore[reportArgumentType]  # as above

    def guarded_getaddrinfo(host: object, *rest: object, **named: object) -> object:
        # an address is only read, not looked up
        try:
            is_name = not _is_here(host) and not ipaddress.ip_address(str(host))
        except ValueError:
            is_name = True
        if is_name:
            raise NetworkBlockedError(f"tests look no name up; asked for {host!r}")
        return getaddrinfo(host, *rest, **named)  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]  # passed on

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield

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


def _is_address(host: str) -> bool:
    """Whether it is only read, not looked up; `127.1` and `0x7f000001` are addresses too."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            socket.inet_aton(host)
        except (OSError, UnicodeError):
            return False
    return True


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
        if not (_is_here(host) or _is_address(str(host))):
            # what a machine without a network says: code that looks names up handles it
            raise socket.gaierror(socket.EAI_NONAME, f"tests look no name up; asked for {host!r}")
        return getaddrinfo(host, *rest, **named)  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]  # passed on

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield

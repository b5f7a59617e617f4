"""The guard that keeps all tests on this machine."""

import socket

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "8.8.8.8", "10.0.0.1"])
def test_no_socket_leaves_this_machine(address: str) -> None:
    with socket.socket() as sock, pytest.raises(AssertionError, match="stay on this machine"):
        sock.connect((address, 9))
    with socket.socket() as sock, pytest.raises(AssertionError, match="stay on this machine"):
        sock.connect_ex((address, 9))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(socket.gaierror, match="look no name up"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        for name in (host, "localhost"):
            socket.create_connection((name, port), timeout=5).close()

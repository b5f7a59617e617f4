"""A proxy on loopback: strict in what it takes, and it remembers what it was asked.

It looks no name up: whatever host is asked for, it speaks with one server of the test.
"""

import base64
import http.client
import select
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class LoopbackProxy:
    """What it does, and what it was asked: `METHOD TARGET`, and who asked."""

    server: tuple[str, int]
    """Where all that it is asked for lies."""
    refuses: int | None = None
    """The status with which it refuses everything."""
    password: str | None = None
    """`user:password` without which it refuses."""
    asked: list[str] = field(default_factory=list[str])
    address: str = ""

    def refusal(self, authorization: str | None) -> int | None:
        """The status with which a request is refused."""
        if self.password is not None:
            wanted = "Basic " + base64.b64encode(self.password.encode()).decode()
            if authorization != wanted:
                return 407
        return self.refuses


@contextmanager
def loopback_proxy(server: str) -> Generator[LoopbackProxy]:
    """Serve until the block ends, in front of the server at an address `http://HOST:PORT`."""
    place = urlsplit(server)
    proxy = LoopbackProxy(server=("127.0.0.1", place.port or 0))
    handler = type("Handler", (_Handler,), {"proxy": proxy})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    listening.daemon_threads = True
    proxy.address = f"127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


class _Handler(BaseHTTPRequestHandler):
    proxy: LoopbackProxy
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        self.close_connection = True
        if self._is_refused():
            return
        with socket.create_connection(self.proxy.server) as there:
            self.send_response(200, "Connection established")
            self.end_headers()
            with suppress(OSError):
                self._relay(there)

    def do_GET(self) -> None:
        self._forward(None)

    def do_POST(self) -> None:
        self._forward(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""

    def _forward(self, body: bytes | None) -> None:
        self.close_connection = True
        target = urlsplit(self.path)
        if target.scheme != "http" or not target.netloc:
            self.send_error(400, "a proxy is asked for whole addresses")
            return
        if self._is_refused():
            return
        there = http.client.HTTPConnection(*self.proxy.server)
        headers = {
            name: value
            for name, value in self.headers.items()
            if not name.lower().startswith("proxy-")
        }
        path = f"{target.path}?{target.query}" if target.query else target.path
        there.request(self.command, path, body, headers)
        answer = there.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        there.close()

    def _is_refused(self) -> bool:
        self.proxy.asked.append(f"{self.command} {self.path}")
        status = self.proxy.refusal(self.headers["Proxy-Authorization"])
        if status is not None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
        return status is not None

    def _relay(self, there: socket.socket) -> None:
        here = self.connection
        while True:
            ready, _, _ = select.select([here, there], [], [], 5)
            for one in ready:
                part = one.recv(65_536)
                if not part:
                    return
                (there if one is here else here).sendall(part)
            if not ready:
                return

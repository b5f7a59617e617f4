"""A reranking server on loopback that says what a test scripts, and remembers what it was asked."""

import json
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

Body = Mapping[str, object]
Script = Callable[[Body], tuple[int, object]]
"""Gives status and reply for a body; a reply of bytes is sent as it is, `Drops` slowly."""


class Drops(str):
    """A reply that comes a sign at a time."""


def one_after_another(*scripts: Script) -> Script:
    """A script for each request in turn."""
    left = iter(scripts)

    def say(body: Body) -> tuple[int, object]:
        return next(left)(body)

    return say


def always(status: int, reply: object) -> Script:
    """The same reply to all."""
    return lambda _body: (status, reply)


@dataclass(slots=True)
class Asked:
    """What a server was asked: path, headers and body of each request, in order."""

    paths: list[str] = field(default_factory=list[str])
    keys: list[str | None] = field(default_factory=list["str | None"])
    bodies: list[Body] = field(default_factory=list[Body])
    url: str = ""


@contextmanager
def serving(script: Script) -> Generator[Asked]:
    """Serve until the block ends."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = cast("Body", json.loads(self.rfile.read(length)))
            asked.paths.append(self.path)
            asked.keys.append(self.headers["Authorization"])
            asked.bodies.append(body)
            status, reply = script(body)
            with suppress(OSError):  # who asked has gone
                self._say(status, reply)

        def _say(self, status: int, reply: object) -> None:
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", asked.url)
            self.end_headers()
            if isinstance(reply, Drops):
                for part in reply:
                    self.wfile.write(part.encode())
                    self.wfile.flush()
                    time.sleep(0.05)
                return
            self.wfile.write(reply if isinstance(reply, bytes) else json.dumps(reply).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    asked.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The HTTP side of a local model: one server, one wire format, a script."""

import json
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from tests.local_models import anthropic, bedrock, google, ollama, openai
from tests.local_models.reading import Body
from tests.local_models.reply import Asked, RefusedError, Reply, Script

_LONGEST_S = 60.0


class Format(Protocol):
    MODEL: str

    def read(self, path: str, headers: Mapping[str, str], body: Body) -> Asked: ...
    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]: ...
    def more(self, asked: Asked) -> bytes: ...
    def endless_line(self) -> bytes: ...
    def ending(self, asked: Asked, reply: Reply) -> Iterator[bytes]: ...
    def whole(self, asked: Asked, reply: Reply) -> bytes: ...
    def error(self, status: int, why: str) -> bytes: ...


FORMATS: Mapping[str, Format] = {"openai-like": openai, "anthropic": anthropic, "google": google}
"""By the provider that speaks it."""
EXTRA_FORMATS: Mapping[str, Format] = {"ollama": ollama, "bedrock": bedrock}
"""Of those whose libraries do not speak through a client that ours can guard in all."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Tell what went wrong, but not that a client went away: it may do so at any time."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # pyright: ignore[reportArgumentType]


@dataclass
class LocalModel:
    """A running server: what it was asked, and what it refused."""

    provider: str
    script: Script
    url: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    refused: list[str] = field(default_factory=list[str])
    encodings: list[str | None] = field(default_factory=list["str | None"])
    """In which the clients take a reply."""
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client went away in the middle of a reply."""
    released: threading.Event = field(default_factory=threading.Event)
    """Lets everything that hangs go."""

    @property
    def format(self) -> Format:
        return {**FORMATS, **EXTRA_FORMATS}[self.provider]

    @property
    def base_url(self) -> str:
        """What `ASPIRE_LLM_BASE_URL` is to be."""
        return f"{self.url}/v1" if self.provider == "openai-like" else self.url

    @property
    def setting(self) -> str:
        """What `ASPIRE_LLM` is to be."""
        return f"{self.provider}/{self.format.MODEL}"


@contextmanager
def serving(provider: str, script: Script) -> Generator[LocalModel]:
    """Serve on a free port until the block ends."""
    model = LocalModel(provider, script)

    class Handler(_Handler):
        local = model

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    local: LocalModel

    def do_POST(self) -> None:
        try:
            self._answer()
        except OSError:
            self.local.hung_up.set()
            self.close_connection = True

    def _answer(self) -> None:
        form = self.local.format
        self.local.encodings.append(self.headers["Accept-Encoding"])
        try:
            asked = form.read(self.path, self.headers, self._body())  # pyright: ignore[reportArgumentType]  a mapping in all that is used
        except RefusedError as error:
            self.local.refused.append(str(error))
            self._send(error.status, form.error(error.status, str(error)), {})
            return
        self.local.asked.append(asked)
        reply = self.local.script(asked)
        if reply.hangs_first:
            self.local.released.wait(_LONGEST_S)
            self.close_connection = True
        elif reply.status != 200:
            why = f"no: {asked.key} {asked.prompt}"  # as some do: what was sent, in full
            self._send(reply.status, reply.body or form.error(reply.status, why), reply.headers)
        elif reply.body is not None:
            self._send(200, reply.body, reply.headers)
        elif asked.is_streamed and not reply.is_never_streamed:
            self._stream(asked, reply)
        else:
            self._send(200, form.whole(asked, reply), reply.headers)

    def _body(self) -> Body:
        if self.headers["Content-Type"] != "application/json":
            raise RefusedError(415, "no JSON")
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not isinstance(body, dict):
            raise RefusedError(400, "no object")
        return body  # pyright: ignore[reportUnknownVariableType]  JSON

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, asked: Asked, reply: Reply) -> None:
        form = self.local.format
        self.send_response(200)
        events = getattr(form, "EVENTS", "text/event-stream")
        for name, value in {"Content-Type": events, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number, event in enumerate(form.events(asked, reply)):
            if number > 1 and reply.pause_s:
                time.sleep(reply.pause_s)
            self._chunk(event)
        if reply.ending in ("whole", "length", "refused"):
            for event in form.ending(asked, reply):
                self._chunk(event)
        elif reply.ending == "hang":
            self.local.released.wait(_LONGEST_S)
        elif reply.ending in ("flood", "line"):
            self._flood(form.more(asked) if reply.ending == "flood" else form.endless_line())
        if reply.ending in ("torn", "hang", "flood", "line"):
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(2)
            return
        self._chunk(b"")

    def _flood(self, event: bytes) -> None:
        until = time.monotonic() + _LONGEST_S
        if not event.endswith(b"\n"):
            self._chunk(event)
            event = b"x" * 65_536
        while time.monotonic() < until and not self.local.released.is_set():
            self._chunk(event)

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
        pass

"""HTTP on loopback: `/api/METHOD`, `/response/KEY`, `/files-pri/…`, and signing in."""

import json
import threading
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from aspire_bot.local_slack.api.openid import AUTHORIZE_PATH
from aspire_bot.local_slack.api.web_api import Arrived
from aspire_bot.local_slack.wire import Json, Reply, as_object

TakeCall = Callable[[Arrived], Reply]
TakeResponse = Callable[[str, Json], Reply]
TakeSignIn = Callable[[Json], str]
"""Gives where a browser that signs in is sent; "" where Slack would refuse it."""
TakeFile = Callable[[str, str], tuple[int, bytes]]
"""Gives status and bytes for a path and a token."""


class Endpoint:
    """Listens on a port of loopback, in threads of its own."""

    def __init__(
        self,
        take: TakeCall,
        take_response: TakeResponse,
        take_file: TakeFile,
        take_sign_in: TakeSignIn,
        *,
        port: int = 0,
    ) -> None:
        """Take a port, any free one where it is 0; calls are answered from `start` on."""

        class Handler(_Handler):
            takes = staticmethod(take)
            takes_response = staticmethod(take_response)
            takes_file = staticmethod(take_file)
            takes_sign_in = staticmethod(take_sign_in)

        self._server = _Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_port

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening; calls in progress are answered."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # bots call from many threads at once


class _Handler(BaseHTTPRequestHandler):
    takes: TakeCall
    takes_response: TakeResponse
    takes_file: TakeFile
    takes_sign_in: TakeSignIn

    def do_GET(self) -> None:
        """A method that only reads, its arguments in the query; or the bytes of a file."""
        if self.path.startswith("/files-pri/"):
            self._send_file()
        elif urlsplit(self.path).path == AUTHORIZE_PATH:
            self._send_back(self.takes_sign_in(dict(parse_qsl(urlsplit(self.path).query))))
        else:
            self._answer(b"")

    def do_POST(self) -> None:
        """Any method, its arguments in a form or in JSON; or a response URL."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _answer(self, raw: bytes) -> None:
        address = urlsplit(self.path)
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        arguments: dict[str, object] = dict(parse_qsl(address.query))
        with suppress(UnicodeDecodeError, json.JSONDecodeError):
            body = raw.decode()
            read: object = json.loads(body or "{}") if is_json else dict(parse_qsl(body))
            arguments.update(as_object(read) or {})
        if address.path.startswith("/response/"):
            self._send(self.takes_response(address.path.removeprefix("/response/"), arguments))
            return
        arguments.update(self._basic())
        token = self.headers.get("Authorization", "")
        arrived = Arrived(
            method=address.path.removeprefix("/api/"),
            arguments=arguments,
            token=token.removeprefix("Bearer ") if token.startswith("Bearer ") else "",
            is_json=is_json,
        )
        self._send(self.takes(arrived))

    def _send_back(self, address: str) -> None:
        self.send_response(302 if address else 400)
        if address:
            self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_file(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, body = self.takes_file(urlsplit(self.path).path, token)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/signin")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # it may be too much for the bot
            self.wfile.write(body)

    def _basic(self) -> Json:
        """The client's id and secret, where they come as a user and a password."""
        kind, _, encoded = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return {}
        client_id, _, secret = b64decode(encoded).decode().partition(":")
        return {"client_id": client_id, "client_secret": secret}

    def _send(self, reply: Reply) -> None:
        if reply.drops:
            self.close_connection = True
            self.connection.close()
            return
        body = json.dumps(reply.content).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the bot may be gone
            self.wfile.write(body)

    def finish(self) -> None:
        """Flush; a connection that was dropped has nothing to flush."""
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Write no log: the calls are kept."""

"""Slack's signed events and the health checks over HTTP, served by waitress."""

import io
import json
import logging
import socket
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Event
from typing import TYPE_CHECKING, Protocol, cast

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress import wasyncore
from waitress.server import create_server

from aspire_bot.messages import phrases
from aspire_bot.slack.platform.manifest import EVENTS_PATH
from aspire_ingest.index.errors import AspireError, ConfigError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 1_000_000
_POLL_S = 0.1

CheckReady = Callable[[], None]
"""Returns where questions can be answered; raises `AspireError` where they cannot."""


class HealthChecks:
    """`/healthz`: the process is up. `/readyz`: it can answer, 503 with the reason where not."""

    def __init__(self, check_ready: CheckReady) -> None:
        """Ask `check_ready` anew at each request."""
        self._check_ready = check_ready

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request; 404 for other paths, 405 for other methods."""
        path = environ.get("PATH_INFO", "")
        if path not in {"/healthz", "/readyz"}:
            return respond(start, HTTPStatus.NOT_FOUND, {"error": "not found"})
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return respond(start, HTTPStatus.METHOD_NOT_ALLOWED, {"error": "GET only"})
        if path == "/readyz":
            try:
                self._check_ready()
            except AspireError as error:
                logger.warning("not ready: %s", error)
                reason = {"status": "unavailable", "reason": phrases("en").slack.error(error)}
                return respond(start, HTTPStatus.SERVICE_UNAVAILABLE, reason)
        return respond(start, HTTPStatus.OK, {"status": "ok"})


class SignedEvents:
    """`/slack/events` before the health checks; unsigned bytes are refused before they are parsed.

    Bolt checks the signature too, but after it has read the body, and fails on bodies that are no
    JSON object.
    """

    def __init__(self, app: App, signing_secret: str, others: "WSGIApplication") -> None:
        """Pass what is not an event to `others`.

        Raises:
            ConfigError: without a signing secret anyone could speak as Slack.
        """
        if not signing_secret.strip():
            raise ConfigError("SLACK_SIGNING_SECRET is needed to receive events over HTTP")
        self._bolt = SlackRequestHandler(app, path=EVENTS_PATH)
        self._verifier = SignatureVerifier(signing_secret)
        self._others = others

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request; 401 for a bad signature or one older than five minutes."""
        if environ.get("PATH_INFO") != EVENTS_PATH:
            return self._others(environ, start)
        if environ.get("REQUEST_METHOD") != "POST":
            return respond(start, HTTPStatus.METHOD_NOT_ALLOWED, {"error": "POST only"})
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > MAX_BODY_BYTES:  # the server takes more where the console takes files
            return respond(start, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "too large"})
        body = environ["wsgi.input"].read(length)
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not self._is_signed(body, timestamp, signature):
            return respond(start, HTTPStatus.UNAUTHORIZED, {"error": "invalid request"})
        environ["wsgi.input"] = io.BytesIO(body)
        return self._bolt(environ, start)

    def _is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        # What is no number or no text is no signature; the verifier would raise on it.
        if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body.decode(), timestamp, signature)
        except UnicodeDecodeError:
            return False


def respond(start: "StartResponse", status: int, content: dict[str, str]) -> Iterable[bytes]:
    """Answer a WSGI request with a JSON object."""
    status = HTTPStatus(status)
    body = json.dumps(content).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start(f"{status.value} {status.phrase}", headers)
    return [body]


class _Channel(Protocol):
    """What we read of a connection of waitress."""

    requests: list[object]
    total_outbufs_len: int


class _Dispatcher(Protocol):
    def shutdown(self, cancel_pending: bool = ..., timeout: float = ...) -> bool: ...


class _Server(Protocol):
    """What we use of a server of waitress."""

    accepting: bool
    task_dispatcher: _Dispatcher
    active_channels: dict[int, _Channel]


def body_limit(pages: object) -> int:
    """Give the size in bytes of the largest body that pages take: 1 MB, unless they say more."""
    return int(getattr(pages, "max_body_bytes", MAX_BODY_BYTES))


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address, IPv6 where it has colons; raises OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


class HttpServer:
    """Waitress, made to stop without losing the responses it owes."""

    def __init__(
        self,
        wsgi: "WSGIApplication",
        *,
        host: str,
        port: int,
        threads: int = 8,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        """Listen at once, port 0 for any free one; answer `threads` requests at a time.

        Raises:
            ConfigError: the address cannot be listened on.
        """
        try:
            listening = listen(host, port)
        except OSError as error:
            raise ConfigError(f"cannot listen on {host}:{port}: {error}") from error
        self.port: int = listening.getsockname()[1]
        self._map: dict[int, socket.socket] = {}
        server = create_server(
            wsgi,
            map=self._map,
            sockets=[listening],
            threads=threads,
            ident=None,
            max_request_body_size=max_body_bytes,
            channel_timeout=30,
        )
        # The stub takes the table of channels for a single channel.
        self._server = cast("_Server", server)

    def run(self, stop: Event) -> None:
        """Serve until `stop` is set."""
        while not stop.is_set():
            self._turn(_POLL_S)

    def close(self, *, timeout_s: float = 3.0) -> None:
        """Accept nothing more, send the responses that are owed, and close all connections."""
        self._server.accepting = False
        until = time.monotonic() + timeout_s
        while self._is_busy() and time.monotonic() < until:
            self._turn(0.02)
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def _turn(self, timeout_s: float) -> None:
        wasyncore.loop(timeout=timeout_s, use_poll=True, map=self._map, count=1)

    def _is_busy(self) -> bool:
        channels = self._server.active_channels.values()
        return any(channel.requests or channel.total_outbufs_len for channel in channels)

"""Running the bot: one transport for events, health checks always, and a clean end."""

import logging
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackClientError

from aspire_bot.slack.http import CheckReady, HealthChecks, HttpServer, SignedEvents
from aspire_bot.slack.workers import Workers
from aspire_ingest.index.errors import ConfigError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where and how events arrive.

    With an `app_token` through Socket Mode, else over HTTP, signed with `signing_secret`. The
    health checks are on `host:port` in both. Answers in progress have `drain_s` to finish.
    """

    port: int
    host: str = "127.0.0.1"
    signing_secret: str = field(default="", repr=False)
    app_token: str | None = field(default=None, repr=False)
    drain_s: float = 25.0


def serve(
    app: App,
    endpoint: Endpoint,
    check_ready: CheckReady,
    *,
    stop: Event | None = None,
    on_listening: Callable[[int], None] | None = None,
) -> None:
    """Serve until SIGTERM, SIGINT or `stop`; then take nothing new and finish what was begun.

    `on_listening` is told the port once requests are accepted. Signals are heeded where this runs
    in the main thread.

    Raises:
        ConfigError: the port is taken, the signing secret missing, or the app token refused.
    """
    stop = stop or Event()
    health = HealthChecks(check_ready)
    wsgi = health if endpoint.app_token else SignedEvents(app, endpoint.signing_secret, health)
    server = HttpServer(wsgi, host=endpoint.host, port=endpoint.port)
    try:
        with _signals_set(stop), _socket_mode(app, endpoint.app_token):
            logger.info("listening on %s:%d", endpoint.host, server.port)
            if on_listening:
                on_listening(server.port)
            server.run(stop)
    finally:
        server.close()
        _drain(app, endpoint.drain_s)


def _drain(app: App, timeout_s: float) -> None:
    workers = app.listener_runner.listener_executor
    if isinstance(workers, Workers) and (left := workers.drain(timeout_s)):
        logger.warning("stopped with %d questions unanswered after %.0f s", left, timeout_s)


@contextmanager
def _socket_mode(app: App, app_token: str | None) -> Generator[None]:
    """Hold a Socket Mode connection open, where there is a token for it."""
    if not app_token:
        yield
        return
    handler = SocketModeHandler(app, app_token)
    try:
        try:
            handler.connect()
        except (SlackClientError, OSError) as error:
            raise ConfigError(
                f"Socket Mode cannot connect with SLACK_APP_TOKEN: {error}"
            ) from error
        yield
    finally:
        handler.close()


@contextmanager
def _signals_set(stop: Event) -> Generator[None]:
    """Set `stop` on SIGTERM and SIGINT; put the former handlers back at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        logger.info("%s: stopping", signal.Signals(number).name)
        stop.set()

    former = {n: signal.signal(n, on_signal) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

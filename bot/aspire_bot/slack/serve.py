"""Running the bot: one transport for events, health checks always, and a clean end."""

import logging
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.errors import SlackClientError

from aspire_bot.slack.app import SlackBot
from aspire_bot.slack.platform.http import (
    CheckReady,
    HealthChecks,
    HttpServer,
    SignedEvents,
    body_limit,
)
from aspire_ingest.index.errors import ConfigError

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

logger = logging.getLogger(__name__)

Wrap = Callable[["WSGIApplication"], "WSGIApplication"]


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
    bot: SlackBot,
    endpoint: Endpoint,
    check_ready: CheckReady,
    *,
    pages: Wrap | None = None,
    stop: Event | None = None,
    on_listening: Callable[[int], None] | None = None,
) -> None:
    """Serve until SIGTERM, SIGINT or `stop`; then take nothing new and finish what was begun.

    What cannot be finished in time is left in the inbox for the next start. `pages` puts further
    pages before the health checks.

    `on_listening` is told the port once requests are accepted. Signals are heeded where this runs
    in the main thread.

    Raises:
        ConfigError: the port is taken, the signing secret missing, or the app token refused.
    """
    stop = stop or Event()
    health: WSGIApplication = HealthChecks(check_ready)
    others = pages(health) if pages else health
    wsgi = others if endpoint.app_token else SignedEvents(bot.app, endpoint.signing_secret, others)
    limit = body_limit(others)
    server = HttpServer(wsgi, host=endpoint.host, port=endpoint.port, max_body_bytes=limit)
    try:
        bot.open()
        with stopped_by_signals(stop), _socket_mode(bot.app, endpoint.app_token):
            logger.info("listening on %s:%d", endpoint.host, server.port)
            if on_listening:
                on_listening(server.port)
            server.run(stop)
    finally:
        server.close()
        if not bot.close(timeout_s=endpoint.drain_s):
            logger.warning("stopped after %.0f s; what is left is done later", endpoint.drain_s)


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
        with suppress(AttributeError):  # the SDK, where Slack cuts the connection just then
            handler.close()


@contextmanager
def stopped_by_signals(stop: Event) -> Generator[None]:
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

"""A small Bolt app beside a local Slack, over either transport, and all that it was told."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from socketserver import ThreadingMixIn
from typing import Any, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from tests.local_slack.server import LocalSlack
from tests.local_slack.socket_mode import SocketTransport

from aspire_bot.local_slack.api.methods import APP_TOKEN
from aspire_bot.local_slack.courier import Courier, HttpTransport
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.workspace import BOT_TOKEN

TransportName = Literal["http", "socket"]
Told = dict[str, Any]


@dataclass
class BoltBot:
    """What the app was told, each with its retry number; `on` says how it answers."""

    people: People
    client: Any
    told: Queue[tuple[Told, str | None]] = field(default_factory=Queue[tuple[Told, str | None]])
    on: Callable[[Told], BoltResponse] = field(default=lambda body: BoltResponse(status=200))

    def heard(self) -> list[Told]:
        """All that the app was told since it was last asked, in order."""
        return [self.told.get_nowait()[0] for _ in range(self.told.qsize())]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        del format, args


@contextmanager
def bolt_bot(slack: LocalSlack, transport: TransportName) -> Generator[BoltBot]:
    """Run the app until the block ends."""
    client = WebClient(token=BOT_TOKEN, base_url=slack.url)
    app = App(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
    with (_over_http if transport == "http" else _over_socket)(app, slack) as courier:
        bot = BoltBot(people=People(slack, courier), client=client)

        def listen(req: BoltRequest) -> BoltResponse:
            bot.told.put((req.body, next(iter(req.headers.get("x-slack-retry-num", [])), None)))
            return bot.on(req.body)

        app.middleware(listen)  # pyright: ignore[reportUnknownMemberType]  untyped in Bolt
        yield bot


@contextmanager
def _over_http(app: App, slack: LocalSlack) -> Generator[Courier]:
    del slack
    handler: Any = SlackRequestHandler(app, path="/slack/events")
    server = make_server("127.0.0.1", 0, handler, _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield Courier(HttpTransport(server.server_port))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _over_socket(app: App, slack: LocalSlack) -> Generator[Courier]:
    handler = SocketModeHandler(app, APP_TOKEN)
    handler.connect()
    try:
        yield Courier(SocketTransport(slack.socket))
    finally:
        # Its reader sits in a read of three seconds; cut off, it returns at once. Closing it while
        # it notices is a race that the SDK loses.
        handler.client.auto_reconnect_enabled = False
        slack.socket.disconnect(politely=False)
        until = time.monotonic() + 5
        while handler.client.is_connected() and time.monotonic() < until:
            time.sleep(0.01)
        handler.close()

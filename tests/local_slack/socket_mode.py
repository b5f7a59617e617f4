"""Slack's side of Socket Mode: envelopes over WebSockets on loopback."""

import itertools
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Queue
from typing import cast

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from aspire_bot.local_slack.courier import Attempt, Kind, Retry
from aspire_bot.local_slack.wire import Json, as_object

_ids = itertools.count(1)


class LocalSocket:
    """Sends envelopes to whoever is connected and collects what comes back."""

    def __init__(self) -> None:
        """Begin with nobody connected, and not listening."""
        self.url = ""
        self.acknowledged: Queue[str] = Queue()
        """The ids of acknowledged envelopes, in order."""
        self.connections = 0
        """How many connections there were so far."""
        self._live: list[ServerConnection] = []
        self._waiting: dict[str, Queue[Json]] = {}
        self._changed = threading.Condition()
        self._server: Server | None = None
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        """Listen."""
        self._server = serve(self._converse, "127.0.0.1", 0)
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread.start()

    def close(self) -> None:
        """End all conversations and stop listening."""
        if self._server is None:
            return
        self._server.shutdown()
        self._thread.join()
        for connection in self._connected():
            connection.close()

    def send(self, body: object) -> str:
        """Send an event body without waiting; return the id that the bot must acknowledge."""
        envelope = self.envelope("events_api", body)
        self._send(envelope, timeout_s=10)
        return str(envelope["envelope_id"])

    @staticmethod
    def envelope(kind: str, body: object, **more: object) -> dict[str, object]:
        """Wrap a body; `more` is what an event delivered again says of itself."""
        return {
            "envelope_id": f"envelope-{next(_ids)}",
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": body,
            **more,
        }

    def deliver(self, envelope: Json, *, deadline_s: float) -> Json | None:
        """Send an envelope and wait for what it is acknowledged with; None where it is not."""
        envelope_id = str(envelope["envelope_id"])
        answers: Queue[Json] = Queue()
        self._waiting[envelope_id] = answers
        try:
            self._send(envelope, timeout_s=deadline_s)
            return answers.get(timeout=deadline_s)
        except (Empty, TimeoutError):
            return None
        finally:
            del self._waiting[envelope_id]

    def disconnect(self, *, politely: bool = True) -> int:
        """Cut all connections off, after Slack's notice where `politely`; give how many."""
        connections = self._connected()
        for connection in connections:
            with suppress(ConnectionClosed):
                if politely:
                    notice = {"type": "disconnect", "reason": "refresh_requested"}
                    connection.send(json.dumps(notice))
            connection.close()
        return len(connections)

    def wait_for_connection(self, timeout_s: float = 30) -> None:
        """Wait until the bot is connected; raises `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._live), timeout_s):
                raise TimeoutError(f"nobody connected to the socket in {timeout_s} s")

    def _send(self, envelope: Json, *, timeout_s: float) -> None:
        """Send over one of the connections, as Slack does; wait for one where there is none."""
        self.wait_for_connection(timeout_s)
        for connection in self._connected():
            try:
                connection.send(json.dumps(envelope))
            except ConnectionClosed:
                continue
            return
        raise TimeoutError("all connections closed while an envelope was sent")

    def _connected(self) -> list[ServerConnection]:
        with self._changed:
            return list(self._live)

    def _run(self) -> None:
        if self._server is not None:
            self._server.serve_forever()

    def _converse(self, connection: ServerConnection) -> None:
        """Serve one connection until either side closes it."""
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self._changed:
            self._live.append(connection)
            self.connections += 1
            self._changed.notify_all()
        try:
            for received in connection:
                self._acknowledge(cast("Json", json.loads(received)))
        except ConnectionClosed:
            pass
        finally:
            with self._changed:
                self._live.remove(connection)

    def _acknowledge(self, reply: Json) -> None:
        envelope_id = str(reply.get("envelope_id"))
        self.acknowledged.put(envelope_id)
        if answers := self._waiting.get(envelope_id):
            answers.put(as_object(reply.get("payload")) or {})


@dataclass(frozen=True, slots=True)
class SocketTransport:
    """Envelopes over the local Slack's socket."""

    socket: LocalSocket

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        """See `Transport`."""
        more = {"retry_attempt": retry.number, "retry_reason": retry.reason} if retry else {}
        envelope = self.socket.envelope(kind, body, **more)
        began = time.monotonic()
        response = self.socket.deliver(envelope, deadline_s=deadline_s)
        seconds = time.monotonic() - began
        if response is None:
            return Attempt(status=None, seconds=seconds)
        return Attempt(status=200, seconds=seconds, response=response)

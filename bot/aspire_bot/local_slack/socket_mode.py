"""Slack's side of Socket Mode: envelopes over a WebSocket on loopback."""

import itertools
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import cast

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

_ids = itertools.count(1)


@dataclass(slots=True)
class LocalSocket:
    """Sends events to whoever is connected and collects what comes back."""

    url: str = ""
    acknowledged: Queue[str] = field(default_factory=Queue[str])
    _outgoing: Queue[str] = field(default_factory=Queue[str])
    _closing: threading.Event = field(default_factory=threading.Event)

    def send(self, body: object) -> str:
        """Send an event body; return the id that the bot must acknowledge."""
        envelope_id = f"envelope-{next(_ids)}"
        envelope = {
            "envelope_id": envelope_id,
            "type": "events_api",
            "accepts_response_payload": False,
            "payload": body,
        }
        self._outgoing.put(json.dumps(envelope))
        return envelope_id

    def converse(self, connection: ServerConnection) -> None:
        """Serve one connection until either side closes it."""
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        reader = threading.Thread(target=self._read, args=(connection,))
        reader.start()
        while not self._closing.is_set() and reader.is_alive():
            try:
                connection.send(self._outgoing.get(timeout=0.05))
            except Empty:
                continue
        connection.close()
        reader.join()

    def _read(self, connection: ServerConnection) -> None:
        try:
            for received in connection:
                reply = cast("dict[str, str]", json.loads(received))
                self.acknowledged.put(reply["envelope_id"])
        except ConnectionClosed:
            return

    def close(self) -> None:
        """End all conversations."""
        self._closing.set()


@contextmanager
def local_socket() -> Generator[LocalSocket]:
    """Listen on loopback until the block ends."""
    local = LocalSocket()
    with serve(local.converse, "127.0.0.1", 0) as server:
        local.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        listening = threading.Thread(target=server.serve_forever)
        listening.start()
        try:
            yield local
        finally:
            local.close()
            server.shutdown()
            listening.join()

"""A Web API that says what it is told to say, for what no rule of Slack's decides."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast
from urllib.parse import parse_qsl

from aspire_bot.slack.platform.manifest import bot_scopes

Reply = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    method: str
    arguments: Mapping[str, object]
    token: str


@dataclass(slots=True)
class ScriptedSlack:
    """Answers `ok` to all; a method in `replies` with what stands there, `drop` with silence."""

    scopes: str = ",".join(bot_scopes())
    replies: dict[str, Reply] = field(default_factory=dict[str, Reply])
    drop: set[str] = field(default_factory=set[str])
    calls: list[Call] = field(default_factory=list[Call])
    _server: ThreadingHTTPServer = field(init=False)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        class Handler(_Handler):
            slack = self

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def refuse(self, method: str, error: str) -> None:
        self.replies[method] = {"ok": False, "error": error}

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    def take(self, call: Call) -> Reply:
        self.calls.append(call)
        known: Reply = {"ok": True, "ts": f"1800000000.{len(self.calls):06d}"}
        if call.method == "auth.test":
            known = {
                "ok": True,
                "team_id": "T1",
                "team": "Example",
                "user_id": "UBOT",
                "bot_id": "B1",
            }
        return self.replies.get(call.method, known)


class _Handler(BaseHTTPRequestHandler):
    slack: ScriptedSlack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        arguments = cast(
            "dict[str, object]", json.loads(body or "{}") if is_json else dict(parse_qsl(body))
        )
        call = Call(
            method=self.path.removeprefix("/api/"),
            arguments=arguments,
            token=self.headers.get("Authorization", "").removeprefix("Bearer "),
        )
        reply = json.dumps(self.slack.take(call)).encode()
        if call.method in self.slack.drop:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(reply)))
        self.send_header("X-OAuth-Scopes", self.slack.scopes)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Write no log: the calls are kept."""

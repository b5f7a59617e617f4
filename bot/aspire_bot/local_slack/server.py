"""The Web API on loopback. What Slack would refuse is refused, and kept as a violation."""

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, cast
from urllib.parse import parse_qsl

from aspire_bot.local_slack.methods import BOT_USER, TEAM, problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Web API, as it came in."""

    method: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What the next call of a method gets instead of its answer."""

    method: str
    error: str
    status: int = 200
    retry_after_s: int | None = None


@dataclass(slots=True)
class LocalSlack:
    """A Slack workspace on loopback; a context manager."""

    socket_url: str = ""
    """Where `apps.connections.open` sends the bot."""
    calls: list[Call] = field(default_factory=list[Call])
    violations: list[str] = field(default_factory=list[str])
    _faults: deque[Fault] = field(default_factory=deque[Fault])
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _server: ThreadingHTTPServer = field(init=False)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        slack = self

        class Handler(_Handler):
            local_slack = slack

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The base URL of the Web API."""
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def fail_next(self, fault: Fault) -> None:
        """Let the next call of a method fail."""
        self._faults.append(fault)

    def posted(self) -> list[Mapping[str, object]]:
        """The messages that were posted, in order."""
        with self._changed:
            return [c.arguments for c in self.calls if c.method == "chat.postMessage"]

    def wait_for_calls(self, method: str, count: int, timeout_s: float = 10) -> None:
        """Wait until a method was called `count` times with success."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: self._count(method) >= count, timeout_s)
        if not arrived:
            raise TimeoutError(f"{self._count(method)} of {count} {method}; {self.violations}")

    def wait_for_posts(self, count: int) -> list[Mapping[str, object]]:
        """Wait until `count` messages were posted, and return all that were."""
        self.wait_for_calls("chat.postMessage", count)
        return self.posted()

    def _count(self, method: str) -> int:
        return sum(call.method == method for call in self.calls)

    def take(self, method: str, arguments: Mapping[str, object], token: str) -> Fault | object:
        """Answer a call: a fault that was asked for, or a reply."""
        with self._changed:
            for fault in self._faults:
                if fault.method == method:
                    self._faults.remove(fault)
                    return fault
            if wrong := problems(method, arguments, token):
                self.violations += [f"{method}: {problem}" for problem in wrong]
                return Fault(method=method, error=wrong[0].partition(":")[0])
            self.calls.append(Call(method=method, arguments=arguments))
            self._changed.notify_all()
            return self._reply(method)

    def _reply(self, method: str) -> object:
        if method == "auth.test":
            return {"ok": True, "team_id": TEAM, "user_id": BOT_USER, "bot_id": "BBOT"}
        if method == "apps.connections.open":
            return {"ok": True, "url": self.socket_url}
        return {"ok": True, "ts": f"1800000000.{len(self.calls):06d}"}


class _Handler(BaseHTTPRequestHandler):
    local_slack: LocalSlack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        arguments = cast(
            "dict[str, object]", json.loads(body or "{}") if is_json else dict(parse_qsl(body))
        )
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self.local_slack.take(self.path.removeprefix("/api/"), arguments, token)
        if isinstance(answer, Fault):
            self._send(answer.status, {"ok": False, "error": answer.error}, answer.retry_after_s)
        else:
            self._send(200, answer, None)

    def _send(self, status: int, content: object, retry_after_s: int | None) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        if retry_after_s is not None:
            self.send_header("Retry-After", str(retry_after_s))
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Write no log: the calls are kept."""

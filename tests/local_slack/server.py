"""The local Slack as tests need it: with Socket Mode, and with faults that a test arms."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from tests.local_slack.socket_mode import LocalSocket

from aspire_bot.local_slack import server
from aspire_bot.local_slack.api.methods import ALL_SCOPES
from aspire_bot.local_slack.api.web_api import Arrived
from aspire_bot.local_slack.server import refusal
from aspire_bot.local_slack.streams import LIFETIME_S
from aspire_bot.local_slack.wire import Json, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What the next call of a method gets.

    With `error` it is refused and has no effect. Without, it takes effect, after `delay_s`
    seconds; with `drops_answer` the connection then closes unanswered, so that the caller cannot
    know. `delay_s` holds for refusals too.
    """

    method: str
    error: str = ""
    status: int = 200
    retry_after_s: int | None = None
    delay_s: float = 0.0
    drops_answer: bool = False


class LocalSlack(server.LocalSlack):
    """Slack on loopback whose calls can be made to fail, and which has a socket."""

    def __init__(
        self,
        *,
        socket_url: str = "",
        scopes: frozenset[str] = ALL_SCOPES,
        enforces_rates: bool = True,
        stream_lifetime_s: float = LIFETIME_S,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        """Begin as the other; `socket_url` sends the bot to another socket than our own."""
        self._faults: deque[Fault] = deque()
        super().__init__(
            socket_url=socket_url,
            scopes=scopes,
            enforces_rates=enforces_rates,
            stream_lifetime_s=stream_lifetime_s,
            clock=clock,
            port=port,
        )
        self.socket = LocalSocket()

    def __enter__(self) -> Self:
        """Listen."""
        super().__enter__()
        self.socket.start()
        if not self.world.socket_url:
            self.world.socket_url = self.socket.url
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Stop listening and close all connections."""
        self.socket.close()
        super().__exit__(kind, error, at)

    def grant(self, team: str) -> str:
        """Let somebody install the app in a workspace: the code for `oauth.v2.access`."""
        code = f"code-{team}-{len(self.world.grants)}"
        self.world.grants[code] = team
        return code

    def fail_next(self, fault: Fault, *, times: int = 1) -> None:
        """Let the next calls of a method fail, be slow, or lose their answer."""
        with self.held():
            self._faults.extend([fault] * times)

    @property
    def has_faults(self) -> bool:
        """Whether a fault is armed that nothing has met yet."""
        return bool(self._faults)

    def expire_stream(self, channel: str, ts: str) -> None:
        """Let a stream's time be over now."""
        with self.held():
            self.workspace.streams[channel, ts].started_s = float("-inf")

    def expire_streams(self) -> int:
        """Let the time of all open streams be over now; give how many there were."""
        with self.held():
            streams = [s for w in self.world.workspaces.values() for s in w.streams.values()]
            live = [stream for stream in streams if stream.state == "streaming"]
            for stream in live:
                stream.started_s = float("-inf")
            return len(live)

    def posted(self) -> list[Json]:
        """The arguments of the messages that were posted, in order."""
        with self._changed:
            return [c.arguments for c in self.calls if c.method == "chat.postMessage"]

    def wait_for_calls(self, method: str, count: int, timeout_s: float = 30) -> None:
        """Wait until a method was called `count` times with success."""
        what = f"call {count} of {method}"
        self.wait_until(lambda: self.count(method) >= count, timeout_s, what=what)

    def count(self, method: str) -> int:
        """How often a method was called with success."""
        return sum(call.method == method for call in self.calls)

    def take(self, arrived: Arrived) -> Reply:
        """Answer a call of the Web API: as a fault says that was asked for, or as Slack would."""
        return self._answer(arrived.method, lambda: super(LocalSlack, self).take(arrived))

    def take_response(self, key: str, given: Json) -> Reply:
        """Answer what the bot says at a response URL."""
        return self._answer(
            "response_url", lambda: super(LocalSlack, self).take_response(key, given)
        )

    def _answer(self, method: str, answer: Callable[[], Reply]) -> Reply:
        fault = self._next_fault(method)
        if fault is None:
            return answer()
        time.sleep(fault.delay_s)
        if fault.error:
            return refusal(fault.error, fault.status, fault.retry_after_s)
        return replace(answer(), drops=fault.drops_answer)

    def _next_fault(self, method: str) -> Fault | None:
        with self._changed:
            for fault in self._faults:
                if fault.method == method:
                    self._faults.remove(fault)
                    self._changed.notify_all()
                    return fault
        return None

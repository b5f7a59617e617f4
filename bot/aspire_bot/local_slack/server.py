"""The local Slack: workspaces on loopback, with a Web API, response URLs and a socket.

    with LocalSlack() as slack:
        ... the bot runs with `slack.url` as the base of its Web API ...
        slack.workspace.messages("C1")

What Slack would refuse is refused with Slack's own error and kept in `violations`, which a test
expects to be empty; calls over Slack's rates get a 429 and are counted in `rates.rejected`.
`fail_next` arms a fault. People who act in a workspace are in `aspire_bot.local_slack.people`.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from aspire_bot.local_slack.endpoint import Endpoint
from aspire_bot.local_slack.feed import Feed
from aspire_bot.local_slack.methods import ALL_SCOPES
from aspire_bot.local_slack.openid import AUTHORIZE_PATH, authorize
from aspire_bot.local_slack.rates import Rates
from aspire_bot.local_slack.request import World
from aspire_bot.local_slack.scenery import furnish
from aspire_bot.local_slack.socket_mode import LocalSocket
from aspire_bot.local_slack.streams import LIFETIME_S
from aspire_bot.local_slack.web_api import Answered, Arrived, answer, respond
from aspire_bot.local_slack.wire import Call, Fault, Json, RefusedError, Reply
from aspire_bot.local_slack.workspace import BOT_TOKEN, BOT_USER, TEAM, Workspace

__all__ = ["Call", "Fault", "LocalSlack"]


class LocalSlack:
    """Slack on loopback; a context manager. Safe for several threads."""

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
        """Begin with one workspace, T1, as `scenery` furnishes it.

        `socket_url` sends the bot to another socket than our own. `clock` gives seconds, for
        streams, triggers and response URLs.
        """
        self.calls: list[Call] = []
        """The calls that took effect, in order."""
        self.violations: list[str] = []
        """What the bot did that Slack would refuse, and no test asked for."""
        self.refusals: list[str] = []
        """Refusals that a correct bot may meet: a deleted message, a stream that ran out."""
        self.downloads: list[tuple[str, str]] = []
        """Paths of files that were asked for, and with which token."""
        self.feed = Feed()
        self.rates = Rates(is_enforced=enforces_rates)
        self.socket = LocalSocket()
        self.world = World(
            clock=clock,
            rates=self.rates,
            stream_lifetime_s=stream_lifetime_s,
            socket_url=socket_url,
            scopes=scopes,
        )
        self._faults: deque[Fault] = deque()
        self._changed = threading.Condition()
        self._endpoint = Endpoint(
            self.take, self.take_response, self.take_file, self.take_sign_in, port=port
        )
        self.world.url = self.url
        self.workspace = self.add_workspace(TEAM)

    def __enter__(self) -> Self:
        """Listen."""
        self._endpoint.start()
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
        self._endpoint.close()

    @property
    def url(self) -> str:
        """The base URL of the Web API."""
        return f"http://127.0.0.1:{self._endpoint.port}/api/"

    def add_workspace(self, team: str) -> Workspace:
        """Make a workspace, with a bot user and a token of its own, furnished like the first."""
        is_first = team == TEAM
        workspace = Workspace(
            team=team,
            domain=f"local-{team.lower()}",
            bot_user=BOT_USER if is_first else f"UBOT{team}",
            bot_token=BOT_TOKEN if is_first else f"{BOT_TOKEN}-{team}",
            feed=self.feed,
            clock=self.world.clock,
        )
        self.world.workspaces[team] = furnish(workspace)
        return workspace

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

    @contextmanager
    def held(self) -> Generator[None]:
        """Keep others from changing anything in the block; who waits looks again after it."""
        with self._changed:
            yield
            self._changed.notify_all()

    def wait_until(
        self, is_so: Callable[[], bool], timeout_s: float = 30, *, what: str = "what was expected"
    ) -> None:
        """Wait until something is so; looks at each change.

        Raises:
            TimeoutError: it was not so in time; says what Slack refused in the meantime.
        """
        with self._changed:
            if not self._changed.wait_for(is_so, timeout_s):
                raise TimeoutError(
                    f"{what} did not come in {timeout_s} s; violations: {self.violations}; "
                    f"refusals: {self.refusals}; calls: {[c.method for c in self.calls][-20:]}"
                )

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
        fault = self._next_fault(arrived.method)
        if fault and fault.delay_s:
            time.sleep(fault.delay_s)
        if fault and fault.error:
            return _refusal(fault.error, fault.status, fault.retry_after_s)
        with self.held():
            try:
                answered = answer(self.world, arrived)
            except RefusedError as error:
                return self._refuse(arrived.method, error)
            self._keep(arrived.method, answered)
            drops = bool(fault and fault.drops_answer)
            return Reply(content=answered.content, headers=answered.headers, drops=drops)

    def take_response(self, key: str, given: Json) -> Reply:
        """Answer what the bot says at a response URL."""
        fault = self._next_fault("response_url")
        if fault and fault.error:
            return _refusal(fault.error, fault.status, fault.retry_after_s)
        with self.held():
            try:
                respond(self.world, key, given)
            except RefusedError as error:
                self._refuse("response_url", error)
                return Reply(content={"ok": False, "error": error.code}, status=404)
            self._keep("response_url", Answered(content={}, arguments=given))
            return Reply(content={"ok": True}, drops=bool(fault and fault.drops_answer))

    def take_file(self, path: str, token: str) -> tuple[int, bytes]:
        """Answer who asks for the bytes of a file."""
        self.downloads.append((path, token))
        with self.held():
            return self.world.file_at(path, token)

    def take_sign_in(self, given: Json) -> str:
        """Let the person in the browser sign in to the app; give where they are sent."""
        with self.held():
            try:
                return authorize(self.world, given)
            except RefusedError as error:
                self._refuse(AUTHORIZE_PATH, error)
                return ""

    def _next_fault(self, method: str) -> Fault | None:
        with self._changed:
            for fault in self._faults:
                if fault.method == method:
                    self._faults.remove(fault)
                    self._changed.notify_all()
                    return fault
        return None

    def _keep(self, method: str, answered: Answered) -> None:
        call = Call(
            method=method,
            arguments=answered.arguments,
            team=answered.team,
            at_s=time.monotonic(),
        )
        self.calls.append(call)

    def _refuse(self, method: str, error: RefusedError) -> Reply:
        (self.violations if error.is_breach else self.refusals).append(f"{method}: {error}")
        status = 429 if error.retry_after_s is not None else 200
        return _refusal(error.code, status, error.retry_after_s)


def _refusal(code: str, status: int, retry_after_s: int | None) -> Reply:
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return Reply(content={"ok": False, "error": code}, status=status, headers=headers)

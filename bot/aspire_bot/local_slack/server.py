"""The local Slack: workspaces on loopback, with a Web API and response URLs.

    with LocalSlack() as slack:
        ... the bot runs with `slack.url` as the base of its Web API ...
        slack.workspace.messages("C1")

What Slack would refuse is refused with Slack's own error and kept in `violations`, which a test
expects to be empty; calls over Slack's rates get a 429 and are counted in `rates.rejected`.
People who act in a workspace are in `aspire_bot.local_slack.people`.
"""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from aspire_bot.local_slack.api.methods import ALL_SCOPES
from aspire_bot.local_slack.api.openid import AUTHORIZE_PATH, authorize
from aspire_bot.local_slack.api.rates import Rates
from aspire_bot.local_slack.api.request import World
from aspire_bot.local_slack.api.web_api import Answered, Arrived, answer, respond
from aspire_bot.local_slack.endpoint import Endpoint
from aspire_bot.local_slack.feed import Feed
from aspire_bot.local_slack.scenery import furnish
from aspire_bot.local_slack.streams import LIFETIME_S
from aspire_bot.local_slack.wire import Call, Json, RefusedError, Reply
from aspire_bot.local_slack.workspace import BOT_TOKEN, BOT_USER, TEAM, Workspace


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

        `socket_url` is where the bot is sent that asks for a socket. `clock` gives seconds, for
        streams, triggers and response URLs.
        """
        self.calls: list[Call] = []
        """The calls that took effect, in order."""
        self.violations: list[str] = []
        """What the bot did that Slack would refuse."""
        self.refusals: list[str] = []
        """Refusals that a correct bot may meet: a deleted message, a stream that ran out."""
        self.downloads: list[tuple[str, str]] = []
        """Paths of files that were asked for, and with which token."""
        self.feed = Feed()
        self.rates = Rates(is_enforced=enforces_rates)
        self.world = World(
            clock=clock,
            rates=self.rates,
            stream_lifetime_s=stream_lifetime_s,
            socket_url=socket_url,
            scopes=scopes,
        )
        self._changed = threading.Condition()
        self._endpoint = Endpoint(
            self.take, self.take_response, self.take_file, self.take_sign_in, port=port
        )
        self.world.url = self.url
        self.workspace = self.add_workspace(TEAM)

    def __enter__(self) -> Self:
        """Listen."""
        self._endpoint.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Stop listening and close all connections."""
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

    def take(self, arrived: Arrived) -> Reply:
        """Answer a call of the Web API as Slack would."""
        with self.held():
            try:
                answered = answer(self.world, arrived)
            except RefusedError as error:
                return self._refuse(arrived.method, error)
            self._keep(arrived.method, answered)
            return Reply(content=answered.content, headers=answered.headers)

    def take_response(self, key: str, given: Json) -> Reply:
        """Answer what the bot says at a response URL."""
        with self.held():
            try:
                respond(self.world, key, given)
            except RefusedError as error:
                self._refuse("response_url", error)
                return Reply(content={"ok": False, "error": error.code}, status=404)
            self._keep("response_url", Answered(content={}, arguments=given))
            return Reply(content={"ok": True})

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
        return refusal(error.code, status, error.retry_after_s)


def refusal(code: str, status: int, retry_after_s: int | None) -> Reply:
    """Give the answer of a call that was refused; `retry_after_s` goes with a 429."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return Reply(content={"ok": False, "error": code}, status=status, headers=headers)

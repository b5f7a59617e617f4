"""A server that answers JSON with JSON over HTTP, held to a deadline and to limits.

Each piece of work runs in a thread of its own: neither a name that is slow to look up nor a reply
that comes in drops may outlast the deadline, and a daemon does not hold up the end of the process.
"""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from contextlib import closing
from http import HTTPStatus
from typing import TypeAlias, TypeVar, cast

import httpx

from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.transport.body import (
    BrokenOffError,
    DamagedBodyError,
    TooLargeError,
    read_body,
)
from aspire_ingest.index.transport.guarded_transport import GuardedTransport, Policy
from aspire_ingest.index.transport.network import DeadlineError, Ending

MOST_BYTES = 4 * 2**20
"""Of a reply: some servers send the texts back."""
_MOST_AT_ONCE = 8
_CONNECT_S = 5.0
_LEAST_S = 0.1
"""Of one request, also where its deadline is as good as over: whoever waits has gone by then."""
_TOLD = (httpx.NetworkError, httpx.ProxyError, ConfigError)

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Post: TypeAlias = Callable[[Json], Json]
"""Sends a body and gives the reply to it; raises ServerError."""
_Found = TypeVar("_Found")


class ServerError(Exception):
    """The server gave no sound reply in time; the message never holds a key or what it sent."""


class LateServerError(ServerError):
    """The time was over."""


class RefusedError(ServerError):
    """The server answered with another status than 200."""

    def __init__(self, message: str, status: int) -> None:
        """Say with which status."""
        super().__init__(message)
        self.status = status


class JsonServer:
    """One endpoint of one server; safe for several threads.

    No redirection is followed: the key is for this server alone.
    """

    def __init__(
        self, url: str, *, called: str, endpoint: str, api_key: str | None, is_outside: bool
    ) -> None:
        """Post to `url` where the last part of its path begins with `endpoint`, else below it.

        `called` is what errors call the server. A server outside the private network is reached
        through the proxies of the environment; one inside is not, for they may be outside.
        """
        self._url = _below(url, endpoint)
        self._called = called
        self._is_outside = is_outside
        self._headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key.strip()}"
        self._free = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def within(self, deadline_s: float, work: Callable[[Post], _Found]) -> _Found:
        """Give what `work` makes of the server's replies, all of them within the deadline.

        Raises:
            ServerError: no sound reply came in time, or `work` says that it is not sound.
        """
        if not self._free.acquire(blocking=False):
            raise ServerError(f"{self._called} has too many requests unanswered.")
        found: Future[_Found] = Future()
        until = time.monotonic() + deadline_s

        def post(body: Json) -> Json:
            return self._posted(body, until)

        threading.Thread(
            target=self._run, args=(found, work, post), name=self._called, daemon=True
        ).start()
        try:
            return found.result(deadline_s)
        except LateError as error:
            late = f"{self._called} did not answer within {deadline_s:.2g} s."
            raise LateServerError(late) from error

    def _run(self, found: "Future[_Found]", work: Callable[[Post], _Found], post: Post) -> None:
        try:
            result = work(post)
        except ServerError as error:
            found.set_exception(error)
        except httpx.TimeoutException:
            found.set_exception(LateError())
        except (httpx.TransportError, ConfigError, ValueError, RecursionError) as error:
            # of other errors than the network's the kind alone: their words may hold the key
            why = str(error) if isinstance(error, _TOLD) else type(error).__name__
            found.set_exception(ServerError(f"{self._called} cannot be asked: {why}."))
        else:
            found.set_result(result)
        finally:
            self._free.release()

    def _posted(self, body: Json, until: float) -> Json:
        request = httpx.Request(
            "POST",
            self._url,
            content=json.dumps(body),
            headers=self._headers,
            extensions={"timeout": httpx.Timeout(_CONNECT_S, read=None, write=None).as_dict()},
        )
        ending = Ending.after(max(_LEAST_S, until - time.monotonic()))
        policy = Policy(allow=None, uses_proxies=self._is_outside, ending=ending)
        with (
            closing(GuardedTransport(policy)) as transport,
            closing(transport.handle_request(request)) as response,
        ):
            if response.status_code != HTTPStatus.OK:
                told = f"{self._called} answered with HTTP {response.status_code}."
                raise RefusedError(told, response.status_code)
            reply = self._read(response)
        try:
            return cast("Json", json.loads(reply))
        except (ValueError, RecursionError) as error:
            raise ServerError(f"{self._called} sent a reply that is not JSON.") from error

    def _read(self, response: httpx.Response) -> bytes:
        try:
            return read_body(response, MOST_BYTES)
        except TooLargeError as error:
            raise ServerError(f"{self._called} sent more than {MOST_BYTES} bytes.") from error
        except DeadlineError as error:
            raise LateServerError(f"{self._called} sent its reply too slowly.") from error
        except (BrokenOffError, DamagedBodyError) as error:
            raise ServerError(f"{self._called} sent a reply that broke off.") from error


def _below(url: str, endpoint: str) -> httpx.URL:
    found = httpx.URL(url)
    path = found.path.rstrip("/")
    if not path.rpartition("/")[2].startswith(endpoint):
        path += f"/{endpoint}"
    return found.copy_with(path=path)


__all__ = [
    "MOST_BYTES",
    "Json",
    "JsonServer",
    "LateServerError",
    "Post",
    "RefusedError",
    "ServerError",
]

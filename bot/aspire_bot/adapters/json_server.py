"""A server that answers JSON with JSON over HTTP, held to a deadline and to limits.

Each piece of work runs in a thread of its own: neither a name that is slow to look up nor a reply
that comes in drops may outlast the deadline, and a daemon does not hold up the end of the process.
"""

import http.client
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from contextlib import closing
from typing import TypeAlias, TypeVar, cast
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 4 * 2**20
"""Of a reply: some servers send the texts back."""
_MOST_AT_ONCE = 8

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

    def __init__(self, url: str, *, called: str, endpoint: str, api_key: str | None):
        """Post to `url` where the last part of its path begins with `endpoint`, else below it.

        `called` is what errors call the server.
        """
        self._url = urlsplit(url)
        self._target = _target(self._url, endpoint)
        self._called = called
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
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
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            # of other errors than the network's the kind alone: their words may hold the key
            why = str(error) if isinstance(error, OSError) else type(error).__name__
            kind = LateServerError if isinstance(error, TimeoutError) else ServerError
            found.set_exception(kind(f"{self._called} cannot be asked: {why}."))
        else:
            found.set_result(result)
        finally:
            self._free.release()

    def _posted(self, body: Json, until: float) -> Json:
        sent = json.dumps(body)
        with closing(_connection(self._url, max(0.01, until - time.monotonic()))) as connection:
            connection.request("POST", self._target, sent, self._headers)
            with connection.getresponse() as response:
                if response.status != http.client.OK:
                    told = f"{self._called} answered with HTTP {response.status}."
                    raise RefusedError(told, response.status)
                reply = self._bounded(response, until)
        try:
            return cast("Json", json.loads(reply))
        except (ValueError, RecursionError) as error:
            raise ServerError(f"{self._called} sent a reply that is not JSON.") from error

    def _bounded(self, response: http.client.HTTPResponse, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.read1(65_536):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise ServerError(f"{self._called} sent more than {MOST_BYTES} bytes.")
            if time.monotonic() > until:
                raise LateServerError(f"{self._called} sent its reply too slowly.")
        return b"".join(parts)


def encodable(text: str) -> str:
    """Text that any server can read: a lone surrogate is valid in no encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _connection(url: SplitResult, timeout_s: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(url.hostname or "", url.port, timeout=timeout_s)


def _target(url: SplitResult, endpoint: str) -> str:
    path = url.path.rstrip("/")
    if not path.rpartition("/")[2].startswith(endpoint):
        path += f"/{endpoint}"
    return f"{path}?{url.query}" if url.query else path


__all__ = [
    "MOST_BYTES",
    "Json",
    "JsonServer",
    "LateServerError",
    "Post",
    "RefusedError",
    "ServerError",
    "encodable",
]

"""The playground over HTTP: the page, the stream of what happens, and acts."""

import json
import logging
from collections.abc import Callable, Generator, Iterable, Mapping
from http import HTTPStatus
from importlib import resources
from threading import BoundedSemaphore, Event
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from pydantic import ValidationError

from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.wire import RefusedError
from aspire_bot.playground.act_models import ACT
from aspire_bot.playground.acts import perform
from aspire_bot.playground.guard import HEADERS, new_token, why_refused
from aspire_bot.playground.watch import watch

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

MOST_READERS = 12
"""Pages that are open at once; each holds a thread."""
MAX_BODY_BYTES = 100_000
MAX_SHARING_BYTES = 900_000
"""Of an act that shares files, whose bytes it holds in base64."""
_ACTS = {"/api/act": MAX_BODY_BYTES, "/api/share": MAX_SHARING_BYTES}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_TOKEN_MARK = "{{token}}"  # noqa: S105  what the token takes the place of
_PREFIX = "/page/"


class Pages:
    """Answers the requests of the page, and of nobody else."""

    def __init__(self, people: People, stop: Event) -> None:
        """Act through `people`; streams end when `stop` is set."""
        self._people = people
        self._stop = stop
        self._token = new_token()
        self._files = _read_files(self._token)
        self._readers = BoundedSemaphore(MOST_READERS)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request; 403 where `guard` says no."""
        if reason := why_refused(environ, self._token):
            return _answer(start, HTTPStatus.FORBIDDEN, {"error": reason})
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method == "POST":
            most = _ACTS.get(path)
            if most is None:
                return _answer(start, HTTPStatus.NOT_FOUND, {})
            return self._act(environ, start, most)
        if method not in {"GET", "HEAD"}:
            return _answer(start, HTTPStatus.METHOD_NOT_ALLOWED, {})
        if path == "/api/feed":
            return self._feed(environ, start)
        name = "index.html" if path == "/" else path.removeprefix(_PREFIX)
        return self._file(start, name if path == "/" or path.startswith(_PREFIX) else "")

    def _file(self, start: "StartResponse", name: str) -> Iterable[bytes]:
        found = self._files.get(name)
        if found is None:
            return _answer(start, HTTPStatus.NOT_FOUND, {"error": "not found"})
        return _send(start, HTTPStatus.OK, *found)

    def _feed(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        user = parse_qs(environ.get("QUERY_STRING", "")).get("user", [""])[0]
        if user not in self._people.workspace.users:
            return _answer(start, HTTPStatus.NOT_FOUND, {"error": "no such person"})
        if not self._readers.acquire(blocking=False):
            reason = {"error": "too many pages are open"}
            return _answer(start, HTTPStatus.SERVICE_UNAVAILABLE, reason)
        return _Stream(watch(self._people.slack, user, self._stop), start, self._readers.release)

    def _act(
        self, environ: "WSGIEnvironment", start: "StartResponse", most_bytes: int
    ) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > most_bytes:
            return _answer(start, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "too long"})
        try:
            act = ACT.validate_json(environ["wsgi.input"].read(length))
        except ValidationError as error:
            reason = "; ".join(e["msg"] for e in error.errors(include_url=False))
            return _answer(start, HTTPStatus.BAD_REQUEST, {"error": reason})
        try:
            return _answer(start, HTTPStatus.OK, perform(self._people, act))
        except (LookupError, RefusedError, ValueError) as error:
            logger.info("%s: %s", act.act, error)
            said = error.args[0] if error.args else type(error).__name__
            return _answer(start, HTTPStatus.CONFLICT, {"error": str(said)})


class _Stream:
    """A response that goes on until the page is closed; waitress closes it in the end."""

    def __init__(
        self,
        events: Generator[tuple[str, Mapping[str, object]]],
        start: "StartResponse",
        release: Callable[[], None],
    ) -> None:
        self._events = events
        self._release: Callable[[], None] | None = release
        start("200 OK", [("Content-Type", "text/event-stream; charset=utf-8"), *HEADERS])

    def __iter__(self) -> "_Stream":
        return self

    def __next__(self) -> bytes:
        name, data = next(self._events)
        if not name:
            return b": \n\n"  # says nothing, but finds out whether the page is still there
        return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()

    def close(self) -> None:
        """Let the next page in."""
        self._events.close()
        release, self._release = self._release, None
        if release:
            release()


def _read_files(token: str) -> dict[str, tuple[bytes, str]]:
    """The files of the page by name, with their types; nothing else is ever served."""
    found: dict[str, tuple[bytes, str]] = {}
    for file in (resources.files("aspire_bot.playground") / "page").iterdir():
        kind = _TYPES.get("." + file.name.rpartition(".")[2])
        if kind:
            text = file.read_text(encoding="utf-8").replace(_TOKEN_MARK, token)
            found[file.name] = (text.encode(), kind)
    return found


def _answer(
    start: "StartResponse", status: HTTPStatus, content: Mapping[str, object]
) -> Iterable[bytes]:
    return _send(start, status, json.dumps(content).encode(), "application/json")


def _send(start: "StartResponse", status: HTTPStatus, body: bytes, kind: str) -> Iterable[bytes]:
    sized = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start(f"{status.value} {status.phrase}", [*sized, *HEADERS])
    return [body]

"""The console beside the other pages of a server: under its prefix, and nowhere else."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from aspire_bot.slack.platform.http import MAX_BODY_BYTES, respond

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_OTHERS = frozenset({"/healthz", "/readyz"})


class Mounted:
    """Gives requests under `prefix` to the console, the rest to `others`."""

    def __init__(
        self,
        console: "WSGIApplication",
        others: "WSGIApplication",
        prefix: str,
        *,
        max_body_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        """Serve the console at `prefix`; at "" it has all paths that no other page needs.

        `max_body_bytes`: what the console's own pages take; it bounds each of them itself.
        """
        self._console, self._others, self._prefix = console, others, prefix
        self.max_body_bytes = max_body_bytes

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request."""
        path = environ.get("PATH_INFO", "")
        is_ours = path == self._prefix or path.startswith(f"{self._prefix}/")
        if not is_ours and int(environ.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
            told = {"error": "too large"}
            return respond(start, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told)
        if not is_ours or (not self._prefix and path in _OTHERS):
            return self._others(environ, start)
        inner = {
            **environ,
            "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + self._prefix,
            "PATH_INFO": path[len(self._prefix) :] or "/",
        }
        return self._console(inner, start)

"""The console beside the other pages of a server: under its prefix, and nowhere else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_OTHERS = frozenset({"/healthz", "/readyz"})


class Mounted:
    """Gives requests under `prefix` to the console, the rest to `others`."""

    def __init__(self, console: "WSGIApplication", others: "WSGIApplication", prefix: str) -> None:
        """Serve the console at `prefix`; at "" it has all paths that no other page needs."""
        self._console, self._others, self._prefix = console, others, prefix

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer one WSGI request."""
        path = environ.get("PATH_INFO", "")
        is_ours = path == self._prefix or path.startswith(f"{self._prefix}/")
        if not is_ours or (not self._prefix and path in _OTHERS):
            return self._others(environ, start)
        inner = {
            **environ,
            "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + self._prefix,
            "PATH_INFO": path[len(self._prefix) :] or "/",
        }
        return self._console(inner, start)

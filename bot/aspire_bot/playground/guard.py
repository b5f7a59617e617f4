"""Who may speak to the playground: the page it served itself, in a browser on this machine.

Any web page can send requests to loopback, and a name can be made to lead there (DNS rebinding).
So each request must name this machine as its host, each act must come from our own origin, and
carry the token that only the page knows.
"""

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

TOKEN_HEADER = "X-Playground-Token"  # noqa: S105  the name of a header
HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
"""What every response carries: nothing but our own files runs or is loaded."""


def new_token() -> str:
    """Make a token that nobody guesses."""
    return secrets.token_urlsafe(32)


def why_refused(environ: "WSGIEnvironment", token: str) -> str | None:
    """Say why a request may not be answered, or None where it may."""
    port = environ["SERVER_PORT"]
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    host = environ.get("HTTP_HOST", "")
    if host not in hosts:
        return "this host is not the playground's"
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin != f"http://{host}":
        return "this origin is not the playground's"
    is_reading = environ["REQUEST_METHOD"] in {"GET", "HEAD"}
    return None if is_reading else _why_no_act(environ, token)


def _why_no_act(environ: "WSGIEnvironment", token: str) -> str | None:
    if environ.get("HTTP_ORIGIN") is None:
        return "acts need an origin"
    given = environ.get("HTTP_" + TOKEN_HEADER.upper().replace("-", "_"), "")
    if not secrets.compare_digest(given.encode(), token.encode()):
        return "the token is not the page's: load the page again"
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
        return "acts are JSON"
    return None

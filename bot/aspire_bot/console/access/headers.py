"""What every response of the console carries: nothing but our own files is loaded or runs."""

from flask import Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # `no-referrer` would have browsers send forms from nowhere: nobody could tell whose they are.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_YEAR_S = 31_536_000


def add_headers(response: Response, *, is_secure: bool) -> Response:
    """Add them; only the files of the pages themselves may be kept by the browser."""
    response.headers.extend(_ALWAYS)
    if is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
    is_file = request.endpoint == "static" and response.status_code == 200
    response.headers["Cache-Control"] = "public, max-age=3600" if is_file else "no-store"
    return response

"""The cookies of the console: the session's, and the page to go on to after signing in."""

import re

from flask import Request, Response

from aspire_bot.console.parts import ConsoleOptions
from aspire_bot.state.console.console_access import SESSION_LASTS

_NAME = "aspire-console"
_NEXT = "aspire-console-next"
_NEXT_LASTS_S = 600
_LOCAL = re.compile(r"/[A-Za-z0-9_.~/-]*(?:\?[A-Za-z0-9_.~%=&+-]*)?")
"""A path of this host: no scheme, no host, nothing that a browser might read as either."""


def session_cookie(request: Request, options: ConsoleOptions) -> str:
    """Give the secret name of the session, empty where the browser sends none."""
    return request.cookies.get(_name(options), "")


def set_session(response: Response, cookie: str, options: ConsoleOptions) -> None:
    """Have the browser keep a session; scripts and other sites cannot use it."""
    response.set_cookie(
        _name(options),
        cookie,
        max_age=SESSION_LASTS,
        path=options.prefix or "/",
        secure=options.is_secure,
        httponly=True,
        samesite="Lax",
    )


def drop_session(response: Response, options: ConsoleOptions) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(
        _name(options),
        path=options.prefix or "/",
        secure=options.is_secure,
        httponly=True,
        samesite="Lax",
    )


def keep_next(response: Response, path: str, options: ConsoleOptions) -> None:
    """Have the browser keep which page was wanted before the sign-in."""
    if local_path(path, options):
        response.set_cookie(
            _NEXT,
            path,
            max_age=_NEXT_LASTS_S,
            path=options.prefix or "/",
            secure=options.is_secure,
            httponly=True,
            samesite="Lax",
        )


def take_next(request: Request, response: Response, options: ConsoleOptions) -> str | None:
    """Give the page that was wanted, if it is one of ours, and have the browser forget it."""
    wanted = request.cookies.get(_NEXT)
    if wanted is None:
        return None
    response.delete_cookie(_NEXT, path=options.prefix or "/")
    return local_path(wanted, options)


def local_path(path: str, options: ConsoleOptions) -> str | None:
    """Give a path where it is one of the console's; None for all else."""
    is_ours = path.startswith(f"{options.prefix}/") and "//" not in path and "/." not in path
    return path if is_ours and _LOCAL.fullmatch(path) else None


def _name(options: ConsoleOptions) -> str:
    # Browsers take such a name only with `Secure`, so that no page over HTTP can set it.
    return f"__Secure-{_NAME}" if options.is_secure else _NAME

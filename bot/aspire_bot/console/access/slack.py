"""Signing in with Slack: out to Slack, and back with a code."""

import hmac
import secrets

from flask import Blueprint, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.access.sign_in import begin_session
from aspire_bot.console.context import language, page, parts, words

blueprint = Blueprint("slack_sign_in", __name__)

_COOKIE = "aspire-console-slack"
_LASTS_S = 600


@blueprint.get("/sign-in/slack")
def leave() -> Response:
    """Send the browser to Slack; a cookie says that it was this browser."""
    console = parts()
    if console.slack_sign_in is None:
        abort(404)
    state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    address = console.slack_sign_in.address(redirect_uri=_back(), state=state, nonce=nonce)
    response = make_response(redirect(address, 303))
    response.set_cookie(
        _COOKIE,
        f"{state}.{nonce}",
        max_age=_LASTS_S,
        path=f"{console.options.prefix}/sign-in/slack",
        secure=console.options.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.get("/sign-in/slack/back")
def back() -> Response:
    """Take who came back from Slack in, if this browser went there and they are staff."""
    console = parts()
    if console.slack_sign_in is None:
        abort(404)
    state, _, nonce = request.cookies.get(_COOKIE, "").partition(".")
    given = request.args.get("state", "")
    is_same = bool(nonce) and hmac.compare_digest(state.encode(), given.encode())
    person = None
    if is_same:
        person = console.slack_sign_in.person(
            request.args.get("code", ""),
            redirect_uri=_back(),
            nonce=nonce,
            language=language(),
        )
    if person is None:
        return page("sign_in.html", status=403, told=words().console.sign_in.not_from_slack)
    response = begin_session(person, "slack")
    response.delete_cookie(_COOKIE, path=f"{console.options.prefix}/sign-in/slack")
    return response


def _back() -> str:
    """Where Slack sends the browser back to: as the settings name us, not as a request does."""
    options = parts().options
    if options.url is None:
        return url_for("slack_sign_in.back", _external=True)
    return f"{options.url.rstrip('/')}/sign-in/slack/back"

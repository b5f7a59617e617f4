"""Signing in by a link from Slack, and signing out."""

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.access.cookies import (
    drop_session,
    session_cookie,
    set_session,
    take_next,
)
from aspire_bot.console.context import page, parts, record, visitor, words
from aspire_bot.state.console.audit import Act
from aspire_bot.state.console.console_access import Person, SignInMethod

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def show() -> Response:
    """Say how to sign in."""
    return page("sign_in.html", told="")


@blueprint.get("/sign-in/<token>")
def ask(token: str) -> Response:
    """Ask whether to sign in: what only looks at a link must not use it up."""
    person = parts().state.sign_in_links.look(token)
    if person is None:
        return page("sign_in.html", status=403, told=words().console.sign_in.not_valid)
    return page("sign_in_as.html", person=person, token=token)


@blueprint.post("/sign-in/<token>")
def take(token: str) -> Response:
    """Sign in, once."""
    person = parts().state.sign_in_links.take(token)
    if person is None:
        return page("sign_in.html", status=403, told=words().console.sign_in.not_valid)
    return begin_session(person, "link")


@blueprint.post("/sign-out")
def leave() -> Response:
    """Sign out."""
    console = parts()
    record("session.end", visitor().session.user)
    console.state.sessions.end(visitor().cookie)
    response = page("sign_in.html", told=words().console.sign_in.signed_out)
    drop_session(response, console.options)
    return response


@blueprint.post("/language")
def speak() -> Response:
    """Show the pages in another language."""
    wanted = request.form.get("language", "")
    if wanted in words().console.languages:
        parts().state.sessions.speak(visitor().cookie, wanted)
    return redirect(url_for("inbox.show"), 303)


def begin_session(person: Person, method: SignInMethod) -> Response:
    """Sign a person in who is staff: under a new name, so that nobody can have set it before."""
    console = parts()
    if not console.is_staff(person.team, person.user):
        return page("sign_in.html", status=403, told=words().console.sign_in.staff_only)
    console.state.sessions.end(session_cookie(request, console.options))
    cookie = console.state.sessions.begin(person, method)
    console.state.audit.record(
        Act(
            surface="console",
            team=person.team,
            actor=person.user,
            act="session.begin",
            target=person.user,
            after={"method": method},
        )
    )
    response = make_response()
    wanted = take_next(request, response, console.options)
    response.headers["Location"] = wanted or url_for("inbox.show")
    response.status_code = 303
    set_session(response, cookie, console.options)
    return response

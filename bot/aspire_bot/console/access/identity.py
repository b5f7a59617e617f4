"""Who sent a request: whoever the session of the browser names, or whom nobody need ask.

Looking somebody up and beginning a session for them stand apart: `find_visitor_or_begin_session`
is the one function here that does both.
"""

from dataclasses import dataclass, replace

from flask import Response, g, request

from aspire_bot.console.access.cookies import session_cookie, set_session
from aspire_bot.console.access.proxy import named_by_proxy, proxied_person
from aspire_bot.console.context import Visitor, language, parts
from aspire_bot.console.parts import ConsoleParts
from aspire_bot.state.console.console_access import Person, Session, SignInMethod


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody of staff without a session who need not sign in; `method` says why."""

    person: Person
    method: SignInMethod


def find_visitor_or_begin_session(console: ConsoleParts) -> Visitor | None:
    """Find who is signed in, or begin a session for whoever need not sign in; None for all else.

    A session that the proxy began for one person ends when it names another.
    """
    cookie = session_cookie(request, console.options)
    session = console.state.sessions.get(cookie)
    if session is not None and _is_of_another_person(session, console):
        console.state.sessions.end(cookie)
        session = None
    if session is not None:
        return Visitor(session, cookie) if _is_still_staff(session, console) else None
    newcomer = _find_newcomer(console)
    return _begin_session(newcomer, console) if newcomer is not None else None


def keep_new_session(response: Response) -> Response:
    """Give a browser the session that was begun for it in this request."""
    cookie = g.get("new_cookie")
    if cookie:
        set_session(response, cookie, parts().options)
    return response


def _is_of_another_person(session: Session, console: ConsoleParts) -> bool:
    proxy = console.options.proxy
    if proxy is None or session.method != "proxy":
        return False
    return session.user != named_by_proxy(request, proxy)


def _is_still_staff(session: Session, console: ConsoleParts) -> bool:
    proxy = console.options.proxy
    if session.method == "proxy" and proxy is not None and session.user in proxy.staff:
        return True
    if session.method == "open":
        return console.options.open_as is not None and _is_on_this_machine()
    return console.is_staff(session.team, session.user)


def _find_newcomer(console: ConsoleParts) -> Newcomer | None:
    """Whom the proxy names, where they are staff; else, in the playground, whoever is here."""
    options = console.options
    if options.proxy is not None:
        name = named_by_proxy(request, options.proxy)
        if name is not None:
            person = proxied_person(name, options.proxy, console.is_staff, language())
            return Newcomer(person, "proxy") if person is not None else None
    if options.open_as is not None and _is_on_this_machine():
        return Newcomer(replace(options.open_as, language=language()), "open")
    return None


def _begin_session(newcomer: Newcomer, console: ConsoleParts) -> Visitor | None:
    """Keep a session in the state, one for each person, and its cookie for `keep_new_session`.

    A client may send no cookies: its requests must not begin a session each.
    """
    cookie = console.state.sessions.begin_or_resume(newcomer.person, newcomer.method)
    g.new_cookie = cookie
    session = console.state.sessions.get(cookie)
    return Visitor(session, cookie) if session else None


def _is_on_this_machine() -> bool:
    return request.remote_addr in {"127.0.0.1", "::1"}

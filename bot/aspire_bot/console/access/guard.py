"""Who may do what: every route is for staff but the few that are named here.

A request must name our host, an act must come from our own pages and carry the form token of its
session, and whoever is signed in must still be staff.
"""

import hmac
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from flask import Response, abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from aspire_bot.console.access.cookies import keep_next, session_cookie, set_session
from aspire_bot.console.access.proxy import named_by_proxy, proxied_person
from aspire_bot.console.access.rates import RateLimit
from aspire_bot.console.context import Visitor, language, page, parts, visitor_or_none, words
from aspire_bot.console.pages.document_settings import MAX_UPLOAD_BYTES
from aspire_bot.console.parts import ConsoleOptions, ConsoleParts
from aspire_bot.state.console_access import Person, Session, SignInMethod

READERS = frozenset({"reader.show"})
"""What a signed link opens; nothing else is open to readers."""
OPEN = READERS | {
    "static",
    "sign_in.show",
    "sign_in.ask",
    "sign_in.take",
    "slack_sign_in.leave",
    "slack_sign_in.back",
}
"""What is open to whoever has not signed in."""
UPLOADS = frozenset({"document_settings.look_at_file"})
"""Where staff send files, which are larger than forms."""
_TRIES = frozenset({"sign_in.take", "slack_sign_in.back"})
"""What somebody might guess at."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks at each request before its page does; `check` answers what may not go on."""

    all_requests: RateLimit = field(default_factory=lambda: RateLimit(600, 60))
    sign_ins: RateLimit = field(default_factory=lambda: RateLimit(20, 60))

    def check(self) -> WerkzeugResponse | None:
        """Let a request go on (None), or answer it here."""
        console = parts()
        if not _is_ours(request.host, console.options):
            abort(400)
        g.visitor = _visitor(console)
        found = visitor_or_none()
        who = found.cookie if found else request.remote_addr or ""
        if not self.all_requests.allows(who):
            abort(429)
        is_open = request.endpoint in OPEN
        if request.method not in _SAFE and not _is_from_our_pages():
            abort(403)
        is_try = request.endpoint in _TRIES and request.method not in {"HEAD", "OPTIONS"}
        if is_try and not self.sign_ins.allows(request.remote_addr or ""):
            abort(429)
        if is_open:
            return None
        if found is None:
            return _to_sign_in(console.options)
        if request.endpoint in UPLOADS:  # before the form is read
            request.max_content_length = MAX_UPLOAD_BYTES
        if request.method not in _SAFE and not _has_form_token(found):
            return page("error.html", status=403, told=words().console.stale_form)
        return None


def keep_new_session(response: Response) -> Response:
    """Give a browser the session that the guard began for it."""
    cookie = g.get("new_cookie")
    if cookie:
        set_session(response, cookie, parts().options)
    return response


def _is_ours(host: str, options: ConsoleOptions) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return name in _LOOPBACK or (
        options.url is not None and host.lower() == urlsplit(options.url).netloc.lower()
    )


def _is_from_our_pages() -> bool:
    """Whether an act comes from a page of this host; browsers say so, and cannot be made to lie."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def _has_form_token(visitor: Visitor) -> bool:
    given = request.form.get("form_token", "")
    return hmac.compare_digest(given.encode(), visitor.form_token.encode())


def _visitor(console: ConsoleParts) -> Visitor | None:
    """Find out who is there, and whether they are staff still."""
    options, cookie = console.options, session_cookie(request, console.options)
    session = console.state.sessions.get(cookie)
    if options.proxy is not None:
        name = named_by_proxy(request, options.proxy)
        if session is not None and session.method == "proxy" and session.user != name:
            console.state.sessions.end(cookie)
            session = None
        if session is None and name is not None:
            person = proxied_person(name, options.proxy, console.is_staff, language())
            return _begin(console, person, "proxy")
    if session is None and options.open_as is not None and _is_here():
        return _begin(console, replace(options.open_as, language=language()), "open")
    if session is None or not _is_still_staff(console, session):
        return None
    return Visitor(session, cookie)


def _begin(console: ConsoleParts, person: Person | None, method: SignInMethod) -> Visitor | None:
    if person is None:
        return None
    cookie = console.state.sessions.begin(person, method)
    session = console.state.sessions.get(cookie)
    g.new_cookie = cookie
    return Visitor(session, cookie) if session else None


def _is_here() -> bool:
    return request.remote_addr in {"127.0.0.1", "::1"}


def _is_still_staff(console: ConsoleParts, session: Session) -> bool:
    proxy = console.options.proxy
    if session.method == "proxy" and proxy is not None and session.user in proxy.staff:
        return True
    if session.method == "open":
        return console.options.open_as is not None and _is_here()
    return console.is_staff(session.team, session.user)


def _to_sign_in(options: ConsoleOptions) -> WerkzeugResponse:
    """Show who opens a page where to sign in; refuse all else."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        abort(403)
    response = make_response(redirect(url_for("sign_in.show"), 303))
    keep_next(response, request.script_root + request.full_path.rstrip("?"), options)
    return response

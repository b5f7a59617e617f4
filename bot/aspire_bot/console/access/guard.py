"""Who may do what: every route is for staff but the few that are named here.

A request must name our host, an act must come from our own pages and carry the form token of its
session, and whoever is signed in must still be staff.
"""

import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from aspire_bot.console.access.cookies import keep_next
from aspire_bot.console.access.identity import find_visitor_or_begin_session
from aspire_bot.console.access.proxy import named_by_proxy
from aspire_bot.console.access.rates import RateLimit, site_of
from aspire_bot.console.context import Visitor, page, parts, words
from aspire_bot.console.pages.document_settings import MAX_UPLOAD_BYTES
from aspire_bot.console.parts import ConsoleOptions

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
        """Let a request go on (None), or answer it here: 400, 403, 429, or the way to sign in."""
        # Each step counts on those above it:
        # - a request for another host reads no cookie and begins no session;
        # - requests are counted for each person, so it must be known who is there;
        # - a form on another site uses up no try to sign in;
        # - the two limits and the rule of our own pages hold for open pages too;
        # - reading the token reads the whole form: the limit of uploads is set before, and
        #   for nobody who is not signed in.
        console = parts()
        _refuse_other_hosts(console.options)
        visitor = g.visitor = find_visitor_or_begin_session(console)
        counted_for = _counted_for(visitor, console.options)
        if not self.all_requests.allows(counted_for):
            abort(429)
        _refuse_acts_of_other_sites()
        self._limit_sign_ins(counted_for)
        if request.endpoint in OPEN:
            return None
        if visitor is None:
            return _to_sign_in(console.options)
        _allow_large_uploads()
        return _refuse_forms_without_token(visitor)

    def _limit_sign_ins(self, counted_for: str) -> None:
        is_try = request.endpoint in _TRIES and request.method not in {"HEAD", "OPTIONS"}
        if is_try and not self.sign_ins.allows(counted_for):
            abort(429)


def _counted_for(visitor: Visitor | None, options: ConsoleOptions) -> str:
    """Name whom a request counts for, by nothing that a client chooses, as cookies are.

    Whoever is signed in, however many sessions they have; else whom the proxy names, staff or
    not; else where the request comes from.
    """
    if visitor is not None:
        return f"person:{visitor.session.team}:{visitor.session.user}"
    named = named_by_proxy(request, options.proxy) if options.proxy else None
    return f"named:{named}" if named else f"site:{site_of(request.remote_addr or '')}"


def _refuse_other_hosts(options: ConsoleOptions) -> None:
    name = urlsplit(f"//{request.host}").hostname or ""
    if name in _LOOPBACK:
        return
    if options.url is None or request.host.lower() != urlsplit(options.url).netloc.lower():
        abort(400)


def _refuse_acts_of_other_sites() -> None:
    if _is_act() and not _is_from_our_pages():
        abort(403)


def _is_act() -> bool:
    """Whether a request may change something."""
    return request.method not in _SAFE


def _is_from_our_pages() -> bool:
    """Whether an act comes from a page of this host; browsers say so, and cannot be made to lie."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def _allow_large_uploads() -> None:
    if request.endpoint in UPLOADS:
        request.max_content_length = MAX_UPLOAD_BYTES


def _refuse_forms_without_token(visitor: Visitor) -> WerkzeugResponse | None:
    if _is_act() and not _has_form_token(visitor):
        return page("error.html", status=403, told=words().console.stale_form)
    return None


def _has_form_token(visitor: Visitor) -> bool:
    token = request.form.get("form_token", "")
    return hmac.compare_digest(token.encode(), visitor.form_token.encode())


def _to_sign_in(options: ConsoleOptions) -> WerkzeugResponse:
    """Show who opens a page where to sign in; refuse all else."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        abort(403)
    response = make_response(redirect(url_for("sign_in.show"), 303))
    keep_next(response, request.script_root + request.full_path.rstrip("?"), options)
    return response

"""What a request has at hand: the parts of the console, who is there, and their language."""

from dataclasses import dataclass
from typing import cast

from flask import Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import NotFound

from aspire_bot.console.parts import ConsoleParts
from aspire_bot.messages import Phrases, languages, phrases
from aspire_bot.state.console.audit import Act, Facts
from aspire_bot.state.console.console_access import Session
from aspire_bot.state.console.console_keys import signature

EXTENSION = "aspire_console"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody of staff who is signed in; `cookie` is the secret name of the session."""

    session: Session
    cookie: str

    @property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return signature(self.cookie.encode(), "form")


def parts() -> ConsoleParts:
    """Give the parts of the console that serves the request."""
    return cast("ConsoleParts", current_app.extensions[EXTENSION])


def visitor_or_none() -> Visitor | None:
    """Give who is signed in."""
    return cast("Visitor | None", g.get("visitor"))


def visitor() -> Visitor:
    """Give who is signed in; the guard lets nobody else come so far."""
    found = visitor_or_none()
    if found is None:
        raise NotFound
    return found


def language() -> str:
    """Give the language of the pages: that of the session, else that of the browser."""
    found = visitor_or_none()
    if found is not None:
        return found.session.language
    return request.accept_languages.best_match(languages()) or languages()[0]


def words() -> Phrases:
    """Give the phrases in the language of the pages."""
    return phrases(language())


def page(template: str, *, status: int = 200, **content: object) -> Response:
    """Answer with a page."""
    return make_response(render_template(template, **content), status)


def record(
    act: str, target: str, *, before: Facts | None = None, after: Facts | None = None
) -> None:
    """Write down that the visitor did something."""
    session = visitor().session
    parts().state.audit.record(
        Act(
            surface="console",
            team=session.team,
            actor=session.user,
            act=act,
            target=target,
            before=before,
            after=after,
        )
    )

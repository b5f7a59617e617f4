"""The console as a WSGI application: pages, who may see them, and what is said where one fails."""

import base64
import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any

from flask import Flask, url_for
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from aspire_bot.console.access import sign_in, slack
from aspire_bot.console.access.guard import Guard
from aspire_bot.console.access.headers import add_headers
from aspire_bot.console.access.identity import keep_new_session
from aspire_bot.console.context import EXTENSION, page, parts, visitor_or_none, words
from aspire_bot.console.pages import (
    answers,
    approved_answers,
    approved_files,
    audit,
    changes,
    contradictions,
    dismissals,
    document_settings,
    documents,
    drafts,
    escalations,
    held,
    inbox,
    offers,
    quality,
    questions,
    reader,
    sources,
    watches,
)
from aspire_bot.console.parts import ConsoleParts
from aspire_bot.console.views.documents import name_of
from aspire_bot.console.views.times import ago, day_of, run_shown, shown, text_shown
from aspire_bot.messages.ingest_reports import (
    held_reason_in,
    place_in,
    reason_in,
    remark_in,
)
from aspire_ingest.index.errors import AspireError

logger = logging.getLogger(__name__)

MAX_FORM_BYTES = 1_000_000
_AREAS = ("inbox", "answers", "approved", "documents", "sources", "quality", "audit")


def build_console(console: ConsoleParts, guard: Guard | None = None) -> Flask:
    """Build the application; it is served under `console.options.prefix`."""
    guard = guard or Guard()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_BYTES
    app.extensions[EXTENSION] = console
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_shared)
    for module in (
        sign_in,
        slack,
        inbox,
        drafts,
        offers,
        escalations,
        questions,
        contradictions,
        dismissals,
        held,
        answers,
        approved_answers,
        approved_files,
        documents,
        changes,
        document_settings,
        sources,
        watches,
        quality,
        audit,
        reader,
    ):
        app.register_blueprint(module.blueprint)
    app.before_request(guard.check)
    app.after_request(keep_new_session)
    app.after_request(partial(add_headers, is_secure=console.options.is_secure))
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(AspireError, _on_failure)
    app.register_error_handler(Exception, _on_bug)
    return app


def _shared() -> dict[str, Any]:
    """What every template has: phrases, who is there, and how times are written."""
    console, wording = parts(), words()
    visitor = visitor_or_none()
    return {
        "t": wording.console,
        "labels": wording.curating,
        "vote_reasons": wording.slack.feedback.reasons,
        "dates": wording.slack.dates,
        "name_of": name_of,
        "lang": wording.slack.language,
        "options": console.options,
        "visitor": visitor,
        "with_slack": console.slack_sign_in is not None,
        "form_token": visitor.form_token if visitor else "",
        "areas": _AREAS,
        "ago": partial(_ago, now=datetime.now(UTC), wording=wording.console.ago),
        "day": partial(day_of, timezone=console.options.timezone),
        "shown": partial(shown, timezone=console.options.timezone),
        "text_shown": partial(text_shown, timezone=console.options.timezone),
        "run_shown": partial(run_shown, timezone=console.options.timezone),
        "file_url": _file_url,
        "integrity": _integrity,
        "why": partial(reason_in, wording.slack.language),
        "remarked": partial(remark_in, wording.slack.language),
        "place": partial(place_in, wording.slack.language),
        "held_why": partial(held_reason_in, wording.slack.language),
    }


def _ago(at: datetime, *, now: datetime, wording: Mapping[str, str]) -> str:
    return ago(at, now, wording)


def _file_url(name: str) -> str:
    """Give the address of a file of the pages; another content has another address."""
    version = hashlib.sha256(_integrity(name).encode()).hexdigest()[:12]
    return url_for("static", filename=name, v=version)


@cache
def _integrity(name: str) -> str:
    """The hash that a browser holds a file against before it uses it."""
    content = files("aspire_bot.console").joinpath("static", name).read_bytes()
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def _on_http_error(error: HTTPException) -> WerkzeugResponse:
    wording, code = words().console, error.code or 500
    told = wording.http_errors.get(str(code), wording.http_errors["other"]).format(code)
    return page("error.html", status=code, told=told)


def _on_failure(error: AspireError) -> WerkzeugResponse:
    logger.warning("console: %s", error)
    return page("error.html", status=503, told=words().slack.error(error))


def _on_bug(error: Exception) -> WerkzeugResponse:
    """The boundary: whoever is there is told that it failed, the log has the rest."""
    incident = secrets.token_hex(4)
    logger.error("console: incident=%s", incident, exc_info=error)
    return page("error.html", status=500, told=words().console.failed.format(incident))

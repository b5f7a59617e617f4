"""Changes of the index from the console: `aspire-ingest` makes them, here is what pages need."""

from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import TypeVar

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import language, page, parts, record, words
from aspire_bot.curator import Done, Preview, RefusedError
from aspire_bot.messages.ingest_reports import reason_in
from aspire_bot.slack.curating.ports import Curator
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.errors import AspireError, IndexUnavailableError
from aspire_ingest.index.types import APPROVED_BY

_T = TypeVar("_T")
_AT_ONCE = BoundedSemaphore(2)
"""Changes that are worked on side by side: each holds a thread of the server."""
_TOLD = {"add": "would_add", "replace": "would_replace", "remove": "would_remove"}


def asked_document() -> DocumentInfo:
    """Give the document that a form names; 404 where it is not there."""
    with parts().open_index() as index:
        found = index.documents().get(request.form.get("id", ""))
    if found is None:
        abort(404)
    return found


def refusal_of(info: DocumentInfo) -> Response | None:
    """Say why a document is not changed as documents are; None where it is."""
    if APPROVED_BY not in info.extra:
        return None
    return page("error.html", status=409, told=words().console.documents.is_approved)


def show_preview(
    look: Callable[[Curator], Preview], *, asked: Mapping[str, object] | None = None
) -> Response:
    """Have something looked at, and show what it would change; `asked` goes into the audit log."""
    found = work(look)
    if isinstance(found, Response):
        return found
    told = getattr(words().console.documents, _TOLD.get(found.action, "would_nothing"))
    after = {"action": found.action, "proposal": found.proposal, **(asked or {})}
    record("document.look", found.document.document_id, after=after)
    named = found.document.title or found.document.document_id
    return page("change_preview.html", preview=found, told=told.format(named), back=_back(found))


def show_done(done: Done, proposal: str, *, is_undone: bool = False) -> Response:
    """Show that the index has changed, and how to take that back."""
    return page(
        "change_done.html",
        done=done,
        proposal=proposal,
        is_undone=is_undone,
        is_there=done.passages > 0,
    )


def _back(preview: Preview) -> str:
    if preview.action == "add":
        return url_for("documents.show")
    return url_for("documents.one", id=preview.document.document_id)


def work(act: Callable[[Curator], _T]) -> _T | Response:
    """Have the curator do something; where that cannot be, give the page that says why."""
    curator, told = parts().curator, words()
    if curator is None:
        return page("error.html", status=409, told=told.console.documents.not_set_up)
    if not _AT_ONCE.acquire(blocking=False):
        return page("error.html", status=409, told=told.console.busy)
    try:
        return act(curator)
    except RefusedError as error:
        said = told.curating.refused.get(error.code, told.curating.refused["failed"])
        why = reason_in(language(), str(error))
        return page("error.html", status=409, told=f"{said} {why}")
    except IndexUnavailableError:
        return page("error.html", status=409, told=told.console.busy)
    except AspireError as error:
        why = reason_in(language(), str(error))
        return page("error.html", status=502, told=f"{told.curating.refused['failed']} {why}")
    finally:
        _AT_ONCE.release()

"""What staff do to a document of the index: looked at first, then done, and taken back."""

from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record, words
from aspire_bot.curator import Preview, RefusedError
from aspire_bot.slack.curating.ports import Curator
from aspire_ingest.index import DocumentInfo
from aspire_ingest.index.errors import AspireError, IndexUnavailableError

blueprint = Blueprint("changes", __name__)

_T = TypeVar("_T")
_AT_ONCE = BoundedSemaphore(2)
"""Changes that are worked on side by side: each holds a thread of the server."""


@blueprint.post("/documents/remove")
def look_at_removal() -> Response:
    """Show what a removal would take away."""
    info = _document()
    return _preview(lambda curator: curator.look_at_removal(info.document_id))


@blueprint.post("/documents/read-again")
def look_again() -> Response:
    """Read a document anew from where it came, and show what would change."""
    info = _document()
    if info.source.startswith(("http://", "https://")):
        return _preview(lambda curator: curator.look_at_page(info.source))
    file = Path(info.source)
    if not file.is_absolute() or not file.is_file():
        return page("error.html", status=409, told=words().console.documents.no_source)
    return _preview(lambda curator: curator.look_at_file(file, file.name))


@blueprint.post("/changes/accept")
def accept() -> Response:
    """Do what was looked at."""
    proposal = request.form.get("proposal", "")
    done = _work(lambda curator: curator.accept(proposal))
    if isinstance(done, Response):
        return done
    record("document.change", done.document_id, after={"did": done.did, "proposal": proposal})
    return page("change_done.html", done=done, proposal=proposal, is_undone=False)


@blueprint.post("/changes/undo")
def undo() -> Response:
    """Take back what was done."""
    proposal = request.form.get("proposal", "")
    done = _work(lambda curator: curator.undo(proposal))
    if isinstance(done, Response):
        return done
    record("document.undo", done.document_id, after={"did": done.did, "proposal": proposal})
    return page("change_done.html", done=done, proposal=proposal, is_undone=True)


def _document() -> DocumentInfo:
    with parts().open_index() as index:
        found = index.documents().get(request.form.get("id", ""))
    if found is None:
        abort(404)
    return found


def _preview(look: Callable[[Curator], Preview]) -> Response:
    found = _work(look)
    if isinstance(found, Response):
        return found
    named = {"add": "would_add", "replace": "would_replace", "remove": "would_remove"}
    told = getattr(words().console.documents, named.get(found.action, "would_nothing"))
    record("document.look", found.document.document_id, after={"action": found.action})
    return page("change_preview.html", preview=found, told=told.format(found.document.title))


def _work(act: Callable[[Curator], _T]) -> _T | Response:
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
        return page("error.html", status=409, told=f"{said} {error}")
    except IndexUnavailableError:
        return page("error.html", status=409, told=told.console.busy)
    except AspireError as error:
        return page("error.html", status=502, told=f"{told.curating.refused['failed']} {error}")
    finally:
        _AT_ONCE.release()

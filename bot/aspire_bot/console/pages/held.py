"""Documents that are held, and sources that fail: looked at, taken in, visited again."""

from pathlib import Path

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record, words
from aspire_bot.console.inbox_page import told_of
from aspire_bot.console.views.held import ill_sources, is_address, is_file
from aspire_bot.curator import HeldItem, IndexStatus, Preview, RefusedError
from aspire_bot.slack.curating.ports import Curator
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("held", __name__)

_MOST = 50


@blueprint.get("/held")
def show() -> Response:
    """Show what is held and which sources fail, by itself or as a part of the inbox."""
    told = told_of(request.args.get("told", ""))
    found, failure = _status()
    is_part = bool(request.headers.get("HX-Request"))
    return page(
        "held_list.html" if is_part else "held.html",
        told="" if is_part else told,
        failure=failure,
        held=found.held[:_MOST] if found else (),
        ill=ill_sources(found) if found else [],
        can_look=_can_look,
    )


@blueprint.post("/held/look")
def look() -> Response:
    """Read a held document, and show what taking it in would do."""
    held, curator = _held(), _curator()
    try:
        found = _look_at(held, curator)
    except AspireError as error:
        return _refused(error)
    record("document.look", found.document.document_id or held.target, after={"held": True})
    return page("held_preview.html", preview=found, held=held)


@blueprint.post("/held/accept")
def accept() -> Response:
    """Take a document in that somebody has looked at; its marks are accepted."""
    proposal = request.form.get("proposal", "")
    try:
        done = _curator().accept(proposal, accept_marks=True)
    except AspireError as error:
        return _refused(error)
    parts().recent_status.forget()
    record("document.accept_held", done.document_id, after={"did": done.did, "proposal": proposal})
    return redirect(url_for("held.show", told="held_accepted"), 303)


def _look_at(held: HeldItem, curator: Curator) -> Preview:
    if is_address(held.target):
        return curator.look_at_page(held.target)
    file = Path(held.target)
    return curator.look_at_file(file, file.name)


def _can_look(held: HeldItem) -> bool:
    return is_address(held.target) or is_file(held.target)


def _held() -> HeldItem:
    """Find what the form names among what is held: nothing else is fetched or read."""
    found, target = _status()[0], request.form.get("target", "")
    held = next((one for one in found.held if one.target == target), None) if found else None
    if held is None or not _can_look(held):
        abort(404)
    return held


def _status() -> tuple[IndexStatus | None, str]:
    """Give how index and sources do, or why that is not known."""
    console = parts()
    if console.curator is None:
        return None, words().console.documents.not_set_up
    try:
        return console.recent_status.of(console.curator), ""
    except AspireError as error:
        return None, words().console.sources.unknown.format(error)


def _curator() -> Curator:
    found = parts().curator
    if found is None:
        abort(404)
    return found


def _refused(error: AspireError) -> Response:
    told = words()
    code = error.code if isinstance(error, RefusedError) else "failed"
    said = told.curating.refused.get(code, told.curating.refused["failed"])
    return page("error.html", status=409, told=f"{said} {error}")

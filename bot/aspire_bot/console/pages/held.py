"""Documents that are held, and sources that fail: looked at, taken in, visited again."""

from pathlib import Path

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import language, page, parts, record, words
from aspire_bot.console.inbox_page import told_of
from aspire_bot.console.views.held import ill_sources, is_address, is_file, version_of
from aspire_bot.curator import HeldItem, IndexStatus, Preview, RefusedError
from aspire_bot.messages.ingest_reports import reason_in
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.office.messages import MAX_REASON
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("held", __name__)

_MOST = 50


@blueprint.get("/held")
def show() -> Response:
    """Show what is held and which sources fail, by itself or as a part of the inbox."""
    notice = told_of(request.args.get("told", ""))
    status, failure = _status()
    is_part = bool(request.headers.get("HX-Request"))
    dismissed = parts().state.dismissals.versions("held")
    held = (
        [one for one in status.held if dismissed.get(one.target) != version_of(one)]
        if status
        else []
    )
    return page(
        "held_list.html" if is_part else "held.html",
        told="" if is_part else notice,
        failure=failure,
        held=held[:_MOST],
        max_reason=MAX_REASON,
        ill=ill_sources(status) if status else [],
        can_look=_can_look,
    )


@blueprint.post("/held/look")
def look() -> Response:
    """Read a held document, and show what taking it in would do."""
    item, curator = _named_item(), _curator()
    try:
        preview = _look_at(item, curator)
    except AspireError as error:
        return _refused(error)
    record("document.look", preview.document.document_id or item.target, after={"held": True})
    return page("held_preview.html", preview=preview, held=item)


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


def _look_at(item: HeldItem, curator: Curator) -> Preview:
    if is_address(item.target):
        return curator.look_at_page(item.target)
    file = Path(item.target)
    return curator.look_at_file(file, file.name)


def _can_look(item: HeldItem) -> bool:
    return is_address(item.target) or is_file(item.target)


def _named_item() -> HeldItem:
    """Find what the form names among what is held: nothing else is fetched or read."""
    status, target = _status()[0], request.form.get("target", "")
    item = next((item for item in status.held if item.target == target), None) if status else None
    if item is None or not _can_look(item):
        abort(404)
    return item


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
    curator = parts().curator
    if curator is None:
        abort(404)
    return curator


def _refused(error: AspireError) -> Response:
    phrases = words()
    code = error.code if isinstance(error, RefusedError) else "failed"
    reason = phrases.curating.refused.get(code, phrases.curating.refused["failed"])
    said = reason_in(language(), str(error))
    return page("error.html", status=409, told=f"{reason} {said}")

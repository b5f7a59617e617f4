"""What staff do to a document of the index: looked at first, then done, and taken back."""

from pathlib import Path

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, record, words
from aspire_bot.console.index_work import asked_document, refusal_of, show_done, show_preview, work

blueprint = Blueprint("changes", __name__)


@blueprint.post("/documents/remove")
def look_at_removal() -> Response:
    """Show what a removal would take away."""
    info = asked_document()
    return refusal_of(info) or show_preview(
        lambda curator: curator.look_at_removal(info.document_id)
    )


@blueprint.post("/documents/read-again")
def look_again() -> Response:
    """Read a document anew from where it came, and show what would change."""
    info = asked_document()
    if refused := refusal_of(info):
        return refused
    if info.source.startswith(("http://", "https://")):
        return show_preview(lambda curator: curator.look_at_page(info.source))
    file = Path(info.source)
    if not file.is_absolute() or not file.is_file():
        return page("error.html", status=409, told=words().console.documents.no_source)
    return show_preview(lambda curator: curator.look_at_place(file))


@blueprint.post("/changes/accept")
def accept() -> Response:
    """Do what was looked at."""
    proposal = request.form.get("proposal", "")
    is_seen = request.form.get("accept_marks", "") == "yes"
    done = work(lambda curator: curator.accept(proposal, accept_marks=is_seen))
    if isinstance(done, Response):
        return done
    after = {"did": done.did, "proposal": proposal}
    if is_seen:
        after["accept_marks"] = "yes"
    record("document.change", done.document_id, after=after)
    return show_done(done, proposal)


@blueprint.post("/changes/undo")
def undo() -> Response:
    """Take back what was done."""
    proposal = request.form.get("proposal", "")
    done = work(lambda curator: curator.undo(proposal))
    if isinstance(done, Response):
        return done
    record("document.undo", done.document_id, after={"did": done.did, "proposal": proposal})
    return show_done(done, proposal, is_undone=True)

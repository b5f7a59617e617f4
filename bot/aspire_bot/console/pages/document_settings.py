"""What staff say of a document in the place of what it says itself, and files in its place."""

import tempfile
from pathlib import Path

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, record, words
from aspire_bot.console.index_work import asked_document, refusal_of, show_done, show_preview, work
from aspire_bot.console.views.document_settings import assignments
from aspire_bot.curator import MAX_FILE_BYTES, Done
from aspire_bot.slack.curating.ports import Curator

blueprint = Blueprint("document_settings", __name__)

MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 100_000
"""A file, and the rest of its form."""


@blueprint.post("/documents/set")
def look() -> Response:
    """Show what would change if the form's values held from now on."""
    info = asked_document()
    if refused := refusal_of(info):
        return refused
    settings = assignments(info, request.form, request.form.getlist("own"))
    if not settings:
        return page("error.html", status=400, told=words().console.documents.nothing_set)
    return show_preview(
        lambda curator: curator.look_at_settings(info.document_id, settings),
        asked={"settings": settings},
    )


@blueprint.post("/documents/for-staff")
def keep_for_staff() -> Response:
    """Take a document out of everybody's answers at once."""
    info = asked_document()
    if refused := refusal_of(info):
        return refused

    def do(curator: Curator) -> tuple[Done, str]:
        preview = curator.look_at_settings(info.document_id, ["audience=staff"])
        return curator.accept(preview.proposal), preview.proposal

    done = work(do)
    if isinstance(done, Response):
        return done
    record(
        "document.change",
        info.document_id,
        before={"audience": info.audience},
        after={"audience": "staff", "did": done[0].did, "proposal": done[1]},
    )
    return show_done(*done)


@blueprint.post("/documents/replace")
def look_at_file() -> Response:
    """Show what would change if a file stood for a document from now on."""
    info = asked_document()
    if refused := refusal_of(info):
        return refused
    given = request.files.get("file")
    if given is None or not given.filename:
        return page("error.html", status=400, told=words().console.documents.no_file)
    name = given.filename
    with tempfile.TemporaryDirectory(prefix="aspire-") as folder:
        file = Path(folder) / "file"
        given.save(file)
        if file.stat().st_size > MAX_FILE_BYTES:
            megabytes = MAX_FILE_BYTES // (1024 * 1024)
            told = words().curating.refused["too_large"].format(megabytes)
            return page("error.html", status=413, told=told)
        return show_preview(
            lambda curator: curator.look_at_replacement(info.document_id, file, name),
            asked={"file": name},
        )

"""Approved answers carried in and out in files, and all of them held against the documents."""

from datetime import UTC, datetime
from threading import BoundedSemaphore

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.approval_acts import approved_from, publish, renew
from aspire_bot.console.context import page, parts, record, words
from aspire_bot.console.views.approved_files import read_entries, write_csv, write_markdown
from aspire_bot.console.views.approved_import import counted, decoded, effects
from aspire_bot.office.approved_check import check_approvals
from aspire_bot.state.approvals import ApprovedAnswer

blueprint = Blueprint("approved_files", __name__)

_MOST_IMPORTED = 900_000
"""Characters of a file."""
_ONE_CHECK = BoundedSemaphore(1)
"""A check reads the whole index."""


@blueprint.get("/approved.csv")
def export_csv() -> Response:
    """Give all approved answers as CSV."""
    return _file(write_csv(_in_force()), "text/csv", "approved-answers.csv")


@blueprint.get("/approved.md")
def export_markdown() -> Response:
    """Give all approved answers as Markdown."""
    return _file(write_markdown(_in_force()), "text/markdown", "approved-answers.md")


@blueprint.post("/approved/import")
def look() -> Response:
    """Show what a file would change, and what is wrong with it; nothing changes."""
    text = _sent()
    told = words().console.approved
    if text is None:
        return _preview("", told.import_encoding, status=400)
    if not read_entries(text):
        return _preview(text, told.import_none, status=400)
    return _preview(text, "")


@blueprint.post("/approved/import/accept")
def accept() -> Response:
    """Approve all that a file holds, or nothing where something is wrong with it."""
    text = (_sent() or "").replace("\r\n", "\n")
    lines = effects(read_entries(text), _in_force(), parts().today())
    if not lines or any(one.effect == "fault" for one in lines):
        return look()
    for one in lines:
        if one.effect == "add":
            publish(approved_from(one.entry))
        elif one.effect == "change" and one.former is not None:
            renew(one.former, one.entry)
    return redirect(url_for("approved.show", status="any", told="imported"), 303)


@blueprint.post("/approved/check")
def check() -> Response:
    """Hold all approved answers against the documents, by the values that both state."""
    if not _ONE_CHECK.acquire(blocking=False):
        return page("error.html", status=409, told=words().console.approved.check_runs)
    try:
        with parts().open_index() as index:
            found = check_approvals(index, datetime.now(UTC))
    finally:
        _ONE_CHECK.release()
    record("approval.check", "approved", after={"contradicted": len(found)})
    by_document = {one.document_id: one for one in parts().state.approvals.all()}
    return page("approved_check.html", found=found, by_document=by_document)


def _preview(text: str, told: str, *, status: int = 200) -> Response:
    lines = effects(read_entries(text), _in_force(), parts().today())
    counts = counted(lines)
    return page(
        "approved_import.html",
        status=400 if counts["fault"] else status,
        told=told,
        text=text,
        lines=lines,
        counts=counts,
    )


def _sent() -> str | None:
    """Give the text of a file, or of the field; None where it is in no encoding that is known."""
    file = request.files.get("file")
    content = file.read(_MOST_IMPORTED * 4) if file and file.filename else b""
    text = decoded(content) if content else request.form.get("text", "")
    return None if text is None else text[:_MOST_IMPORTED]


def _in_force() -> list[ApprovedAnswer]:
    return [one for one in parts().state.approvals.all() if one.status in {"published", "pending"}]


def _file(text: str, kind: str, name: str) -> Response:
    record("approval.export", name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8"), headers=headers, content_type=f"{kind}; charset=utf-8")

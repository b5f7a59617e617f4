"""Approved answers: looked through, written, changed, taken out, carried in and out in files."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.approving import approved_from, open_sources, publish, renew, withdraw_later
from aspire_bot.console.context import page, parts, record, words
from aspire_bot.console.inbox_page import told_of
from aspire_bot.console.views.approved_files import Entry, fault_of
from aspire_bot.slack.staff.audit import approval_facts
from aspire_bot.state.approvals import ApprovedAnswer

blueprint = Blueprint("approved", __name__)

_A_PAGE = 50
_STATUSES = ("published", "pending", "draft", "failed", "withdrawn")
_IN_FORCE = {"published", "failed"}


@blueprint.get("/approved")
def show() -> Response:
    """List approved answers, the newest first."""
    return _list(told_of(request.args.get("told", "")))


@blueprint.get("/approved/new")
def new() -> Response:
    """Show an empty form, or one with the question of an answer or of an unanswered question."""
    state = parts().state
    posted = state.answers.by_id(request.args.get("answer", ""))
    gap = state.gaps.get(request.args.get("question", ""))
    question = posted.question if posted else gap.question if gap else ""
    answer_id = posted.answer_id if posted else (gap.answer_id or "") if gap else ""
    return _form(Entry(question=question, text=""), answer_id=answer_id)


@blueprint.post("/approved/new")
def add() -> Response:
    """Approve an answer and have it published."""
    entry, answer_id = _entry(), request.form.get("answer", "")
    fault = fault_of(entry, parts().today())
    if fault:
        return _form(entry, answer_id=answer_id, fault=fault)
    known = _same_in_force(entry)
    if known is not None:  # the button was pressed twice
        return redirect(url_for("approved.one", approval_id=known.approval_id), 303)
    posted = parts().state.answers.by_id(answer_id)
    approved = approved_from(entry)
    if posted is not None:
        approved = replace(
            approved,
            answer_id=answer_id,
            team=posted.team,
            sources=open_sources(posted.sources, entry),
        )
    publish(approved)
    return redirect(url_for("approved.one", approval_id=approved.approval_id), 303)


@blueprint.get("/approved/<approval_id>")
def one(approval_id: str) -> Response:
    """Show an approved answer in its form."""
    return _form(_entry_of(_kept(approval_id)), approved=_kept(approval_id))


@blueprint.post("/approved/<approval_id>")
def change(approval_id: str) -> Response:
    """Put a new wording, or a new last day, in the place of an approved answer."""
    former, entry = _kept(approval_id), _entry()
    if former.status not in _IN_FORCE:
        return _form(_entry_of(former), approved=former, fault="cannot")
    fault = fault_of(entry, parts().today())
    if fault:
        return _form(entry, approved=former, fault=fault)
    renewed = renew(former, entry)
    return redirect(url_for("approved.one", approval_id=renewed.approval_id), 303)


@blueprint.post("/approved/<approval_id>/withdraw")
def withdraw(approval_id: str) -> Response:
    """Have an approved answer taken out of the index."""
    approved = _kept(approval_id)
    if approved.status != "published":
        return _form(_entry_of(approved), approved=approved, fault="cannot")
    withdraw_later(approved)
    record("approval.withdraw", approval_id, before=approval_facts(approved))
    return _list(words().console.approved.withdrawing)


def _list(told: str, *, status: int = 200) -> Response:
    wanted = request.args.get("status", "published")
    text = request.args.get("text", "").casefold().split()
    found = [
        one
        for one in reversed(parts().state.approvals.all())
        if (wanted not in _STATUSES or one.status == wanted)
        and all(word in f"{one.question}\n{one.text}".casefold() for word in text)
    ]
    return page(
        "approved.html",
        status=status,
        told=told,
        approved=found[: _A_PAGE * 4],
        total=len(found),
        statuses=_STATUSES,
        wanted=wanted,
        text=" ".join(text),
        today=parts().today(),
    )


def _form(
    entry: Entry,
    *,
    approved: ApprovedAnswer | None = None,
    answer_id: str = "",
    fault: str = "",
) -> Response:
    return page(
        "approved_form.html",
        status=400 if fault else 200,
        entry=entry,
        approved=approved,
        answer_id=answer_id,
        fault=fault,
        may_change=approved is None or approved.status in _IN_FORCE,
    )


def _kept(approval_id: str) -> ApprovedAnswer:
    found = parts().state.approvals.get(approval_id)
    if found is None:
        abort(404)
    return found


def _same_in_force(entry: Entry) -> ApprovedAnswer | None:
    """Find an approved answer that says just this, and is published or about to be."""
    approved = parts().state.approvals.all()
    in_force = (one for one in approved if one.status in {"published", "pending"})
    return next((one for one in in_force if _entry_of(one) == entry), None)


def _entry() -> Entry:
    given = request.form
    lines = (" ".join(line.split()) for line in given.get("question", "").splitlines())
    return Entry(
        question="\n".join(line for line in lines if line),
        text=given.get("text", "").replace("\r\n", "\n").strip(),
        valid_until=given.get("valid_until", "").strip(),
        audience=given.get("audience", "staff"),
    )


def _entry_of(one: ApprovedAnswer) -> Entry:
    until = one.valid_until.isoformat() if one.valid_until else ""
    return Entry(question=one.question, text=one.text, valid_until=until, audience=one.audience)

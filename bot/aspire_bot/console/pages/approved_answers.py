"""Approved answers: looked through, written, changed, taken out, carried in and out in files."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.answering.message.plain_question import plain_question
from aspire_bot.console.approval_acts import (
    approved_from,
    open_sources,
    publish,
    renew,
    withdraw_later,
)
from aspire_bot.console.context import page, parts, record, words
from aspire_bot.console.inbox_page import told_of
from aspire_bot.console.views.approved_files import MOST_CHARACTERS, Entry, fault_of
from aspire_bot.slack.staff.audit import approval_facts
from aspire_bot.slack.staff.kept_questions import Reach
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
    entry, answer_id, excluded = _entry(), request.form.get("answer", ""), _excluded()
    fault = _fault(entry, excluded)
    if fault:
        return _form(entry, excluded, answer_id=answer_id, fault=fault)
    known = _same_in_force(entry, excluded)
    if known is not None:  # the button was pressed twice
        return redirect(url_for("approved.one", approval_id=known.approval_id), 303)
    posted = parts().state.answers.by_id(answer_id)
    approved = approved_from(entry, excluded)
    if posted is not None:
        approved = replace(
            approved,
            answer_id=answer_id,
            team=posted.team,
            sources=open_sources(posted.sources, entry),
        )
    publish(approved)
    return redirect(url_for("approved.one", approval_id=approved.approval_id), 303)


@blueprint.post("/approved/reach")
def reach() -> Response:
    """Show which kept questions the answer in the form would be given to; nothing is changed."""
    former = parts().state.approvals.get(request.form.get("approval", ""))
    entry, excluded = _entry(), _excluded()
    fault, kept = _fault(entry, excluded), parts().kept_questions
    reached, answer_id = None, request.form.get("answer", "")
    if kept is not None and not fault:
        posted = parts().state.answers.by_id(answer_id)
        given = approved_from(entry, excluded)
        whose = former or posted
        reached = kept.reach(replace(given, team=whose.team) if whose else given)
    return _form(
        entry, excluded, approved=former, answer_id=answer_id, fault=fault or "", reached=reached
    )


@blueprint.get("/approved/<approval_id>")
def one(approval_id: str) -> Response:
    """Show an approved answer in its form."""
    kept = _kept(approval_id)
    return _form(_entry_of(kept), kept.not_wordings or (), approved=kept)


@blueprint.post("/approved/<approval_id>")
def change(approval_id: str) -> Response:
    """Put a new wording, or a new last day, in the place of an approved answer."""
    former, entry, excluded = _kept(approval_id), _entry(), _excluded()
    if former.status not in _IN_FORCE:
        return _refuse(former)
    fault = _fault(entry, excluded)
    if fault:
        return _form(entry, excluded, approved=former, fault=fault)
    renewed = renew(former, entry, excluded)
    return redirect(url_for("approved.one", approval_id=renewed.approval_id), 303)


@blueprint.post("/approved/<approval_id>/withdraw")
def withdraw(approval_id: str) -> Response:
    """Have an approved answer taken out of the index."""
    approved = _kept(approval_id)
    if approved.status != "published":
        return _refuse(approved)
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


def _refuse(approved: ApprovedAnswer) -> Response:
    """Say that it is not in force, and so can be neither changed nor withdrawn."""
    excluded = approved.not_wordings or ()
    return _form(_entry_of(approved), excluded, approved=approved, fault="cannot")


def _form(
    entry: Entry,
    excluded: Sequence[str] = (),
    *,
    approved: ApprovedAnswer | None = None,
    answer_id: str = "",
    fault: str = "",
    reached: Reach | None = None,
) -> Response:
    return page(
        "approved_form.html",
        status=400 if fault else 200,
        entry=entry,
        excluded="\n".join(excluded),
        approved=approved,
        cited=_cited(approved),
        may_compare=parts().kept_questions is not None,
        reached=reached,
        answer_id=answer_id,
        fault=fault,
        may_change=approved is None or approved.status in _IN_FORCE,
    )


def _kept(approval_id: str) -> ApprovedAnswer:
    found = parts().state.approvals.get(approval_id)
    if found is None:
        abort(404)
    return found


def _cited(approved: ApprovedAnswer | None) -> int:
    """How many kept answers cite it."""
    if approved is None or approved.document_id is None:
        return 0
    cited = parts().state.answer_list.times_cited([approved.document_id])
    return cited.get(approved.document_id, 0)


def _fault(entry: Entry, excluded: Sequence[str]) -> str | None:
    """Say in a word what is wrong with the form; None where nothing is."""
    own = {plain_question(line) for line in entry.question.splitlines()}
    if own.intersection(map(plain_question, excluded)):
        return "in_both"
    if sum(map(len, excluded)) > MOST_CHARACTERS:
        return "too_long"
    return fault_of(entry, parts().today())


def _same_in_force(entry: Entry, excluded: Sequence[str]) -> ApprovedAnswer | None:
    """Find an approved answer that says just this, and is published or about to be."""
    approved = parts().state.approvals.all()
    in_force = (one for one in approved if one.status in {"published", "pending"})
    return next(
        (
            one
            for one in in_force
            if _entry_of(one) == entry and tuple(one.not_wordings or ()) == tuple(excluded)
        ),
        None,
    )


def _entry() -> Entry:
    given = request.form
    return Entry(
        question="\n".join(_lines("question")),
        text=given.get("text", "").replace("\r\n", "\n").strip(),
        valid_until=given.get("valid_until", "").strip(),
        audience=given.get("audience", "staff"),
    )


def _excluded() -> tuple[str, ...]:
    """The questions that the answer must not be given to, one a line."""
    return tuple(dict.fromkeys(_lines("not_wordings")))


def _lines(name: str) -> list[str]:
    lines = (" ".join(line.split()) for line in request.form.get(name, "").splitlines())
    return [line for line in lines if line]


def _entry_of(one: ApprovedAnswer) -> Entry:
    until = one.valid_until.isoformat() if one.valid_until else ""
    return Entry(question=one.question, text=one.text, valid_until=until, audience=one.audience)

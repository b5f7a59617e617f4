"""What waits for staff, and what they do about it."""

import secrets

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record, visitor, words
from aspire_bot.console.views.documents import (
    DocumentFilter,
    ListedDocument,
    listed,
    matching,
)
from aspire_bot.console.views.inbox import waiting
from aspire_bot.slack.jobs.task import AnswerForOffice, write_task
from aspire_bot.state.inbox import Arrival
from aspire_ingest.index.errors import AspireError

blueprint = Blueprint("inbox", __name__)

_MOST = 20
_MOST_CHARACTERS = 3000


@blueprint.get("/")
def show() -> Response:
    """Show all that waits, and what was done just now."""
    told = words().console.inbox
    return _inbox(
        {"sent": told.sent, "dismissed": told.dismissed}.get(request.args.get("told", ""), "")
    )


@blueprint.post("/escalations/<escalation_id>/reply")
def reply(escalation_id: str) -> Response:
    """Have the bot bring a reply to the asker."""
    told = words().console.inbox
    escalation = parts().state.escalations.get(escalation_id)
    text = request.form.get("text", "").strip()[:_MOST_CHARACTERS]
    if escalation is None or escalation.status != "open":
        return _inbox(told.was_answered, status=409)
    if not text:
        return _inbox(told.empty_reply, status=400)
    task = AnswerForOffice(
        user=visitor().session.user,
        escalation_id=escalation_id,
        text=text,
        source_key=f"console:{secrets.token_hex(8)}",
    )
    arrival = Arrival(
        kind="task",
        key=task.source_key,
        team=escalation.team,
        user=task.user,
        body=write_task(task),
    )
    parts().state.inbox.put(arrival)
    record("escalation.reply", escalation_id, after={"text": text})
    return redirect(url_for("inbox.show", told="sent"), 303)


@blueprint.post("/questions/<gap_id>/dismiss")
def dismiss(gap_id: str) -> Response:
    """Say that an unanswered question needs no answer, and why."""
    told = words().console.inbox
    gap = parts().state.gaps.get(gap_id)
    reason = " ".join(request.form.get("reason", "").split())[:_MOST_CHARACTERS]
    if gap is None:
        return _inbox(words().console.no_answer_kept, status=404)
    if not reason:
        return _inbox(told.empty_reason, status=400)
    parts().state.gaps.set_status(gap_id, "dismissed")
    after = {"status": "dismissed", "reason": reason}
    record("question.dismiss", gap_id, before={"status": gap.status}, after=after)
    return redirect(url_for("inbox.show", told="dismissed"), 303)


def _inbox(told: str, *, status: int = 200) -> Response:
    console = parts()
    state = console.state
    return page(
        "inbox.html",
        status=status,
        told=told,
        escalations=waiting(state.escalations.open(_MOST)),
        groups=console.groups.groups(_MOST),
        disliked=state.answer_list.disliked(_MOST),
        troubles=state.troubles.all(),
        doubtful=_doubtful(),
    )


def _doubtful() -> list[ListedDocument]:
    console = parts()
    try:
        with console.open_index() as index:
            found = matching(index.documents().values(), DocumentFilter(doubtful=True))
    except AspireError:
        return []  # the page of the documents says why
    return listed(found[:_MOST], {}, console.today())

"""Answers that wait for staff: posted as they are, in staff's words, or not at all."""

import secrets

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, visitor, words
from aspire_bot.console.decisions import decisions
from aspire_bot.console.inbox_page import inbox_page
from aspire_bot.slack.jobs.office_task import SettleDraft
from aspire_bot.slack.office.messages import MAX_REASON, MAX_WORDING

blueprint = Blueprint("drafts", __name__)


@blueprint.post("/drafts/<answer_id>/accept")
def accept(answer_id: str) -> Response:
    """Have an answer posted as it is."""
    return _settle(SettleDraft(user=visitor().session.user, answer_id=answer_id, act="accepted"))


@blueprint.post("/drafts/<answer_id>/edit")
def edit(answer_id: str) -> Response:
    """Have staff's own words posted in its place."""
    wording = request.form.get("text", "").replace("\r\n", "\n").strip()[:MAX_WORDING]
    if not wording:
        return inbox_page(words().console.inbox.empty_reply, status=400)
    user = visitor().session.user
    return _settle(SettleDraft(user=user, answer_id=answer_id, act="edited", wording=wording))


@blueprint.post("/drafts/<answer_id>/decline")
def decline(answer_id: str) -> Response:
    """Give no answer, and keep why."""
    reason = " ".join(request.form.get("reason", "").split())[:MAX_REASON]
    if not reason:
        return inbox_page(words().console.inbox.empty_reason, status=400)
    user = visitor().session.user
    return _settle(SettleDraft(user=user, answer_id=answer_id, act="declined", reason=reason))


def _settle(task: SettleDraft) -> Response:
    draft = parts().state.drafts.get(task.answer_id)
    if draft is None:
        abort(404)
    key = f"console:{secrets.token_hex(8)}"
    if not decisions().settle_draft(task, key=key, team=draft.team):
        return inbox_page(words().console.inbox.was_decided, status=409)
    return redirect(url_for("inbox.show", told=f"draft_{task.act}"), 303)

"""Questions that the documents do not answer: put together, taken apart, dismissed."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, record, words
from aspire_bot.console.inbox_page import MOST_CHARACTERS, inbox_page

blueprint = Blueprint("questions", __name__)


@blueprint.post("/questions/<gap_id>/dismiss")
def dismiss(gap_id: str) -> Response:
    """Say that an unanswered question needs no answer, and why."""
    told = words().console.inbox
    gap = parts().state.gaps.get(gap_id)
    reason = " ".join(request.form.get("reason", "").split())[:MOST_CHARACTERS]
    if gap is None:
        return inbox_page(words().console.no_answer_kept, status=404)
    if not reason:
        return inbox_page(told.empty_reason, status=400)
    parts().state.gaps.set_status(gap_id, "dismissed")
    after = {"status": "dismissed", "reason": reason}
    record("question.dismiss", gap_id, before={"status": gap.status}, after=after)
    return redirect(url_for("inbox.show", told="dismissed"), 303)

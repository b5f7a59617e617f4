"""Documents that state different values for one thing: set aside where nothing is wrong."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, record, visitor, words
from aspire_bot.console.inbox_page import inbox_page
from aspire_bot.slack.office.messages import MAX_REASON

blueprint = Blueprint("contradictions", __name__)


@blueprint.post("/contradictions/<pair_id>/dismiss")
def dismiss(pair_id: str) -> Response:
    """Say that two quotes do not contradict each other, or may, and why."""
    kept = parts().state.contradictions
    pair = next((one for one in kept.all() if one.pair_id == pair_id), None)
    if pair is None:
        abort(404)
    reason = " ".join(request.form.get("reason", "").split())[:MAX_REASON]
    if not reason:
        return inbox_page(words().console.inbox.empty_reason, status=400)
    kept.set_status([pair_id], "dismissed")
    session = visitor().session
    parts().state.dismissals.add(
        "contradiction", pair_id, team=session.team, user=session.user, reason=reason
    )
    after = {"status": "dismissed", "reason": reason}
    record("contradiction.dismiss", pair_id, before={"status": pair.status}, after=after)
    return redirect(url_for("inbox.show", told="dismissed"), 303)
